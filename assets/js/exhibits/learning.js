// The family's learning curves over the tokens read; a slider and the chart choose one check of all models.
const SVG = 'http://www.w3.org/2000/svg', H = 330, L = 40, R = 14, T = 12, B = 34;
let W = 640;
const chart = $('svg'), slider = $('input'), list = $('.nt-learn-list');
const s = (tag, attributes, text) => { const node = document.createElementNS(SVG, tag); Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value)); if (text !== undefined) node.textContent = text; return node; };
const millions = (tokens) => (tokens / 1e6).toFixed(1);
let now = null;
const go = (at) => { if (now && at >= 0 && at < now.places.length) ask({ at }); };
const scale = () => {
  const shown = now.models.flatMap((one) => [...one.val, ...one.train.map(([, y]) => y)]), end = now.places.at(-1);
  const low = Math.floor(2 * Math.min(...shown)) / 2, high = Math.min(7, Math.max(...shown));   // the first tokens, all guessing, would flatten the rest
  return { end, low, high, x: (tokens) => L + (tokens / end) * (W - L - R), y: (loss) => T + (high - Math.min(loss, high)) / (high - low) * (H - T - B) };
};
const paint = () => {
  W = page.kit.width(chart);
  const { end, low, high, x, y } = scale(), parts = [], here = now.places[now.at];
  for (let loss = low; loss <= high; loss += 0.5) parts.push(s('line', { class: 'grid', x1: L, x2: W - R, y1: y(loss), y2: y(loss) }), s('text', { class: 'end', x: L - 7, y: y(loss) + 4 }, loss.toFixed(1)));
  const gap = [5e6, 1e7, 2e7, 5e7, 1e8].find((tokens) => x(tokens) - x(0) > 32) ?? end;   // the figures of the axis stand apart
  for (let tokens = 0; tokens <= end; tokens += gap) parts.push(s('text', { class: 'mid', x: x(tokens), y: H - 18 }, String(tokens / 1e6)));
  parts.push(s('text', { class: 'end', x: W - R, y: H - 3 }, page.t('learnAxis')));
  now.parts.forEach((tokens) => parts.push(s('line', { class: 'part', x1: x(tokens), x2: x(tokens), y1: T, y2: H - B })));
  now.models.forEach((one, i) => {
    const group = s('g', { class: 'model', 'data-id': one.id });
    group.style.setProperty('--of', now.models.length > 1 ? i / (now.models.length - 1) : 1);
    const cuts = [0, ...now.parts, Infinity];
    group.append(s('polyline', { class: 'train', points: one.train.map(([tokens, loss]) => `${x(tokens).toFixed(1)},${y(loss).toFixed(1)}`).join(' ') }));
    cuts.slice(1).forEach((to, part) => {   // a part that reads another mix begins a line of its own
      const points = one.val.map((loss, j) => [now.places[j], loss]).filter(([tokens]) => tokens > cuts[part] && tokens <= to);
      group.append(s('polyline', { class: 'val', points: points.map(([tokens, loss]) => `${x(tokens).toFixed(1)},${y(loss).toFixed(1)}`).join(' ') }));
    });
    one.val.forEach((loss, j) => group.append(s('circle', { class: j === now.at ? 'dot now' : 'dot', cx: x(now.places[j]), cy: y(loss), r: j === now.at ? 6.5 : 2.4 })));
    parts.push(group);
  });
  parts.push(s('line', { class: 'cursor', x1: x(here), x2: x(here), y1: T, y2: H - B }));
  chart.setAttribute('viewBox', `0 0 ${W} ${H}`);
  chart.setAttribute('aria-label', `${page.t('learnAt', { tokens: here.toLocaleString('en') })} ${now.models.map((one) => `${page.pick(one.name)} ${one.val[now.at].toFixed(2)}`).join(', ')}`);
  chart.replaceChildren(...parts);
};
chart.addEventListener('click', (event) => {
  const box = chart.getBoundingClientRect(), tokens = (((event.clientX - box.left) / box.width) * W - L) / (W - L - R) * now.places.at(-1);
  go(now.places.reduce((best, one, i) => (Math.abs(one - tokens) < Math.abs(now.places[best] - tokens) ? i : best), 0));
});
slider.addEventListener('input', () => go(Number(slider.value)));
$('.learn-back').addEventListener('click', () => go(now.at - 1));
$('.learn-forth').addEventListener('click', () => go(now.at + 1));
live((value) => {
  now = value;
  const last = value.places.length - 1, smallest = value.models[0];
  slider.max = last;
  if (document.activeElement !== slider) slider.value = value.at;
  slider.style.setProperty('--at', value.at / last);
  slider.setAttribute('aria-valuetext', `${millions(value.places[value.at])} M`);
  $('.learn-back').disabled = value.at === 0; $('.learn-forth').disabled = value.at === last;
  paint();
  page.put($('.nt-rec-now'), page.t('learnAt', { tokens: value.places[value.at].toLocaleString('en') }));
  list.replaceChildren(...value.models.map((one, i) => {
    const node = page.h('li', { 'data-id': one.id }, page.h('span', {}, page.pick(one.name)), page.h('b', {}, one.val[value.at].toFixed(2)));
    node.style.setProperty('--of', value.models.length > 1 ? i / (value.models.length - 1) : 1);
    return node;
  }));
  page.put($('.learn-end'), page.t('learnEnd', { name: page.pick(smallest.name), loss: smallest.val.at(-1).toFixed(2) }));
  $('.learn-parts').hidden = !value.parts.length;
  Object.assign(element.dataset, { at: value.at, models: value.models.length });
});
