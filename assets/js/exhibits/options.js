// An item with four options; then the same blank as a language model gets it.
const line = $('.nt-options-line'), list = $('.nt-options-list'), told = $('.nt-options-told'), box = $('.nt-options-bars'), bare = $('.options-bare');
const LETTERS = 'ABCD';
let now = null;
const buttons = [...LETTERS].map((letter, i) => {
  const node = page.h('button', { type: 'button', class: 'nt-ghost nt-option', 'data-i': i }, page.h('b', {}, letter), page.h('span', { class: 'nt-face', lang: 'en' }), page.h('small', {}));
  node.addEventListener('click', () => ask({ item: now?.item, pick: i }));
  return node;
});
list.append(...buttons);
bare.addEventListener('click', () => ask({ item: now?.item, pick: now?.pick, bare: !now?.bare }));
$('.options-other').addEventListener('click', () => ask({ item: now ? (now.item + 1) % now.items : 0 }));
live((value) => {
  now = value;
  const filled = value.correct && !value.bare ? ` ${value.options[value.pick]}` : ' ____';
  line.replaceChildren(page.h('span', { class: 'nt-face' }, value.left), page.h('b', { class: 'nt-face' }, filled),
    value.bare ? page.h('span', { class: 'nt-face hidden', 'aria-hidden': 'true' }, ' ░░░░░░') : page.h('span', { class: 'nt-face' }, value.right));
  buttons.forEach((node, i) => {
    const picked = value.pick === i && !value.bare;
    page.put(node.children[1], value.options[i]);
    page.put(node.children[2], value.bare ? page.percent(value.p[i]) : picked ? (value.correct ? '✓' : '✗') : '');
    node.setAttribute('aria-pressed', String(picked));
    node.disabled = value.bare;
  });
  const letter = LETTERS[value.pick] ?? '';
  page.put(told, value.bare ? page.t('optionsTold', { sum: page.percent(value.sum), rest: page.percent(1 - value.sum) })
    : value.pick === null ? '' : page.t(value.correct ? 'optionsRight' : 'optionsWrong', { letter }));
  bare.setAttribute('aria-pressed', String(value.bare));
  page.put(bare, page.t(value.bare ? 'optionsBack' : 'optionsBare'));
  box.hidden = !value.bare;
  if (value.bars) page.kit.bars(box, value.bars, { rows: 6 });
  Object.assign(element.dataset, { item: value.item, pick: value.pick ?? '', bare: value.bare });
});
