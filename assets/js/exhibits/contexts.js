// Beginnings side by side, each to be edited, each over its own bars.
const row = $('.nt-contexts-row');
const columns = opening().texts.map((_, i) => {
  const field = page.h('textarea', { rows: 3, maxlength: 2000, autocomplete: 'off', spellcheck: 'false' });
  const form = page.h('form', { class: 'nt-contexts-form' }, field, page.h('button', { class: 'nt-ghost', 'data-t': 'take' }));
  const bars = page.h('div', {}), node = page.h('section', { class: 'nt-contexts-one', 'data-i': i }, form, bars);
  form.addEventListener('submit', (event) => { event.preventDefault(); take(); });
  field.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); take(); } });
  row.append(node);
  return { field, bars, node };
});
const take = () => ask({ texts: columns.map(({ field }) => field.value) });
$('.contexts-back').addEventListener('click', () => ask(opening()));
row.dataset.count = columns.length;
live((value) => {
  columns.forEach(({ field, bars, node }, i) => {
    const one = value.contexts[i];
    field.setAttribute('aria-label', page.t('contextsField', { n: i + 1 }));
    if (document.activeElement !== field) field.value = one.text;
    page.kit.bars(bars, one.bars, { rows: 4 });
    node.dataset.top = one.top;
  });
});
