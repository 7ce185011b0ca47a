// The loss curves on a canvas: training thin, validation with dots; dashed what guessing and counting reach; a mark
// at the record that is looked at; other runs of this session laid over them, if one likes.
const $ = (selector) => element.querySelector(selector);
const canvas = $('canvas'), ink = canvas.getContext('2d'), read = $('.nt-curve-read'), body = $('tbody'), others = $('.nt-overlays');
const LEFT = 40, RIGHT = 12, TOP = 14, BOTTOM = 30, FONT = '12px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const YARDSTICKS = ['uniform', 'unigram', 'bigram'], DASHES = [[9, 3], [3, 3], [9, 3, 2, 3]], KEPT_POINTS = 60, OVERLAID = 3;
const EMPTY = { token: '', train: [], val: [], steps: null, broken: null, changes: [], table: [] };
let value = JSON.parse(props.value) ?? EMPTY, pointed = null, style = null;

const figure = (n) => (n === null || n === undefined ? '–' : n.toFixed(2));
const colour = (name) => style.getPropertyValue(name).trim();
const nice = (most, lines) => {
  const raw = most / lines, ten = 10 ** Math.floor(Math.log10(raw));
  return ten * [1, 2, 5, 10].find((one) => one * ten >= raw);
};
const marked = () => { const record = lab.record(); return record && lab.head.token === value.token && (!lab.live || lab.head.recorded) ? record.step : null; };
const until = () => (value.recorded ? marked() ?? Infinity : Infinity);   // a recording shows no more than has been
const overlaid = () => lab.runs.filter((one) => lab.overlay.has(one.token) && one.token !== value.token && one.curve);
const scale = () => {
  const width = canvas.clientWidth, height = canvas.clientHeight, over = overlaid();
  const lastStep = Math.max(value.steps ?? 0, ...value.train.slice(-1).map(([x]) => x), ...over.map((one) => one.curve.steps ?? 0), 1);
  const losses = [...value.val, ...value.train, ...over.flatMap((one) => one.curve.val)].map(([, y]) => y).filter((y) => y < 3 * (value.uniform ?? Infinity));
  const top = 1.06 * Math.max(value.uniform ?? 1, ...losses);
  return { width, height, lastStep, top, x: (step) => LEFT + (step / lastStep) * (width - LEFT - RIGHT), y: (loss) => TOP + (1 - Math.min(loss, top) / top) * (height - TOP - BOTTOM) };
};
const line = (points, s) => { ink.beginPath(); points.forEach(([x, y], i) => (i ? ink.lineTo(s.x(x), s.y(y)) : ink.moveTo(s.x(x), s.y(y)))); ink.stroke(); };
const say = (words, x, y) => { ink.lineWidth = 4; ink.strokeStyle = colour('--nt-card'); ink.strokeText(words, x, y); ink.fillText(words, x, y); };
const axes = (s) => {
  ink.font = FONT; ink.lineWidth = 1; ink.strokeStyle = colour('--nt-grid'); ink.fillStyle = colour('--nt-faint');
  ink.textAlign = 'right'; ink.textBaseline = 'middle';
  const up = nice(s.top, 5), right = nice(s.lastStep, 5);
  for (let y = 0; y <= s.top; y += up) { line([[0, y], [s.lastStep, y]], s); ink.fillText(String(+y.toFixed(2)), LEFT - 7, s.y(y)); }
  ink.textAlign = 'center'; ink.textBaseline = 'top';
  for (let x = 0; x <= s.lastStep; x += right) if (s.x(x) < s.width - 58) ink.fillText(String(Math.round(x)), s.x(x), s.height - BOTTOM + 8);
  ink.textAlign = 'right'; ink.fillText(page.t('curveSteps'), s.width - RIGHT, s.height - BOTTOM + 8);
};
const yardsticks = (s) => {
  ink.setLineDash([6, 5]); ink.lineWidth = 1.5; ink.strokeStyle = colour('--nt-faint');
  const known = YARDSTICKS.filter((one) => value[one]);
  known.forEach((one) => line([[0, value[one]], [s.lastStep, value[one]]], s));
  ink.setLineDash([]); ink.textAlign = 'right'; ink.textBaseline = 'bottom'; ink.fillStyle = colour('--nt-soft');
  let above = -Infinity;
  known.forEach((one) => {   // names over their lines, at the right, never over each other
    const y = Math.max(s.y(value[one]) - 2, above + 15);
    above = y;
    say(page.t(`curve_${one}`, { n: figure(value[one]) }), s.width - RIGHT, y);
  });
};
const comparisons = (s) => overlaid().slice(-OVERLAID).forEach((run, i) => {
  ink.setLineDash(DASHES[i % DASHES.length]); ink.lineWidth = 1.8; ink.strokeStyle = ink.fillStyle = colour('--nt-soft');
  line(run.curve.val, s);
  ink.setLineDash([]);
  const [x, y] = run.curve.val.at(-1) ?? [0, 0];
  ink.textAlign = s.x(x) > s.width / 2 ? 'right' : 'left'; ink.textBaseline = 'bottom';
  say(lab.name(run), s.x(x), s.y(y) - 5);
});
const changes = (s) => value.changes.filter(([x]) => x <= until()).forEach(([x, factor], i) => {
  ink.setLineDash([2, 3]); ink.lineWidth = 1; ink.strokeStyle = colour('--nt-p'); line([[x, 0], [x, s.top]], s);
  ink.setLineDash([]); ink.fillStyle = colour('--nt-p'); ink.textAlign = s.x(x) > s.width - 70 ? 'right' : 'left'; ink.textBaseline = 'bottom';
  say(page.t('curveChange', { n: +factor.toPrecision(2) }), s.x(x) + (s.x(x) > s.width - 70 ? -4 : 4), s.height - BOTTOM - 4 - 14 * (i % 3));
});
const broken = (s) => {
  if (!value.broken) return;
  const x = s.x(value.broken), left = x > s.width / 2;
  ink.fillStyle = colour('--nt-pick'); ink.beginPath(); ink.moveTo(x, TOP); ink.lineTo(x - 8, TOP + 14); ink.lineTo(x + 8, TOP + 14); ink.fill();
  ink.textBaseline = 'top'; ink.textAlign = left ? 'right' : 'left';
  say(page.t('curveBroken', { step: value.broken }), x + (left ? -12 : 12), TOP + 16);
};
const upright = (step, s, name) => { if (step === null) return; ink.lineWidth = name === 'mark' ? 1.6 : 1; ink.strokeStyle = colour(name === 'mark' ? '--nt-ink' : '--nt-soft'); line([[step, 0], [step, s.top]], s); };
const paint = () => {
  const zoom = page.zoom(), ratio = (window.devicePixelRatio || 1) * zoom, width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  style = getComputedStyle(element);
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  ink.setTransform(ratio, 0, 0, ratio, 0, 0);
  ink.clearRect(0, 0, width, height);
  const s = scale(), seen = (points) => points.filter(([x]) => x <= until());
  ink.lineJoin = 'round';
  axes(s); yardsticks(s); changes(s); comparisons(s);
  ink.lineWidth = 1.6; ink.strokeStyle = colour('--nt-p'); line(seen(value.train), s);
  ink.lineWidth = 2.4; ink.strokeStyle = ink.fillStyle = colour('--nt-pick'); line(seen(value.val), s);
  seen(value.val).forEach(([x, y]) => { ink.beginPath(); ink.arc(s.x(x), s.y(y), x === marked() ? 6 : 3.4, 0, 7); ink.fill(); });
  broken(s);
  upright(marked(), s, 'mark'); upright(pointed, s, 'pointed');
};
const nearest = (points, step) => points.reduce((best, one) => (best === null || Math.abs(one[0] - step) < Math.abs(best[0] - step) ? one : best), null);
const tell = () => {
  const last = value.train.at(-1), val = value.val.at(-1), at = pointed ?? marked();
  canvas.setAttribute('aria-label', page.t('curveAlt', { step: Math.round(last?.[0] ?? 0), train: figure(last?.[1]), val: figure(val?.[1]), uniform: figure(value.uniform), unigram: figure(value.unigram), bigram: figure(value.bigram) }));
  page.put(read, at === null ? '' : page.t('curveRead', { step: Math.round(at), train: figure(nearest(value.train, at)?.[1]), val: figure(nearest(value.val, at)?.[1]) }));
  Object.assign(canvas.dataset, { points: value.train.length, val: val?.[1] ?? '', mark: marked() ?? '', over: overlaid().length });
};
const table = () => body.replaceChildren(...value.table.map(([step, train, val_]) => page.h('tr', {}, page.h('td', {}, String(step)), page.h('td', {}, figure(train)), page.h('td', {}, figure(val_)))));
const offer = () => {   // the earlier runs of this session, to be laid over this one
  const runs = lab.runs.filter((one) => one.token !== value.token && one.curve?.val.length);
  others.hidden = !runs.length || value.recorded;
  const key = JSON.stringify([page.lang, runs.map((one) => one.token), [...lab.overlay]]);
  if (others.dataset.key === key) return;
  others.dataset.key = key;
  others.lastElementChild.replaceChildren(...runs.map((run) => {
    const box = page.h('input', { type: 'checkbox', value: run.token });
    box.checked = lab.overlay.has(run.token);
    box.addEventListener('change', () => { if (box.checked) lab.overlay.add(run.token); else lab.overlay.delete(run.token); lab.tell(); });
    return page.h('label', {}, box, page.h('span', {}, lab.name(run)));
  }));
};
const render = () => { offer(); tell(); paint(); };
const thinned = (points) => points.filter((_, i) => i % Math.ceil(points.length / KEPT_POINTS) === 0 || i === points.length - 1);
const receive = () => {
  value = JSON.parse(props.value) ?? EMPTY;
  const own = lab.run(value.token);
  if (own && !value.recorded) { own.curve = { val: thinned(value.val), steps: value.train.at(-1)?.[0] ?? 0 }; }
  table();
  render();
};
canvas.addEventListener('pointermove', (event) => {
  const s = scale(), box = canvas.getBoundingClientRect(), at = (event.clientX - box.left) / page.zoom();
  const near = nearest(value.val.length ? value.val : value.train, ((at - LEFT) / (s.width - LEFT - RIGHT)) * s.lastStep);
  pointed = near ? near[0] : null;
  render();
});
canvas.addEventListener('pointerleave', () => { pointed = null; render(); });
canvas.addEventListener('click', () => { const i = lab.records.findIndex((one) => one.step === pointed); if (i >= 0 && lab.head?.token === value.token) lab.go(i); });
new ResizeObserver(paint).observe(canvas);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(paint, 50));
new MutationObserver(() => setTimeout(paint, 50)).observe(document.body, { attributes: true, attributeFilter: ['class'] });
lab.listeners.push(render);
page.onLang(() => { page.translate(element); table(); render(); });
page.translate(element);
table();
render();
watch('value', receive);
