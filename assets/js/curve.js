// The loss curves on a canvas: training thin, validation with dots, blind guessing dashed; in figures below.
const $ = (selector) => element.querySelector(selector);
const canvas = $('canvas'), ink = canvas.getContext('2d'), read = $('.nt-curve-read'), body = $('tbody');
const LEFT = 40, RIGHT = 12, TOP = 12, BOTTOM = 30, FONT = '12px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
let value = JSON.parse(props.value) ?? { train: [], val: [], uniform: null, steps: null, broken: null, table: [] }, pointed = null;

const figure = (n) => (n === null || n === undefined ? '–' : n.toFixed(2));
const colour = (name) => getComputedStyle(element).getPropertyValue(name).trim();
const nice = (most, lines) => {
  const raw = most / lines, ten = 10 ** Math.floor(Math.log10(raw));
  return ten * [1, 2, 5, 10].find((one) => one * ten >= raw);
};
const scale = () => {
  const width = canvas.clientWidth, height = canvas.clientHeight;
  const lastStep = Math.max(value.steps ?? 0, ...value.train.slice(-1).map(([x]) => x), 1);
  const losses = [...value.val, ...value.train].map(([, y]) => y).filter((y) => y < 3 * (value.uniform ?? Infinity));
  const top = 1.06 * Math.max(value.uniform ?? 1, ...losses);
  return { width, height, lastStep, top, x: (step) => LEFT + (step / lastStep) * (width - LEFT - RIGHT), y: (loss) => TOP + (1 - Math.min(loss, top) / top) * (height - TOP - BOTTOM) };
};
const line = (points, s) => { ink.beginPath(); points.forEach(([x, y], i) => (i ? ink.lineTo(s.x(x), s.y(y)) : ink.moveTo(s.x(x), s.y(y)))); ink.stroke(); };
const axes = (s) => {
  ink.font = FONT; ink.lineWidth = 1; ink.strokeStyle = colour('--nt-grid'); ink.fillStyle = colour('--nt-faint');
  ink.textAlign = 'right'; ink.textBaseline = 'middle';
  const up = nice(s.top, 5), right = nice(s.lastStep, 5);
  for (let y = 0; y <= s.top; y += up) { line([[0, y], [s.lastStep, y]], s); ink.fillText(String(+y.toFixed(2)), LEFT - 7, s.y(y)); }
  ink.textAlign = 'center'; ink.textBaseline = 'top';
  for (let x = 0; x <= s.lastStep; x += right) if (s.x(x) < s.width - 58) ink.fillText(String(Math.round(x)), s.x(x), s.height - BOTTOM + 8);
  ink.textAlign = 'right'; ink.fillText(page.t('curveSteps'), s.width - RIGHT, s.height - BOTTOM + 8);
};
const paint = () => {
  const zoom = page.zoom(), ratio = (window.devicePixelRatio || 1) * zoom, width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  ink.setTransform(ratio, 0, 0, ratio, 0, 0);
  ink.clearRect(0, 0, width, height);
  const s = scale();
  axes(s);
  if (value.uniform) { ink.setLineDash([6, 5]); ink.lineWidth = 1.5; ink.strokeStyle = colour('--nt-faint'); line([[0, value.uniform], [s.lastStep, value.uniform]], s); ink.setLineDash([]); }
  ink.lineJoin = 'round';
  ink.lineWidth = 1.6; ink.strokeStyle = colour('--nt-p'); line(value.train, s);
  ink.lineWidth = 2.4; ink.strokeStyle = ink.fillStyle = colour('--nt-pick'); line(value.val, s);
  value.val.forEach(([x, y]) => { ink.beginPath(); ink.arc(s.x(x), s.y(y), 3.4, 0, 7); ink.fill(); });
  if (value.broken) {
    const x = s.x(value.broken); ink.beginPath(); ink.moveTo(x, TOP); ink.lineTo(x - 8, TOP + 14); ink.lineTo(x + 8, TOP + 14); ink.fill();
    ink.textAlign = x > s.width / 2 ? 'right' : 'left'; ink.fillText(page.t('curveBroken', { step: value.broken }), x + (x > s.width / 2 ? -12 : 12), TOP + 1);
  }
  if (pointed !== null) { ink.lineWidth = 1; ink.strokeStyle = colour('--nt-soft'); line([[pointed, 0], [pointed, s.top]], s); }
};
const nearest = (points, step) => points.reduce((best, one) => (best === null || Math.abs(one[0] - step) < Math.abs(best[0] - step) ? one : best), null);
const tell = () => {
  const last = value.train.at(-1), val = value.val.at(-1);
  canvas.setAttribute('aria-label', page.t('curveAlt', { step: Math.round(last?.[0] ?? 0), train: figure(last?.[1]), val: figure(val?.[1]), uniform: figure(value.uniform) }));
  page.put(read, pointed === null ? '' : page.t('curveRead', { step: Math.round(pointed), train: figure(nearest(value.train, pointed)?.[1]), val: figure(nearest(value.val, pointed)?.[1]) }));
  page.put($('.key-uniform'), page.t('curveUniform', { n: figure(value.uniform) }));
  body.replaceChildren(...value.table.map(([step, train, val_]) => page.h('tr', {}, page.h('td', {}, String(step)), page.h('td', {}, figure(train)), page.h('td', {}, figure(val_)))));
  Object.assign(canvas.dataset, { points: value.train.length, val: val?.[1] ?? '' });
};
const render = () => { tell(); paint(); };
canvas.addEventListener('pointermove', (event) => {
  const s = scale(), box = canvas.getBoundingClientRect(), at = (event.clientX - box.left) / page.zoom();
  const near = nearest(value.val.length ? value.val : value.train, ((at - LEFT) / (s.width - LEFT - RIGHT)) * s.lastStep);
  pointed = near ? near[0] : null;
  render();
});
canvas.addEventListener('pointerleave', () => { pointed = null; render(); });
new ResizeObserver(paint).observe(canvas);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(paint, 50));
new MutationObserver(() => setTimeout(paint, 50)).observe(document.body, { attributes: true, attributeFilter: ['class'] });
page.onLang(() => { page.translate(element); render(); });
page.translate(element);
render();
watch('value', () => { value = JSON.parse(props.value); render(); });
