// One text, every model: bars, and the bits into which each packs the text. `tries` are texts that the chapter names.
const field = $('input[type=text]'), columns = $('.nt-family-columns'), tries = $('.nt-family-tries');
const go = (text) => { field.value = text; ask({ text }); };
tries.append(...(opening().tries ?? []).map((text) => { const node = page.h('button', { type: 'button', class: 'nt-sample' }, text); node.addEventListener('click', () => go(text)); return node; }));
$('form').addEventListener('submit', (event) => { event.preventDefault(); ask({ text: field.value }); });
live((value) => {
  if (document.activeElement !== field) field.value = value.text;
  if (columns.children.length !== value.columns.length) columns.replaceChildren(...value.columns.map((one) => page.h('section', { 'data-id': one.id }, page.h('h4', {}), page.h('div', { class: 'nt-family-bars' }), page.h('p', { class: 'nt-rec-size' }))));
  value.columns.forEach((one, i) => {
    const [title, bars, packed] = columns.children[i].children;
    title.replaceChildren(page.h('b', {}, page.pick(one.name)), page.h('small', {}, one.parameters ? page.t('familyParameters', { n: page.compact(one.parameters) }) : ''));
    page.kit.bars(bars, one.bars, { rows: 5 });
    page.put(packed, page.t(one.bits < value.raw ? 'familyPacked' : 'familyPackedWorse', { bits: one.bits.toFixed(1), raw: value.raw, share: page.percent(one.bits / value.raw) }));
  });
  $('.nt-family-alone').hidden = value.columns.length > 1;
  Object.assign(element.dataset, { text: value.text, models: value.columns.length });
});
