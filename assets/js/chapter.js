// A chapter's heading.
const [number, title, question] = element.querySelector('.nt-chapter-head').children;
const render = () => {
  page.put(number, `${page.t('chapterNumber', { n: props.number })} · ${page.t('chapterMinutes', { n: props.minutes })}`);
  page.put(title, page.pick(props.title));
  page.put(question, page.pick(props.question));
};
page.onLang(render);
render();
