// Few-shot: which examples stand before the question, and what the model then writes.
let now = { which: opening().which, word: opening().word };
const row = $('.nt-shots-words'), which = [...element.querySelectorAll('[data-which]')];
const pieces = (list) => list.map(([text, mark]) => (mark && text !== '⏎' ? page.h('i', { class: 'nt-mark' }, text) : document.createTextNode(text === '⏎' ? '\n' : text)));
const go = (change) => ask({ ...opening(), which: now.which, word: now.word, ...change });
which.forEach((node) => node.addEventListener('click', () => go({ which: node.dataset.which })));
live((value) => {
  now = value;
  if (row.children.length === 1) row.append(...value.words.map((word) => { const node = page.h('button', { type: 'button', class: 'nt-ghost', 'data-word': word }, word); node.addEventListener('click', () => go({ word })); return node; }));
  which.forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.which === value.which)));
  row.querySelectorAll('[data-word]').forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.word === value.word)));
  $('.nt-shots-prompt').replaceChildren(...pieces(value.prompt), page.h('span', { class: 'nt-shots-blank' }, '?'));
  $('.nt-shots-wrote').replaceChildren(...pieces(value.wrote));
  page.put($('.nt-shots-told'), page.t('shotsShare', { answer: value.wanted, p: page.percent(value.p), bare: page.percent(value.bare) }));
  page.kit.bars($('.nt-shots-bars'), value.bars, { rows: 5 });
  Object.assign(element.dataset, { which: value.which, word: value.word });
});
