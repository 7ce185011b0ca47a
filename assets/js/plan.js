// The teacher's plan: a sheet that is printed on its own. Runs before the list of chapters, in the same element.
const planBox = element.querySelector('.nt-plan'), sheet = element.querySelector('.nt-plan-sheet');
const address = (query, hash) => {
  const url = new URL(location.href);
  url.search = new URLSearchParams({ lang: page.lang, ...query }).toString(); url.hash = hash;
  return url;
};
const chapterName = (chapter) => `${page.t('chapterNumber', { n: chapter.number })} ${page.pick(chapter.title)}`;
const linkTo = (url, words) => page.h('a', { href: url.href }, words);
const plain = (words) => words.replace(/\*\*|`/g, '');
const drawPlan = () => {
  const { minutes, slots, chapters: all } = props.plan;
  const timetable = page.h('table', {}, page.h('tbody', {}, ...slots.map((slot) => {
    const chapter = all.find((one) => one.id === slot.chapter);
    const words = page.h('td', {});
    if (chapter) words.append(linkTo(address({ chapter: chapter.id }, ''), chapterName(chapter)), page.t('planColon') + page.pick(chapter.question));
    else words.append(page.pick(slot.words));
    if (slot.hash) words.append(' ', linkTo(address({}, `${slot.hash}&in=${page.lang}`), page.t('planLink')));
    return page.h('tr', {}, page.h('th', { scope: 'row' }, `${slot.begin}–${slot.end}`), words);
  })));
  const parts = all.map((chapter) => page.h('section', {},
    page.h('h3', {}, linkTo(address({ chapter: chapter.id }, ''), chapterName(chapter)), page.h('small', {}, page.t('chapterMinutes', { n: chapter.minutes }))),
    page.h('p', {}, page.pick(chapter.aim)),
    page.h('ol', {}, ...chapter.tasks.map((task) => page.h('li', {}, linkTo(address({}, `lesson=${task.id}`), plain(page.pick(task.text))))))));
  sheet.replaceChildren(page.h('h2', {}, page.t('planTitle')), page.h('p', {}, page.t('planAbout', { n: minutes, at: location.origin + location.pathname })), timetable, page.h('div', { class: 'nt-plan-chapters' }, ...parts));
};
element.querySelector('.nt-plan-open').addEventListener('click', () => { drawPlan(); document.body.append(planBox); page.translate(planBox); planBox.showModal(); });
planBox.querySelector('.nt-plan-print').addEventListener('click', () => window.print());
planBox.querySelector('.nt-plan-close').addEventListener('click', () => planBox.close());
page.onLang(() => { page.translate(planBox); if (planBox.open) drawPlan(); });
