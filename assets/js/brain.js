// The model, small and live: the last token's vector before the first layer and after each, every number a cell.
const scene = page.scene(props.scene);
const rows = element.querySelector('.nt-layers'), facts = element.querySelector('.nt-facts'), note = element.querySelector('.nt-note');
const GRIDS = [[32, 6], [48, 4], [64, 3]], TALLEST = 270;   // columns and pixels of a cell; every number is one cell
let value = JSON.parse(props.value);

const colour = (name) => {
  const probe = page.h('i', { style: `color:var(${name});display:none` });
  element.append(probe);
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return parts[0] <= 1 && /color\(/.test(getComputedStyle(element).color) ? parts.map((x) => x * 255) : parts;
};
const paint = () => {
  const vectors = value.vectors;
  if (!vectors) return;
  const bytes = Uint8Array.from(atob(vectors.data), (char) => char.charCodeAt(0));
  const numbers = new Int8Array(bytes.buffer);
  const [columns, cell] = GRIDS.find(([n, size]) => vectors.width % n === 0 && (vectors.width / n) * size * vectors.rows <= TALLEST) ?? GRIDS[2];
  const paper = colour('--nt-cell'), up = colour('--nt-p'), down = colour('--nt-pick');
  [...rows.children].forEach((row, i) => {
    const canvas = row.lastElementChild, ink = canvas.getContext('2d');
    const lines = Math.ceil(vectors.width / columns);
    const dots = Math.max(1, Math.round(devicePixelRatio * 2)) / 2;
    canvas.width = columns * cell * dots; canvas.height = lines * cell * dots;
    ink.scale(dots, dots);
    for (let j = 0; j < vectors.width; j += 1) {
      const x = numbers[i * vectors.width + j] / 127, end = x < 0 ? down : up, share = Math.abs(x) ** 0.8;
      ink.fillStyle = `rgb(${paper.slice(0, 3).map((c, k) => Math.round(c + (end[k] - c) * share)).join(',')})`;
      ink.fillRect((j % columns) * cell, Math.floor(j / columns) * cell, cell - 1, cell - 1);
    }
  });
};
const render = (next) => {
  value = next;
  const { about, vectors } = value, n = vectors ? vectors.rows : 0;
  while (rows.children.length > n) rows.lastChild.remove();
  while (rows.children.length < n) rows.append(page.h('div', { class: 'nt-layer' }, page.h('span'), page.h('canvas', { 'aria-hidden': 'true' })));
  [...rows.children].forEach((row, i) => page.put(row.firstChild, i === 0 ? page.t('vector') : page.t('layer', { n: i })));
  page.put(facts, about.layers ? page.t('facts', { layers: about.layers, width: about.width, vocab: about.vocab_size.toLocaleString('en') }) : '');
  page.put(note, page.t(vectors ? 'vectorNote' : 'noVectors', { vocab: (about.vocab_size ?? 0).toLocaleString('en') }));
  element.dataset.rows = n;
  paint();
};
page.onLang(() => render(value));
page.translate(element);
scene.register('brain', render, value);
watch('value', () => scene.receive('brain', JSON.parse(props.value)));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(paint, 50));
new MutationObserver(() => setTimeout(paint, 50)).observe(document.body, { attributes: true, attributeFilter: ['class'] });
