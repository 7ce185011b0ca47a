// The loop, drawn: sentence → model → bars → dice → back to the end of the sentence. A picture only; clicks pass through.
const scene = page.scene(props.scene);
const NS = 'http://www.w3.org/2000/svg';
const svg = element.querySelector('.nt-wires'), [first, tag] = element.querySelectorAll('.nt-tag');
const stage = document.getElementById(props.stage);
const paths = {};
const make = (name, attributes, parent = svg) => {
  const node = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, one]) => node.setAttribute(key, one));
  parent.append(node);
  return node;
};
for (const [name, phase] of [['cut', 1], ['think', 2], ['choose', 3], ['append', 4]]) {
  paths[name] = [make('path', { class: 'wire', 'data-wire': phase }), make('path', { class: 'head', 'data-wire': phase })];
}
const set = (name, line, head) => { paths[name][0].setAttribute('d', line); paths[name][1].setAttribute('d', head); };
const arrow = (x, y, way) => {
  const s = 6, turn = { down: [[-s, -s], [s, -s]], up: [[-s, s], [s, s]], right: [[-s, -s], [-s, s]], left: [[s, -s], [s, s]] }[way];
  return `M${x + turn[0][0]} ${y + turn[0][1]} L${x} ${y} L${x + turn[1][0]} ${y + turn[1][1]}`;
};
const draw = () => {
  if (!stage || !stage.offsetParent) return;
  const zoom = page.zoom(), base = stage.getBoundingClientRect();
  const box = (selector) => {
    const node = stage.querySelector(selector);
    if (!node || !node.offsetParent) return null;
    const r = node.getBoundingClientRect();
    return { l: (r.left - base.left) / zoom, r: (r.right - base.left) / zoom, t: (r.top - base.top) / zoom, b: (r.bottom - base.top) / zoom };
  };
  const line = box('.nt-strip'), frame = box('.nt-sentence'), blank = box('.nt-blank'), brain = box('.nt-card-brain'), bars = box('.nt-card-bars'), dice = box('.nt-card-throw');
  const wide = line && blank && bars && dice && bars.r < dice.l && !stage.querySelector('.editing');
  svg.classList.toggle('off', !wide); tag.classList.toggle('off', !wide); first.classList.toggle('off', !wide);
  if (!wide) return;
  svg.setAttribute('width', base.width / zoom); svg.setAttribute('height', base.height / zoom);
  const shown = brain && brain.r < bars.l;   // where there is less room the model's card lies below
  const x1 = (shown ? brain.l : bars.l) + 33;
  set('cut', `M${x1} ${line.b + 2} V${bars.t - 7}`, arrow(x1, bars.t - 5, 'down'));
  const y2 = bars.t + 30;
  if (shown) set('think', `M${brain.r + 4} ${y2} H${bars.l - 7}`, arrow(bars.l - 5, y2, 'right')); else set('think', '', '');
  set('choose', `M${bars.r + 4} ${y2} H${dice.l - 7}`, arrow(dice.l - 5, y2, 'right'));
  const x4 = (dice.l + dice.r) / 2, y4 = blank.t + (blank.b - blank.t) * 0.36, end = blank.r + 14;
  if (end < x4 - 30 && blank.b <= frame.b + 4) {
    set('append', `M${x4} ${dice.t - 4} V${y4 + 18} Q${x4} ${y4} ${x4 - 18} ${y4} H${end + 2}`, arrow(end, y4, 'left'));
  } else {
    const x = Math.min(Math.max((blank.l + blank.r) / 2, dice.l + 20), dice.r - 20);
    set('append', `M${x} ${dice.t - 4} V${frame.b + 8}`, arrow(x, frame.b + 6, 'up'));
  }
  first.style.left = `${x1 + 14 + first.offsetWidth / 2}px`;
  first.style.top = `${dice.t - 28}px`;
  tag.style.left = `${Math.min(x4, base.width / zoom - tag.offsetWidth / 2)}px`;
  tag.style.top = `${dice.t - 28}px`;
};
scene.drawLoop = () => requestAnimationFrame(draw);
new ResizeObserver(scene.drawLoop).observe(stage);
const sentence = stage.querySelector('.nt-sentence');
if (sentence) new ResizeObserver(scene.drawLoop).observe(sentence);
window.addEventListener('resize', scene.drawLoop);
page.onLang(scene.drawLoop);
page.translate(element);
scene.drawLoop();
setTimeout(scene.drawLoop, 400);
