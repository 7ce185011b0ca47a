// One text cut in several ways, a row each; below, what a character costs in several languages.
const field = $('input'), rows = $('dl'), languages = $('.nt-encodings-languages');
$('form').addEventListener('submit', (event) => { event.preventDefault(); ask({ text: field.value }); });
const drawRow = (row) => {
  const pieces = page.h('dd', { class: 'nt-encodings-pieces' });
  row.pieces.forEach((s) => { const node = page.h('span', { class: 'nt-face' }); page.face(node, { s }); pieces.append(node); });
  if (row.n > row.pieces.length) pieces.append(page.h('em', {}, page.t('encodingsMore', { n: row.n - row.pieces.length })));
  const name = page.h('dt', {}, page.h('b', {}, page.pick(row.words)), page.h('small', {}, row.n === null ? page.t('encodingsMissing') : page.t('encodingsPieces', { n: row.n })));
  const node = page.h('div', { class: row.n === null ? 'missing' : '', 'data-name': row.name, 'data-n': row.n }, name, row.n === null ? null : pieces);
  return node;
};
const drawLanguage = (one, most) => {
  const node = page.h('button', { type: 'button', class: 'nt-encodings-language', 'data-id': one.id, 'data-each': one.each },
    page.h('span', {}, page.pick(one.words)), page.h('span', { class: 'nt-encodings-track' }, page.h('u', {})), page.h('b', {}, one.each.toFixed(2)));
  node.querySelector('u').style.setProperty('--w', one.each / most);
  node.setAttribute('aria-label', `${page.pick(one.words)} ${one.each.toFixed(2)}`);
  node.addEventListener('click', () => { field.value = one.text; ask({ text: one.text }); });
  return node;
};
live((value) => {
  if (document.activeElement !== field) field.value = value.text;
  rows.replaceChildren(...value.rows.map(drawRow));
  const at = document.activeElement?.dataset?.id, most = Math.max(...value.languages.map((one) => one.each));
  languages.replaceChildren(...value.languages.map((one) => drawLanguage(one, most)));
  [...languages.children].find((node) => at && node.dataset.id === at)?.focus();
  element.dataset.text = value.text;
});
