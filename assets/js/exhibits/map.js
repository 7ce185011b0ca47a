// A token is looked for; what is nearest to it is listed here and marked on Plotly's map below.
const field = $('input'), near = $('.nt-atlas-near'), samples = $('.nt-samples');
let now = null;
const dark = () => document.body.classList.contains('dark') || document.documentElement.classList.contains('dark');
const state = (change) => ({ find: now?.found.label.replaceAll('·', ' ') ?? opening().find, table: now?.table, dims: now?.dims, dark: dark(), ...change });
const find = (text) => ask(state({ find: text }));
for (const text of opening().samples ?? []) {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, text);
  node.addEventListener('click', () => { field.value = text; find(text); });
  samples.append(node);
}
$('form').addEventListener('submit', (event) => { event.preventDefault(); find(field.value); });
element.querySelectorAll('[data-table]').forEach((node) => node.addEventListener('click', () => ask(state({ table: node.dataset.table }))));
element.querySelectorAll('[data-dims]').forEach((node) => node.addEventListener('click', () => ask(state({ dims: Number(node.dataset.dims) }))));
const make = () => {
  const node = page.h('li', {}, page.h('button', { type: 'button', class: 'nt-atlas-token' }, page.h('b', { class: 'nt-face' }), page.h('i'), page.h('em')));
  node.firstChild.addEventListener('click', () => { const text = node.dataset.label.replaceAll('·', ' ').trim(); field.value = text; find(text); });
  return node;
};
let drawnDark = null;
live((value) => {
  now = value;
  if (document.activeElement !== field) field.value = value.found.label.replaceAll('·', ' ').trim();
  element.querySelectorAll('[data-table]').forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.table === value.table)));
  element.querySelectorAll('[data-dims]').forEach((node) => node.setAttribute('aria-pressed', String(Number(node.dataset.dims) === value.dims)));
  page.put($('.nt-atlas-title'), page.t('mapNear', { token: page.name(value.found) }));
  while (near.children.length < value.near.length) near.append(make());
  value.near.forEach((one, i) => {
    const node = near.children[i], button = node.firstChild;
    node.dataset.label = one.label;
    page.face(button.children[0], one);
    button.children[1].style.setProperty('--w', Math.max(0, one.cosine));
    page.put(button.children[2], one.cosine.toFixed(2));
  });
  page.put($('.nt-atlas-share'), page.t('mapDrawn', { n: value.n, width: value.width, dims: value.dims, share: page.percent(value.share) }));
  Object.assign(element.dataset, { found: value.found.label, table: value.table, dims: value.dims });
  if (drawnDark === null) { drawnDark = false; if (dark()) { drawnDark = true; ask(state({})); } }
});
const part = element.closest('.nt-part');   // Plotly's own logo is a link that leads away from the page
new MutationObserver(() => part.querySelectorAll('.modebar-btn--logo').forEach((node) => node.remove())).observe(part, { childList: true, subtree: true });
