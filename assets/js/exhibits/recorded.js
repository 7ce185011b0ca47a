// A recorded training: scrub through its checks with the slider, the arrows, or a click into the curves.
const SVG = 'http://www.w3.org/2000/svg', H = 270, L = 40, R = 14, T = 12, B = 30;
const { run } = opening(), chart = $('.nt-rec-chart'), slider = $('input[type=range]'), bars = $('.nt-rec-bars'), keep = $('.rec-keep');
const s = (tag, attributes, text) => { const node = document.createElementNS(SVG, tag); Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value)); if (text !== undefined) node.textContent = text; return node; };
let now = null, W = 640;
const go = (at, more = {}) => { if (now && at >= 0 && at < now.count) ask({ run, at, ...more }); };
const loss = (n) => (n === null ? '–' : n.toFixed(2));
const scale = () => {
  const most = Math.max(now.uniform, ...now.val.map(([, y]) => y)) * 1.06;
  return { most, x: (step) => L + (step / now.steps) * (W - L - R), y: (value) => T + (1 - Math.min(value, most) / most) * (H - T - B) };
};
const line = (points, name, { x, y }) => s('polyline', { class: name, points: points.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ') });
const paint = () => {
  W = page.kit.width(chart);
  const at = scale(), { x, y, most } = at, parts = [];
  for (let value = 0; value <= most; value += 2) parts.push(s('line', { class: 'grid', x1: L, x2: W - R, y1: y(value), y2: y(value) }), s('text', { class: 'end', x: L - 7, y: y(value) + 4 }, String(value)));
  for (let step = 0; step <= now.steps; step += W < 420 ? 80 : 40) parts.push(s('text', { class: 'mid', x: x(step), y: H - 10 }, String(step)));
  parts.push(s('line', { class: 'uniform', x1: L, x2: W - R, y1: y(now.uniform), y2: y(now.uniform) }), line(now.train, 'train', at), line(now.val, 'val', at));
  now.val.forEach(([step, value], i) => parts.push(s('circle', { class: i === now.at ? 'dot now' : 'dot', cx: x(step), cy: y(value), r: i === now.at ? 7 : 2.6 })));
  if (run === 'by_heart') parts.push(s('line', { class: 'stop', x1: x(now.stop), x2: x(now.stop), y1: T, y2: H - B }), s('text', { class: 'stop', x: x(now.stop) + 7, y: H - B - 8 }, page.t('recStops')));
  parts.push(s('line', { class: 'cursor', x1: x(now.step), x2: x(now.step), y1: T, y2: H - B }));
  chart.setAttribute('viewBox', `0 0 ${W} ${H}`);
  chart.setAttribute('aria-label', page.t('recAlt', { step: now.step, train: loss(now.train_loss), val: loss(now.val_loss), uniform: loss(now.uniform) }));
  chart.replaceChildren(...parts);
};
const pieces = (list) => list.map(([text, mark]) => (mark ? page.h('i', { class: 'nt-mark' }, text) : document.createTextNode(text)));
chart.addEventListener('click', (event) => {
  const box = chart.getBoundingClientRect(), step = (((event.clientX - box.left) / box.width) * W - L) / (W - L - R) * now.steps;
  go(now.val.reduce((best, [one], i) => (Math.abs(one - step) < Math.abs(now.val[best][0] - step) ? i : best), 0));
});
slider.addEventListener('input', () => go(Number(slider.value)));
$('.rec-back').addEventListener('click', () => go(now.at - 1));
$('.rec-forth').addEventListener('click', () => go(now.at + 1));
$('.rec-lab').addEventListener('click', () => page.openTab('training'));
keep.hidden = run !== 'by_heart';
keep.addEventListener('click', () => go(now.at, { keep: true }));
live((value) => {
  now = value;
  slider.max = value.count - 1;
  if (document.activeElement !== slider) slider.value = value.at;
  slider.style.setProperty('--at', value.at / (value.count - 1));
  slider.setAttribute('aria-valuetext', page.t('recStep', { step: value.step, epoch: value.epoch.toFixed(1) }));
  $('.rec-back').disabled = value.at === 0; $('.rec-forth').disabled = value.at === value.count - 1;
  paint();
  page.put($('.nt-rec-now b'), page.t('recStep', { step: value.step, epoch: value.epoch.toFixed(1) }));
  page.put($('.nt-rec-now span'), `${page.t('recTrain')} ${loss(value.train_loss)} · ${page.t('recVal')} ${loss(value.val_loss)}`);
  page.put($('.nt-rec-key .uniform'), page.t('recUniform', { n: loss(value.uniform) }));
  page.put($('.nt-rec-barshead'), page.t('recBars', { probe: value.probe_text }));
  page.kit.bars(bars, value.bars, { rows: 5 });
  $('.nt-rec-wrote').replaceChildren(page.h('b', {}, ...pieces(value.probe)), ...pieces(value.wrote));
  page.put($('.rec-told'), value.kept === null ? '' : page.t(value.kept ? 'recKept' : 'recNotKept', { step: value.step, n: loss(value.val_loss) }));
  page.put($('.nt-rec-size'), page.t('recSize', { parameters: page.compact(value.parameters), batch: value.batch, tokens: value.tokens.toLocaleString('en') }));
  page.put($('.nt-rec-command code'), value.command);
  Object.assign(element.dataset, { step: value.step, at: value.at });
});
