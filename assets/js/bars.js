// The bars: one button a row on a fixed 0–100 % axis, and a last row for everything else, so that they add up.
const scene = props.scene ? page.scene(props.scene) : null;
const list = element.querySelector('.nt-bars'), told = element.querySelector('.nt-told'), key = element.querySelector('.nt-key');
let value = JSON.parse(props.value);

const make = (rest) => {
  const node = page.h(rest || !props.clickable ? 'div' : 'button', { class: rest ? 'nt-bar rest' : 'nt-bar' },
    page.h('kbd', { 'aria-hidden': 'true' }), page.h('span', { class: 'nt-word' }),
    page.h('span', { class: 'nt-track' }, page.h('u', { class: 'p' }), page.h('u', { class: 'q' }), page.h('i', { class: 'seen' })),
    page.h('span', { class: 'nt-value' }, page.h('b'), page.h('small')));
  if (node.tagName === 'BUTTON') node.type = 'button';
  return node;
};
const share = (n) => (value.draws ? n / value.draws : 0);
const fill = (node, { p, q, n, cut }) => {
  const [bar, shaped, seen] = node.children[2].children, [figure, small] = node.children[3].children;
  bar.style.setProperty('--w', p); shaped.style.setProperty('--w', q); seen.style.setProperty('--w', share(n)); seen.hidden = n === 0;
  node.classList.toggle('cut', Boolean(cut));
  page.put(figure, page.percent(value.turned ? q : p));
  const under = [value.turned ? `p ${page.percent(p)}` : '', value.draws ? page.t('times', { n }) : ''].filter(Boolean).join(' · ');
  page.put(small, under);
  Object.assign(node.dataset, { p, q, n: value.draws ? n : '' });
};
const say = (node, words, row) => {
  const parts = [words, `p ${page.percent(row.p)}`];
  if (value.turned) parts.push(row.cut ? page.t('cutAway') : `p′ ${page.percent(row.q)}`);
  if (value.draws) parts.push(page.t('times', { n: row.n }));
  node.setAttribute('aria-label', parts.join(', '));
};
const roomFor = () => Math.min(value.rows.length, innerWidth <= 720 ? 6 : document.body.classList.contains('nt-projector') ? 5 : 50);

const render = (next) => {
  value = next;
  const shown = roomFor();
  while (list.children.length > shown + 1) list.children[0].remove();
  while (list.children.length < shown + 1) list.insertBefore(make(list.children.length === 0), list.children.length ? list.lastChild : null);
  list.classList.toggle('turned', value.turned);
  list.classList.toggle('drawn', value.draws > 0);
  value.rows.slice(0, shown).forEach((row, i) => {
    const node = list.children[i];
    Object.assign(node.dataset, { i, id: row.id, label: row.label });
    page.put(node.children[0], i < 9 && props.clickable ? String(i + 1) : '');
    page.face(node.children[1], row);
    fill(node, row);
    say(node, page.name(row), row);
    node.row = row;
    node.classList.remove('chosen');
  });
  const rest = { p: value.rest[shown], q: value.rest_q[shown], n: value.rest_n[shown], cut: value.rest_q[shown] === 0 && value.rest[shown] > 0 };
  page.put(list.lastChild.children[1], page.t('rest'));
  fill(list.lastChild, rest);
  say(list.lastChild, page.t('rest'), rest);
  key.hidden = !(value.turned || value.draws);
  element.querySelector('.key-seen').hidden = !value.draws;
  element.querySelector('.key-p').hidden = element.querySelector('.key-q').hidden = !value.turned;
  page.put(element.querySelector('.key-seen span'), page.t('keySeen', { n: value.draws.toLocaleString('en') }));
  list.removeAttribute('aria-busy');
  list.dataset.version = value.version ?? ''; list.dataset.length = value.length ?? ''; list.dataset.ready = 'true';
  page.put(told, value.rows.slice(0, 3).map((row) => `${page.name(row)} ${page.percent(value.turned ? row.q : row.p)}`).join(page.lang === 'zh' ? '，' : ', '));
};

const pick = (i) => {
  const row = value.rows[i];
  if (!row || i >= roomFor()) return;
  scene.stop?.();
  scene.send(trigger, 'pick', { id: row.id, version: value.version, length: value.length });
};
if (props.clickable) {
  list.addEventListener('click', (event) => {
    const node = event.target.closest('button[data-i]');
    if (!node) return;
    if (event.detail) node.blur();   // after a mouse click, Space means "guess" again and not "this bar"
    pick(Number(node.dataset.i));
  });
  page.keys(element, (event) => { if (/^[1-9]$/.test(event.key)) { event.preventDefault(); pick(Number(event.key) - 1); } });
  const peek = (event) => scene.preview?.(event.target.closest('button[data-i]')?.row ?? null);
  list.addEventListener('pointerover', (event) => { if (event.pointerType !== 'touch') peek(event); });
  list.addEventListener('focusin', (event) => { if (event.target.matches(':focus-visible')) peek(event); });
  list.addEventListener('pointerleave', () => scene.preview?.(null));
  list.addEventListener('focusout', () => scene.preview?.(null));
}
page.tip(list, 'button[data-i]', (node) => [page.name(node.row), page.t('tipId', { id: node.row.id }),
  node.row.hex ? page.t('tipBytes', { hex: node.row.hex }) : page.t('tipNoBytes'),
  `p = ${(node.row.p * 100).toPrecision(4)}%`, value.turned ? (node.row.cut ? page.t('cutAway') : `p′ = ${(node.row.q * 100).toPrecision(4)}%`) : null]);
page.onLang(() => render(value));
page.translate(element);
window.addEventListener('resize', () => { if (list.children.length !== roomFor() + 1) render(value); });
if (scene) {
  scene.rowOf = (id) => list.querySelector(`[data-id="${Number(id)}"]`);
  scene.register('bars', render, value);
  watch('value', () => scene.receive('bars', JSON.parse(props.value)));
} else {
  render(value);
  watch('value', () => render(JSON.parse(props.value)));
}
