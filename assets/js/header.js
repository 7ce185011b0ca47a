// The header: name, the model in use, tabs, language, projector, link.
const $ = (selector) => element.querySelector(selector);
const badge = $('#model-badge');
const scene = page.scene('playground');

const showBadge = () => {
  const about = scene.values.brain?.about;
  if (!about) return;
  const parts = [about.name ? page.pick(about.name) : ''];
  if (about.parameters) parts.push(page.t('parameters', { n: page.compact(about.parameters) }));
  if (about.bytes) parts.push(`${(about.bytes / 1e6).toFixed(about.bytes < 1e7 ? 1 : 0)} MB`);
  if (about.ms) parts.push(page.t('ms', { n: about.ms < 10 ? about.ms.toFixed(1) : Math.round(about.ms) }));
  badge.replaceChildren(...parts.filter(Boolean).map((part, i) => page.h('span', {}, (i ? ' · ' : '') + part)));   // where room is short, whole parts are left out
};
page.showBadge = showBadge;

const lang = $('#lang');
lang.addEventListener('click', () => page.setLang(page.lang === 'zh' ? 'en' : 'zh'));
page.onLang(() => {
  lang.querySelectorAll('b').forEach((one) => one.classList.toggle('on', one.dataset.lang === page.lang));
  showBadge();
});

const projector = $('#projector');
const project = (on) => {
  document.body.classList.toggle('nt-projector', on);
  projector.setAttribute('aria-pressed', String(on));
  window.dispatchEvent(new Event('resize'));
};
projector.addEventListener('click', () => { const on = !document.body.classList.contains('nt-projector'); page.store.set('next-token-projector', on ? '1' : ''); project(on); });
project(page.store.get('next-token-projector') === '1');

const copied = $('#link-field');
page.copy = async (address) => {
  try {
    await navigator.clipboard.writeText(address);
    page.toast(page.t('copied'));
  } catch {   // no clipboard here: put it in a field and select it
    copied.value = address; copied.hidden = false; copied.focus(); copied.select();
    page.toast(page.t('copyByHand'));
  }
};
$('#copy-link').addEventListener('click', () => {
  const url = new URL(location.href);
  const { query, hash } = page.links[document.body.dataset.tab]?.() ?? { query: {}, hash: scene.values.strip?.link ?? '' };
  url.search = new URLSearchParams({ lang: page.lang, ...query }).toString();
  url.hash = hash;
  page.copy(url.href);
});
copied.addEventListener('blur', () => { copied.hidden = true; });
copied.addEventListener('keydown', (event) => { if (event.key === 'Escape') copied.blur(); });

// Tabs: our own row of buttons in the page's language, over Gradio's tabs, which mount a tab at its first visit.
const tabs = props.tabs.map(([id, words]) => page.h('button', { type: 'button', role: 'tab', id: `open-${id}`, 'data-tab': id, 'data-t': words }));
$('.nt-tabs').append(...tabs);
$('.nt-tabs').hidden = tabs.length < 2;
const select = (id, tries = 60) => {   // Gradio's own buttons come a little later than the header
  const button = document.getElementById(`tab-${id}-button`);
  button?.click();
  if (tries && button?.getAttribute('aria-selected') !== 'true') setTimeout(() => { if (document.body.dataset.tab === id) select(id, tries - 1); }, 50);
};
page.openTab = (id) => {
  document.body.dataset.tab = id;
  select(id);
  tabs.forEach((tab) => {
    const on = tab.dataset.tab === id;
    tab.setAttribute('aria-selected', String(on)); tab.tabIndex = on ? 0 : -1;
  });
  setTimeout(() => { page.translate(document); window.dispatchEvent(new Event('resize')); }, 60);
};
tabs.forEach((tab, i) => {
  tab.addEventListener('click', () => page.openTab(tab.dataset.tab));
  tab.addEventListener('keydown', (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const next = tabs[(i + way + tabs.length) % tabs.length];
    next.focus(); next.click();
  });
});

const hasTab = (id) => tabs.some((tab) => tab.dataset.tab === id);
const watching = () => new URLSearchParams(location.hash.slice(1)).get('watch') && hasTab('training');   // a link to somebody's run
page.openTab(watching() ? 'training' : page.lessons.wanted && hasTab('lessons') ? 'lessons' : 'playground');
window.addEventListener('hashchange', () => { if (watching()) page.openTab('training'); });
page.setLang(page.lang);
page.ready = true;
page.queue.splice(0).forEach((mount) => mount(page));

