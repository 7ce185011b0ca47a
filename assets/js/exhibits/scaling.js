// Measured losses with their trend; below, how the chance of a whole answer leaps while each token only creeps.
const SVG = 'http://www.w3.org/2000/svg', charts = $('.nt-scale-charts'), emerge = $('.nt-emerge'), sliders = { p: $('input[name=p]'), length: $('input[name=length]') };
const s = (tag, attributes, text) => { const node = document.createElementNS(SVG, tag); Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value)); if (text !== undefined) node.textContent = text; return node; };
const ROUND = [1, 2, 5].flatMap((n) => [5, 6, 7, 8].map((zeros) => n * 10 ** zeros));   // parameters, at the axis
const path = (points) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
const chart = ({ language, points, slope, height }) => {
  const W = page.kit.width(charts), H = 250, L = 46, R = 16, T = 32, B = 34, xs = points.map((one) => Math.log10(one.x)), low = Math.min(...xs) - 0.3, high = Math.max(...xs) + 0.4;
  const bottom = Math.min(...points.map((one) => one.y)) * 0.96, top = Math.max(...points.map((one) => one.y)) * 1.03;
  const x = (power) => L + (power - low) / (high - low) * (W - L - R), y = (value) => T + (Math.log(top) - Math.log(value)) / (Math.log(top) - Math.log(bottom)) * (H - T - B);
  const title = page.t(language === 'zh' ? 'scaleZh' : 'scaleEn'), node = s('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${title}: ${points.map((one) => `${page.pick(one.name)} ${one.y.toFixed(2)}`).join(', ')}`, 'data-language': language });
  node.append(s('text', { x: L, y: 12, class: 'title' }, title), s('text', { x: W - R, y: H - 4, class: 'end' }, page.t('scaleParameters')));
  for (const n of ROUND) if (Math.log10(n) > low && Math.log10(n) < high) node.append(s('line', { class: 'grid', x1: x(Math.log10(n)), x2: x(Math.log10(n)), y1: T, y2: H - B }), s('text', { class: 'mid', x: x(Math.log10(n)), y: H - B + 16 }, page.compact(n)));
  for (let i = 0; i < 4; i += 1) { const value = bottom * (top / bottom) ** (i / 3); node.append(s('line', { class: 'grid', x1: L, x2: W - R, y1: y(value), y2: y(value) }), s('text', { class: 'end', x: L - 6, y: y(value) + 4 }, value.toFixed(2))); }
  const meets = (value) => Math.log10(value / height) / slope, ends = [Math.max(low, meets(top)), Math.min(high, meets(bottom))];   // where the trend leaves the frame
  node.append(s('polyline', { class: 'trend', points: path(ends.map((power) => [x(power), y(height * (10 ** power) ** slope)])) }));
  const spots = points.map((one) => [x(Math.log10(one.x)), y(one.y)]);
  points.forEach((one, i) => {   // a name stands to the right above its point, unless the next one is in the way
    const at = spots[i], next = spots[i + 1], said = `${page.pick(one.short)} ${one.y.toFixed(2)}`, wide = [...said].reduce((sum, char) => sum + (char > '⺀' ? 13 : 8), 9);
    const where = !next || next[0] - at[0] > wide || next[1] - at[1] > 24 ? { class: 'name', x: Math.min(at[0] + 9, W - wide), y: at[1] - 9 } : { class: 'name end', x: at[0] - 9, y: at[1] + 16 };
    node.append(s('circle', { cx: at[0], cy: at[1], r: 6 }), s('text', where, said));
  });
  return node;
};
const drawEmergence = ({ curve, p, whole, length }) => {
  const W = page.kit.width(emerge), H = 250, L = 46, R = 24, T = 12, B = 30, x = (value) => L + value * (W - L - R), y = (value) => T + (1 - value) * (H - T - B), parts = [];
  for (const at of [0, 0.25, 0.5, 0.75, 1]) parts.push(s('line', { class: 'grid', x1: L, x2: W - R, y1: y(at), y2: y(at) }), s('text', { class: 'end', x: L - 6, y: y(at) + 4 }, `${100 * at}%`), s('text', { class: 'mid', x: x(at), y: H - B + 16 }, `${100 * at}%`));
  parts.push(s('polyline', { class: 'each', points: path([[x(0), y(0)], [x(1), y(1)]]) }), s('polyline', { class: 'all', points: path(curve.map(([one, all]) => [x(one), y(all)])) }));
  parts.push(s('line', { class: 'cursor', x1: x(p), x2: x(p), y1: y(p), y2: y(whole) }), s('circle', { class: 'each', cx: x(p), cy: y(p), r: 6 }), s('rect', { class: 'all', x: x(p) - 6, y: y(whole) - 6, width: 12, height: 12 }));
  parts.push(s('text', { class: 'name each', x: x(0.3), y: y(0.3) - 10, 'text-anchor': 'end' }, page.t('emergeEach')), s('text', { class: 'name all', x: x(0.97), y: y(0.03), 'text-anchor': 'end' }, page.t('emergeAll')));
  emerge.setAttribute('viewBox', `0 0 ${W} ${H}`);
  emerge.setAttribute('aria-label', page.t('emergeTold', { p: page.percent(p), length, all: page.percent(whole) }));
  emerge.replaceChildren(...parts);
};
const go = () => ask({ p: Number(sliders.p.value), length: Number(sliders.length.value) });
Object.values(sliders).forEach((slider) => slider.addEventListener('input', go));
live((value) => {
  charts.replaceChildren(...value.charts.flatMap((one) => [chart(one), page.h('p', { class: 'nt-rec-size' }, page.t('scaleTrend', { factor: page.percent(one.factor), count: one.points.length }))]));
  $('.nt-scale-mixed').hidden = !value.mixed;
  $('.nt-scale-not').hidden = value.charts.length > 0;
  drawEmergence(value);
  const at = { p: Math.round(100 * value.p), length: value.length };
  Object.entries(sliders).forEach(([name, slider]) => { if (document.activeElement !== slider) slider.value = at[name]; slider.style.setProperty('--at', (slider.value - slider.min) / (slider.max - slider.min)); });
  page.put($('.emerge-p'), `${at.p}%`); page.put($('.emerge-length'), String(at.length));
  page.put($('.nt-emerge-told'), page.t('emergeTold', { p: `${at.p}%`, length: at.length, all: page.percent(value.whole) }));
  Object.assign(element.dataset, { whole: value.whole });
});
