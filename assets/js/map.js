// The map of token vectors: each frequent token at its place in the two directions of most difference,
// and a line between tokens whose vectors point the same way in all directions.
const svg = element.querySelector('svg'), [lines, layer] = svg.children, caption = element.querySelector('.nt-map-note');
const NAME = 'http://www.w3.org/2000/svg', EDGE = 34;
const shape = (tag, attributes, ...children) => { const node = document.createElementNS(NAME, tag); Object.entries(attributes).forEach(([name, told]) => node.setAttribute(name, told)); node.append(...children); return node; };
let drawn = null;
const build = () => {
  if (drawn === lab.head) return;
  drawn = lab.head;
  layer.replaceChildren(...(lab.head?.map ?? []).map((token) => {
    const word = shape('text', { y: '-7', class: 'nt-face' });
    word.textContent = token.label;
    return shape('g', { class: 'nt-dot', 'data-label': token.label }, shape('circle', { r: '3.5' }), word);
  }));
};
const frame = (records, width, height) => {   // one scale for both axes, so that distances can be compared
  const all = records.flatMap((one) => one.points), xs = all.map(([x]) => x), ys = all.map(([, y]) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (high - low || 1));
  return ([x, y]) => [width / 2 + (x - (left + right) / 2) * scale, height / 2 - (y - (low + high) / 2) * scale];
};
const crowd = (spots, first) => {   // of words that would lie over each other only one is written; the dots all stay
  const placed = [];
  [...layer.children].map((node, i) => [node, i]).sort(([a, i], [b, j]) => first(b, j) - first(a, i) || i - j).forEach(([node, i]) => {
    const [x, y] = spots[i] ?? [0, 0], wide = 8 * [...node.dataset.label].length;
    const over = placed.some(([u, v, w]) => Math.abs(x - u) < wide + w && Math.abs(y - v) < 15);
    node.classList.toggle('crowded', over);
    if (!over) placed.push([x, y, wide]);
  });
};
const render = () => {
  build();
  const record = lab.record(), points = record?.points ?? [], width = svg.clientWidth, height = svg.clientHeight;
  svg.classList.toggle('empty', !points.length);
  if (!points.length || !width) { page.put(caption, ''); return; }
  const place = frame(lab.framed ? lab.records : [record], width, height);
  const likely = new Set(record.bars.rows.filter((one) => one.p >= 0.05).map((one) => one.label));
  [...layer.children].forEach((node, i) => {
    node.hidden = !points[i];
    if (!points[i]) return;
    const [x, y] = place(points[i]);
    node.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    node.classList.toggle('likely', likely.has(node.dataset.label));
  });
  const spots = points.map(place);
  lines.replaceChildren(...record.links.map(([i, j, cosine]) => {
    const [[x1, y1], [x2, y2]] = [spots[i], spots[j]];
    return shape('line', { x1, y1, x2, y2, 'stroke-opacity': cosine * cosine });
  }));
  const linked = new Set(record.links.flatMap(([i, j]) => [i, j]));
  crowd(spots, (node, i) => (node.classList.contains('likely') ? 2 : linked.has(i) ? 1 : 0));
  const names = lab.head.map.map((one) => one.label), close = record.links.slice(0, 6).map(([i, j]) => `${names[i]}–${names[j]}`);
  const pairs = close.join(page.lang === 'zh' ? '、' : ', ') || page.t('mapNone');
  svg.setAttribute('aria-label', page.t('mapAlt', { step: record.step, pairs }));
  svg.dataset.step = record.step;
  const share = record.share === null || (lab.framed && lab.at < lab.last()) ? null : record.share;
  page.put(caption, page.t('mapPairs', { pairs }) + page.t('mapNote') + (share === null ? '' : page.t('mapShare', { n: Math.round(100 * share) })));
};
new ResizeObserver(render).observe(svg);
lab.listeners.push(render);
page.onLang(render);
render();
