// A text in its tokens. What is there besides them is said by the chapter: show = ends, apart, upto.
const show = new Set(opening().show ?? []), row = $('.nt-pieces-row'), field = $('input[type=text]'), slider = $('input[type=range]');
const ends = $('.pieces-ends'), apart = $('.pieces-apart'), samples = $('.nt-samples');
let now = null;
ends.hidden = !show.has('ends');
apart.hidden = !show.has('apart');
slider.parentNode.hidden = !show.has('upto');
const change = (changed) => { if (now) ask({ text: now.text, ends: now.ends, apart: now.apart, upto: now.upto, ...changed(now) }); };
const take = (text) => ask({ text, ends: now?.ends, apart: now?.apart });
for (const text of opening().samples ?? []) {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, text);
  node.addEventListener('click', () => { field.value = text; take(text); });
  samples.append(node);
}
$('form').addEventListener('submit', (event) => { event.preventDefault(); take(field.value); });
ends.addEventListener('click', () => change(({ ends: on }) => ({ ends: !on })));
apart.addEventListener('click', () => change(({ apart: on }) => ({ apart: !on })));
slider.addEventListener('input', () => change(() => ({ upto: Number(slider.value) })));
page.tip(row, '.nt-chip', ({ chip }) => [page.name(chip), page.t('tipId', { id: chip.ids.join(', ') }), chip.hex ? page.t('tipBytes', { hex: chip.hex }) : page.t('tipNoBytes')]);
live((value) => {
  now = value;
  page.kit.chips(row, value.chips, { under: (chip) => (value.apart && chip.hex ? `${chip.ids.join(' ')}\n${chip.hex}` : chip.ids.join(' ')) });
  if (document.activeElement !== field) field.value = value.text;
  ends.setAttribute('aria-pressed', String(value.ends));
  apart.setAttribute('aria-pressed', String(value.apart));
  page.put($('.nt-pieces-count'), page.t('piecesCount', { ...value, each: value.each.toFixed(2) }));
  slider.max = value.tokens;
  if (document.activeElement !== slider) slider.value = value.upto;
  slider.style.setProperty('--at', value.tokens > 1 ? (value.upto - 1) / (value.tokens - 1) : 1);
  page.put(slider.previousElementSibling, page.t('piecesUpto', { n: value.upto }));
  page.put($('.nt-pieces-half'), value.half ? page.t('piecesHalf', { hex: value.hex }) : '');
  page.put($('.nt-pieces-end'), value.ends ? page.t('piecesEnd', { id: value.end_id, p: page.percent(value.p_end) }) : '');
  Object.assign(element.dataset, { text: value.text, tokens: value.tokens });
});
