// The same beginning, continued five times with five dice.
const field = $('input[type=text]'), list = $('.takes-list'), heat = $('input[type=range]'), greedy = $('input[type=checkbox]');
let now = null;
const go = (more) => ask({ model: opening().model, text: now.text, seed: now.seed, temperature: now.temperature, greedy: now.greedy, ...more });
$('.nt-guess-edit').addEventListener('submit', (event) => { event.preventDefault(); go({ text: field.value }); });
$('.takes-again').addEventListener('click', () => go({ seed: (now.seed + 5) % 4294967290 }));
heat.addEventListener('input', () => go({ temperature: Number(heat.value) }));
greedy.addEventListener('change', () => go({ greedy: greedy.checked }));
const samples = opening().samples ?? [];
$('.nt-guess-samples').hidden = samples.length === 0;
samples.forEach((sample) => {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, sample);
  node.addEventListener('click', () => { field.value = sample; go({ text: sample }); });
  $('.nt-guess-samples').append(node);
});
const face = (chip) => { const one = page.h('span', {}); page.face(one, chip); return one; };
const KINDS = { question: 'takesQuestion', statement: 'takesStatement', silence: 'takesSilence', unfinished: 'takesUnfinished' };
const joint = (p) => (p >= 0.0001 ? page.percent(p) : `${(100 * p).toExponential(0).replace('e-', ' × 10⁻').replace(/(?<=10⁻)\d+/, (n) => [...n].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]).join(''))}%`);
live((value) => {
  now = value;
  if (document.activeElement !== field) field.value = value.text;
  $('.takes-prompt').replaceChildren(...value.prompt.map(face));
  list.replaceChildren(...value.rows.map((row) => page.h('li', { 'data-kind': row.kind },
    page.h('p', { class: 'takes-text' }, ...row.chips.map(face), row.ended ? page.h('span', { class: 'takes-end' }, page.t('ending')) : page.h('span', { class: 'takes-more' }, '…')),
    page.h('small', { class: 'takes-kind' }, page.t(KINDS[row.kind])), page.h('small', { class: 'takes-p' }, page.t('takesP', { p: joint(row.p) })))));
  list.classList.toggle('asks', value.asks);
  page.put($('.takes-same'), page.t('takesSame', { n: value.distinct }));
  page.put($('.takes-note'), page.t('takesNote', { n: value.most }));
  if (document.activeElement !== heat) heat.value = value.temperature;
  heat.style.setProperty('--at', value.temperature / 2);
  page.put($('.nt-knob b'), value.temperature.toFixed(2));
  greedy.checked = value.greedy;
  Object.assign(element.dataset, { text: value.text, distinct: value.distinct, questions: value.questions });
});
