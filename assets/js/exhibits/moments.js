// The map of a small run, moment by moment. The points glide from one to the next; a token is picked by a click.
const svg = $('svg'), slider = $('input'), NS = 'http://www.w3.org/2000/svg', WIDTH = 640, HEIGHT = 520, EDGE = 34;
let now = null, playing = 0;
const state = (change) => ({ moment: now.moment, pick: now.pick, ...change });
const stop = () => { clearTimeout(playing); playing = 0; };
slider.addEventListener('input', () => { stop(); ask(state({ moment: Number(slider.value) })); });
const advance = () => {
  if (!playing) return;
  if (now.moment >= now.steps.length - 1) { stop(); return; }
  ask(state({ moment: now.moment + 1 }));
  playing = setTimeout(advance, 1100);
};
$('.moments-play').addEventListener('click', () => { stop(); ask(state({ moment: 0 })); playing = setTimeout(advance, 1100); });
const make = (i) => {
  const node = document.createElementNS(NS, 'g'), ring = document.createElementNS(NS, 'circle'), text = document.createElementNS(NS, 'text');
  node.setAttribute('class', 'nt-moment'); node.setAttribute('role', 'button'); node.setAttribute('tabindex', '0'); node.dataset.i = i;
  ring.setAttribute('r', 19);
  node.append(ring, text);
  const pick = () => ask(state({ pick: now.pick === i ? null : i }));
  node.addEventListener('click', pick);
  node.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); } });
  return node;
};
live((value) => {
  now = value;
  if (svg.children.length !== value.tokens.length) svg.replaceChildren(...value.tokens.map((_, i) => make(i)));
  const all = value.points.flat(), span = (axis) => [Math.min(...all.map((point) => point[axis])), Math.max(...all.map((point) => point[axis]))];
  const [left, right] = span(0), [low, high] = span(1);
  value.points[value.moment].forEach(([x, y], i) => {
    const node = svg.children[i], token = value.tokens[i];
    const across = EDGE + ((x - left) / (right - left)) * (WIDTH - 2 * EDGE), down = HEIGHT - EDGE - ((y - low) / (high - low)) * (HEIGHT - 2 * EDGE);
    node.style.transform = `translate(${across.toFixed(1)}px, ${down.toFixed(1)}px)`;
    page.put(node.lastChild, token.label);
    node.dataset.label = token.label;
    node.classList.toggle('picked', value.pick === i);
    node.classList.toggle('near', value.near.includes(i));
    node.setAttribute('aria-pressed', String(value.pick === i));
    node.setAttribute('aria-label', page.name(token));
  });
  slider.max = value.steps.length - 1;
  if (document.activeElement !== slider) slider.value = value.moment;
  slider.style.setProperty('--at', value.moment / (value.steps.length - 1));
  page.put($('output'), page.t('momentsStep', { step: value.steps[value.moment] }));
  page.put($('.nt-moments-told'), value.steps[value.moment] === 0 ? page.t('momentsOne') : value.pick === null ? page.t('momentsPick')
    : page.t('momentsNear', { token: page.name(value.tokens[value.pick]), near: value.near.map((i) => page.name(value.tokens[i])).join(page.lang === 'zh' ? '、' : ', ') }));
  Object.assign(element.dataset, { moment: value.moment, step: value.steps[value.moment] });
});
