// The chapters in a row, with their progress. A chapter is mounted by Gradio at its first visit.
const nav = element.querySelector('.nt-chapters'), told = element.querySelector('[role=status]');
const { chapters } = props;
const buttons = chapters.map((chapter, i) => {
  const node = page.h('button', { type: 'button', class: 'nt-chapter-button', 'data-id': chapter.id },
    page.h('i', {}, String(i + 1)), page.h('b', {}), page.h('small', {}));
  node.addEventListener('click', () => open(chapter.id));
  return node;
});
nav.append(...buttons);
const done = (chapter) => chapter.tasks.filter((task) => page.lessons.done.has(`${chapter.id}.${task}`)).length;
const refresh = () => buttons.forEach((node, i) => {
  const chapter = chapters[i], n = done(chapter), all = chapter.tasks.length;
  page.put(node.children[1], page.pick(chapter.title));
  page.put(node.children[2], n ? `${n}/${all}` : '');
  node.classList.toggle('done', all > 0 && n === all);
  node.setAttribute('aria-current', String(chapter.id === page.lessons.chapter));
  node.setAttribute('aria-label', `${page.t('chapterNumber', { n: i + 1 })} ${page.pick(chapter.title)}, ${page.t('chapterDone', { n, all })}`);
});
const reveal = () => {   // the button of the chapter that is open, in a bar that may be wider than its window
  const node = buttons.find((one) => one.dataset.id === page.lessons.chapter), row = nav.getBoundingClientRect(), box = node?.getBoundingClientRect();
  if (!box?.width) return;
  if (box.right > row.right) nav.scrollLeft += box.right - row.right + 12;
  if (box.left < row.left) nav.scrollLeft += box.left - row.left - 12;
};
new ResizeObserver(reveal).observe(nav);   // the bar has no width before its tab is shown
const address = (id) => {   // an address that names a chapter names the one that is open, so that a reload stays there
  const url = new URL(location.href);
  if (!url.searchParams.has('chapter') || url.searchParams.get('chapter') === id) return;
  url.searchParams.set('chapter', id);
  history.replaceState(history.state, '', url);
};
const open = (id) => {
  if (!chapters.some((chapter) => chapter.id === id)) return;
  document.getElementById(`tab-chapter-${id}-button`)?.click();
  page.lessons.chapter = id;
  page.store.set('next-token-chapter', id);
  refresh();
  reveal(); address(id);
  setTimeout(() => page.translate(document), 60);
};
page.lessons.open = (id) => { open(id); window.scrollTo({ top: 0, behavior: page.still() ? 'auto' : 'smooth' }); };
page.lessons.next = (id) => chapters[chapters.findIndex((chapter) => chapter.id === id) + 1] ?? null;
page.lessons.follow((fresh) => {
  refresh();
  if (fresh.length) page.put(told, `${page.t('taskDone')} ${fresh.length}`);
});
page.links.lessons = () => ({ query: { chapter: page.lessons.chapter ?? chapters[0].id }, hash: '' });
page.onLang(() => { page.translate(element); refresh(); });
page.translate(element);
const [wanted] = (page.lessons.wanted ?? '').split('.');
open([wanted, page.store.get('next-token-chapter'), chapters[0].id].find((id) => chapters.some((chapter) => chapter.id === id)));
