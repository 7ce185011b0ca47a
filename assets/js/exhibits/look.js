// Under every token: where a head looked (blue), and what leaving it out changes (orange). A click leaves it out.
const field = $('input[type=text]'), list = $('.nt-look-tokens'), grid = $('.nt-look-grid'), told = $('.nt-look-told'), samples = $('.nt-samples');
let now = null;
const state = (change) => ({ text: now.text, layer: now.layer, head: now.head, out: now.out, ...change });
const take = (text) => ask({ text, layer: now?.layer, head: now?.head });
for (const text of opening().samples ?? []) {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, text);
  node.addEventListener('click', () => { field.value = text; take(text); });
  samples.append(node);
}
$('form').addEventListener('submit', (event) => { event.preventDefault(); take(field.value); });
$('.look-all').addEventListener('click', () => ask(state({ layer: null, head: null })));
const meter = (kind) => page.h('span', { class: `nt-look-meter ${kind}` }, page.h('i'), page.h('em'));
const make = (i) => {
  const node = page.h('button', { type: 'button', class: 'nt-look-token', 'data-at': i }, page.h('span', { class: 'nt-face' }), meter('looked'), meter('moved'));
  node.addEventListener('click', () => { if (i) ask(state({ out: now.out === i ? null : i })); });
  return node;
};
const makeHead = (layer, head) => {
  const node = page.h('button', { type: 'button', 'data-layer': layer, 'data-head': head });
  node.addEventListener('click', () => ask(state({ layer, head })));
  return node;
};
const measure = (node, share) => {
  node.style.setProperty('--w', share ?? 0);
  page.put(node.lastChild, share === null ? '–' : share < 0.005 ? '0' : `${Math.round(share * 100)}%`);
};
live((value) => {
  now = value;
  const strongest = value.tokens.reduce((best, one, i) => ((one.moved ?? -1) > (value.tokens[best].moved ?? -1) && i < value.tokens.length - 1 ? i : best), 0);
  const focus = value.out ?? strongest;
  if (document.activeElement !== field) field.value = value.text;
  if (list.children.length !== value.tokens.length) list.replaceChildren(...value.tokens.map((_, i) => make(i)));
  value.tokens.forEach((token, i) => {
    const node = list.children[i], out = value.out === i;
    page.face(node.firstChild, { ...token, at: i });
    measure(node.children[1], value.looked[i]);
    measure(node.children[2], i ? token.moved : null);
    Object.assign(node.dataset, { label: token.label, looked: value.looked[i], moved: token.moved ?? '' });
    node.classList.toggle('out', out);
    node.setAttribute('aria-pressed', String(out));
    node.setAttribute('aria-label', `${page.name({ ...token, at: i })}: ${i ? page.t('lookTip', { looked: page.percent(value.looked[i]), moved: page.percent(token.moved) }) : page.t('lookStays')}`);
  });
  const gone = value.out === null ? null : value.tokens[value.out];
  page.put(told, gone ? [page.t('lookWithout', { token: page.name(gone), top: page.name(gone.top), before: page.percent(gone.before), after: page.percent(gone.after), moved: page.percent(gone.moved), bits: gone.bits.toFixed(2) }),
    page.t('lookNow', { now: page.name(gone.now) })].join(' ') : '');
  page.kit.bars($('.nt-look-bars'), value.bars, { rows: 4 });
  const layers = value.attention.length, heads = value.attention[0].length;
  grid.style.setProperty('--heads', heads);
  if (grid.children.length !== layers * heads) grid.replaceChildren(...Array.from({ length: layers * heads }, (_, i) => makeHead(Math.floor(i / heads), i % heads)));
  [...grid.children].forEach((node) => {
    const layer = Number(node.dataset.layer), head = Number(node.dataset.head), share = value.attention[layer][head][focus];
    const words = page.t('lookHead', { layer: layer + 1, head: head + 1 });
    node.style.setProperty('--w', share);
    page.put(node, `${Math.round(share * 100)}%`);
    node.setAttribute('aria-pressed', String(value.layer === layer && value.head === head));
    node.setAttribute('aria-label', `${words}: ${page.percent(share)}`);
    node.title = words;
  });
  page.put($('.nt-look-shade'), page.t('lookShade', { token: page.name({ ...value.tokens[focus], at: focus }) }));
  page.put($('.nt-look-head'), value.layer === null ? '' : page.t('lookHead', { layer: value.layer + 1, head: value.head + 1 }));
  $('.look-all').setAttribute('aria-pressed', String(value.layer === null));
  Object.assign(element.dataset, { text: value.text, out: value.out ?? '' });
});
