// A sentence and its bars; the chapter says which controls are there: show = edit, draw, knobs by name, entropy.
const show = new Set(opening().show ?? []), model = opening().model;
const line = $('.nt-guess-line'), box = $('.nt-guess-bars'), edit = $('.nt-guess-edit'), field = $('input[type=text]'), knobs = $('.nt-guess-knobs');
const past = [], tried = [];
const blank = page.h('span', { class: 'nt-blank', 'aria-hidden': 'true' }, page.h('span', { class: 'nt-face' }), page.h('small', {}, '?'));
let now = null;
const go = (move) => { if (now) past.push(now.strip.link); ask({ model, link: now.strip.link, move }); };
const write = (text) => { past.push(now.strip.link); ask({ model, text, knobs: now.knobs.knobs }); };
edit.hidden = !show.has('edit');
$('.guess-draw').hidden = !show.has('draw');
$('.nt-unsure').hidden = !show.has('entropy');

// ---- sentences to try --------------------------------------------------------------------------------------
const samples = opening().samples ?? [];
$('.nt-guess-samples').hidden = samples.length === 0;
samples.forEach((sample) => {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, sample);
  node.addEventListener('click', () => { field.value = sample; write(sample); });
  $('.nt-guess-samples').append(node);
});

// ---- knobs -------------------------------------------------------------------------------------------------
knobs.hidden = !['temperature', 'top_k', 'top_p', 'greedy'].some((name) => show.has(name));
const turn = (name, value) => ask({ model, link: now.strip.link, move: { kind: 'turn', values: { [name]: value } } });
const sliders = ['temperature', 'top_k', 'top_p'].filter((name) => show.has(name)).map((name) => {
  const range = { temperature: [0, 2, 0.05], top_k: [0, 20, 1], top_p: [0.01, 1, 0.01] }[name];
  const input = page.h('input', { type: 'range', min: range[0], max: range[1], step: range[2], 'data-name': name, 'data-t-label': `knob_${name}` });
  const note = name === 'temperature' ? null : page.h('p', { class: 'nt-small', 'data-t': `note_${name}` });
  const node = page.h('label', { class: 'nt-knob' }, page.h('span', { 'data-t': `knob_${name}` }), page.h('b', {}), input);
  input.addEventListener('input', () => turn(name, Number(input.value)));
  knobs.append(node, ...(note ? [note] : [page.h('div', { class: 'nt-ends' }, page.h('small', { 'data-t': 'temperatureLow' }), page.h('small', { 'data-t': 'temperatureHigh' }))]));
  return { name, input, figure: node.querySelector('b') };
});
const greedy = page.h('input', { type: 'checkbox' });
if (show.has('greedy')) {
  knobs.append(page.h('label', { class: 'nt-guess-greedy' }, greedy, page.h('span', { 'data-t': 'tallest' })));
  greedy.addEventListener('change', () => turn('greedy', greedy.checked));
}

// ---- what is done ------------------------------------------------------------------------------------------
$('.guess-step').addEventListener('click', () => go({ kind: 'step' }));
$('.guess-draw').addEventListener('click', () => ask({ model, link: now.strip.link, move: { kind: 'draw' } }));
$('.guess-undo').addEventListener('click', () => { const link = past.pop(); if (link !== undefined) ask({ model, link }); });
$('.guess-reset').addEventListener('click', () => { past.length = 0; ask(opening()); });
edit.addEventListener('submit', (event) => { event.preventDefault(); write(field.value); });

// ---- what is drawn -----------------------------------------------------------------------------------------
const sentence = (strip) => {
  const chips = strip.chips.filter((chip) => !chip.end || chip.made);
  blank.remove();
  page.kit.chips(line, chips, { click: (chip) => go({ kind: 'back', at: chip.at }) });
  chips.forEach((chip, i) => { line.children[i].dataset.how = chip.how ?? ''; });
  line.append(blank);
  line.dataset.size = chips.reduce((sum, chip) => sum + Math.max(1.6, [...chip.label].length * (chip.label < '\u2e80' ? 0.6 : 1)), 0) > 15 ? 'm' : 'l';
  $('.nt-made-by').hidden = strip.made === 0;
  $('.nt-made-by em').hidden = strip.clicked === 0;
};
const places = (last) => (last.high - last.low < 0.002 ? 3 : 1);
const lastStep = (last) => {
  $('.nt-guess-last').hidden = !last || last.how === 'linked';
  if ($('.nt-guess-last').hidden) return;
  const [stretch, dice] = $('.nt-tiny').children, token = page.name(last);
  $('.nt-tiny').hidden = last.dice === null;
  stretch.style.left = `${100 * last.low}%`; stretch.style.width = `${100 * (last.high - last.low)}%`; dice.style.left = `${100 * (last.dice ?? 0)}%`;
  const words = last.how === 'drawn' ? page.t('toldDrawn', { dice: last.dice.toFixed(3), token, low: (100 * last.low).toFixed(places(last)), high: (100 * last.high).toFixed(places(last)) })
    : page.t(last.how === 'greedy' ? 'toldGreedy' : 'toldClicked', { token, p: page.percent(last.p) });
  page.put($('.nt-guess-told'), words);
};
const unsure = (bits, vocab, text) => {
  const scale = $('.nt-unsure-scale'), most = Math.log2(vocab), marker = scale.querySelector('u');
  if (!tried.some((one) => one.text === text)) tried.push({ text, bits });
  scale.replaceChildren(...tried.slice(-12).map((one) => page.h('i', { style: `left:${100 * one.bits / most}%` })), marker);
  marker.style.left = `${100 * bits / most}%`;
  page.put($('.nt-unsure-told'), page.t('guessEntropy', { bits: bits.toFixed(2), among: 2 ** bits < 9.95 ? (2 ** bits).toFixed(1) : Math.round(2 ** bits).toLocaleString('en') }));
};
const key = ({ turned, draws }) => {
  $('.guess-key').hidden = !(turned || draws);
  $('.guess-key .key-p').hidden = $('.guess-key .key-q').hidden = !turned;
  $('.guess-key .key-seen').hidden = !draws;
  page.put($('.guess-key .key-seen span'), page.t('keySeen', { n: draws.toLocaleString('en') }));
};
live((value) => {
  now = value;
  sentence(value.strip);
  if (document.activeElement !== field) field.value = value.strip.text;
  page.kit.bars(box, value.bars, { rows: 6, pick: (row) => go({ kind: 'pick', id: row.id }) });
  if (box.children.length === 1) box.append(page.h('div', { class: 'nt-axis', 'aria-hidden': 'true' }, ...['0', '25', '50', '75', '100%'].map((at) => page.h('span', {}, at))));
  key(value.bars);
  lastStep(value.throw.last);
  if (show.has('entropy')) unsure(value.entropy, value.bars.vocab, value.strip.text);
  $('.guess-undo').disabled = past.length === 0;
  sliders.forEach(({ name: knob, input, figure }) => {
    const at = value.knobs.knobs[knob];
    if (document.activeElement !== input) input.value = at;
    input.style.setProperty('--at', (at - input.min) / (input.max - input.min));
    page.put(figure, (knob === 'top_k' && at === 0) || (knob === 'top_p' && at >= 1) ? page.t('noLimit') : at.toFixed(knob === 'top_k' ? 0 : 2));
  });
  greedy.checked = value.knobs.knobs.greedy;
  Object.assign(element.dataset, { text: value.strip.text, link: value.strip.link });
});
