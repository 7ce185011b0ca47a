// A sentence and its bars; which controls are there is said by the chapter: show = edit, draw, knobs, entropy, greedy.
const show = new Set(props.opening.show ?? []), model = props.opening.model;
const line = $('.nt-guess-line'), box = $('.nt-guess-bars'), edit = $('.nt-guess-edit'), field = $('input[type=text]'), told = $('.nt-guess-told'), knobs = $('.nt-guess-knobs');
const past = [];
let now = null;
const go = (move) => { if (now) past.push(now.strip.link); ask({ model, link: now.strip.link, move }); };
edit.hidden = !show.has('edit');
$('.guess-draw').hidden = !show.has('draw');
knobs.hidden = !['temperature', 'top_k', 'top_p', 'greedy'].some((name) => show.has(name));
const sliders = ['temperature', 'top_k', 'top_p'].filter((name) => show.has(name)).map((name) => {
  const range = { temperature: [0, 2, 0.05], top_k: [0, 20, 1], top_p: [0.01, 1, 0.01] }[name];
  const input = page.h('input', { type: 'range', min: range[0], max: range[1], step: range[2], 'data-name': name, 'data-t-label': `knob_${name}` });
  const node = page.h('label', { class: 'nt-knob' }, page.h('span', { 'data-t': `knob_${name}` }), page.h('b', {}), input);
  input.addEventListener('input', () => ask({ model, link: now.strip.link, move: { kind: 'turn', values: { [name]: Number(input.value) } } }));
  knobs.append(node);
  return { name, input, figure: node.querySelector('b') };
});
const greedy = page.h('input', { type: 'checkbox' });
if (show.has('greedy')) {
  knobs.append(page.h('label', { class: 'nt-guess-greedy' }, greedy, page.h('span', { 'data-t': 'tallest' })));
  greedy.addEventListener('change', () => ask({ model, link: now.strip.link, move: { kind: 'turn', values: { greedy: greedy.checked } } }));
}
$('.guess-step').addEventListener('click', () => go({ kind: 'step' }));
$('.guess-draw').addEventListener('click', () => ask({ model, link: now.strip.link, move: { kind: 'draw' } }));
$('.guess-undo').addEventListener('click', () => { const link = past.pop(); if (link !== undefined) ask({ model, link }); });
$('.guess-reset').addEventListener('click', () => { past.length = 0; ask(props.opening); });
edit.addEventListener('submit', (event) => { event.preventDefault(); past.push(now.strip.link); ask({ model, text: field.value, knobs: now.knobs.knobs }); });
live((value) => {
  now = value;
  page.kit.chips(line, value.strip.chips.filter((chip) => !chip.end || chip.made), { click: (chip) => go({ kind: 'back', at: chip.at }) });
  line.append(page.h('span', { class: 'nt-blank', 'aria-hidden': 'true' }, page.h('span', { class: 'nt-face' }), page.h('small', {}, '?')));
  if (document.activeElement !== field) field.value = value.strip.text;
  page.kit.bars(box, value.bars, { rows: 6, pick: (row) => go({ kind: 'pick', id: row.id }) });
  $('.guess-undo').disabled = past.length === 0;
  const last = value.throw.last, name = last ? page.name(last) : '';
  const words = !last ? '' : last.how === 'drawn' ? page.t('toldDrawn', { dice: last.dice.toFixed(3), token: name, low: (100 * last.low).toFixed(1), high: (100 * last.high).toFixed(1) })
    : last.how === 'greedy' ? page.t('toldGreedy', { token: name, p: page.percent(last.p) }) : page.t('toldClicked', { token: name, p: page.percent(last.p) });
  page.put(told, [words, show.has('entropy') ? page.t('guessEntropy', { bits: value.entropy.toFixed(2), among: Math.round(2 ** value.entropy).toLocaleString('en') }) : ''].filter(Boolean).join(' '));
  sliders.forEach(({ name: knob, input, figure }) => {
    const at = value.knobs.knobs[knob];
    if (document.activeElement !== input) input.value = at;
    input.style.setProperty('--at', (at - input.min) / (input.max - input.min));
    page.put(figure, knob === 'top_k' && at === 0 ? page.t('noLimit') : at.toFixed(knob === 'top_k' ? 0 : 2));
  });
  greedy.checked = value.knobs.knobs.greedy;
  Object.assign(element.dataset, { text: value.strip.text, link: value.strip.link });
});
