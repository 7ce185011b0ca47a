// The knobs: temperature in sight, the others folded away. What is turned is sent a few times a second at most.
const scene = page.scene(props.scene);
const $ = (selector) => element.querySelector(selector);
const TOP_K = [1, 2, 3, 4, 5, 8, 10, 20, 50, 100, 500, 0];   // stations of the slider; 0 is no limit
let value = JSON.parse(props.value), sent = 0, later;

const inputs = { temperature: $('#temperature'), top_k: $('#top-k'), top_p: $('#top-p'), greedy: $('#greedy'), seed: $('#seed'), rows: $('#rows') };
for (const [name, input] of Object.entries(inputs)) {
  if (input.type === 'checkbox') continue;
  const { low, high, step } = name === 'top_k' ? { low: 0, high: TOP_K.length - 1, step: 1 } : props.controls[name];
  input.min = low; input.max = high; input.step = step;
}
const station = (k) => { const at = TOP_K.findIndex((one) => one && one >= k); return k === 0 || at < 0 ? TOP_K.length - 1 : at; };
const read = {
  temperature: () => Number(inputs.temperature.value), top_k: () => TOP_K[Number(inputs.top_k.value)], top_p: () => Number(inputs.top_p.value),
  greedy: () => inputs.greedy.checked, seed: () => (inputs.seed.value.trim() === '' ? null : Number(inputs.seed.value)), rows: () => Number(inputs.rows.value),
};
const figures = (k) => {
  page.put($('#temperature-value'), k.temperature.toFixed(2).replace(/0$/, ''));
  page.put($('#top-k-value'), k.top_k ? String(k.top_k) : page.t('noLimit'));
  page.put($('#top-p-value'), k.top_p >= 1 ? page.t('noLimit') : k.top_p.toFixed(2));
  page.put($('#rows-value'), String(k.rows));
  for (const name of ['temperature', 'top_k', 'top_p', 'rows']) {
    const one = inputs[name];
    one.style.setProperty('--at', (Number(one.value) - Number(one.min)) / (Number(one.max) - Number(one.min)));
    one.setAttribute('aria-valuetext', $(`#${one.id}-value`).textContent);
  }
  element.classList.toggle('greedy', k.greedy);
};
const render = (next) => {
  value = next;
  const k = value.knobs;
  if (document.activeElement !== inputs.temperature || !dragging) inputs.temperature.value = k.temperature;
  inputs.top_k.value = station(k.top_k); inputs.top_p.value = k.top_p; inputs.greedy.checked = k.greedy;
  if (document.activeElement !== inputs.seed) inputs.seed.value = k.seed;
  inputs.rows.value = k.rows;
  figures({ ...k, temperature: dragging ? read.temperature() : k.temperature });
  $('#knobs-default').hidden = Object.entries(value.defaults).every(([name, one]) => k[name] === one);
};
let dragging = false;
const turn = (values) => { scene.stop?.(); sent = performance.now(); scene.send(trigger, 'turn', { values }); };
for (const [name, input] of Object.entries(inputs)) {
  const slider = input.type === 'range';
  input.addEventListener('input', () => {
    if (!slider) return;
    dragging = true;
    figures({ ...value.knobs, ...Object.fromEntries(['temperature', 'top_k', 'top_p', 'rows'].map((one) => [one, read[one]()])) });
    clearTimeout(later);
    const wait = 140 - (performance.now() - sent);
    if (wait <= 0) turn({ [name]: read[name]() }); else later = setTimeout(() => turn({ [name]: read[name]() }), wait);
  });
  input.addEventListener('change', () => { clearTimeout(later); dragging = false; turn({ [name]: read[name]() }); });
}
inputs.seed.addEventListener('keydown', (event) => { if (event.key === 'Enter') inputs.seed.blur(); });
$('#seed-new').addEventListener('click', () => { inputs.seed.value = crypto.getRandomValues(new Uint32Array(1))[0] % 10000; turn({ seed: read.seed() }); });
$('#knobs-default').addEventListener('click', () => turn({ ...value.defaults }));
$('#greedy-draw').addEventListener('click', () => { if (inputs.greedy.checked) { inputs.greedy.checked = false; turn({ greedy: false }); } });
// After a turn by mouse or finger, Space means "guess" again and not "this knob once more".
let pointed = false;
element.addEventListener('pointerdown', () => { pointed = true; });
element.addEventListener('keydown', () => { pointed = false; });
element.addEventListener('click', () => setTimeout(() => {
  const one = document.activeElement;
  if (pointed && element.contains(one) && one !== inputs.seed) one.blur();
}));
page.onLang(() => { page.translate(element); render(value); });
page.translate(element);
scene.register('knobs', render, value);
watch('value', () => scene.receive('knobs', JSON.parse(props.value)));
