// The tree of possible texts, drawn: a trunk of 100 % that divides at every token. In a lesson it stands by
// itself; in the playground it follows the sentence, and a click on a node takes the sentence there.
const NS = 'http://www.w3.org/2000/svg';
const svg = $('.nt-tree-svg'), view = $('.nt-tree-view'), edit = $('.tree-edit'), field = $('.tree-edit input');
const home = props.scene ? page.scene(props.scene) : null;
const ROW = matchMedia('(pointer: coarse)').matches ? 44 : 36, GAP = 46, WIDEST = 24, PAD = 10;
const ink = document.createElement('canvas').getContext('2d');
let now = null;
const node = (name, attributes, ...children) => {
  const made = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, one]) => made.setAttribute(key, one));
  made.append(...children);
  return made;
};
const path = (key) => (key === '' ? [] : key.split('.').map(Number));
const request = (more = {}) => ({ ...(home ? { root: now.root } : { model: opening().model, text: now.text }), opened: now.opened, at: path(now.at), ...more });
const act = (kind, key) => ask(request({ act: { kind, ...(key === undefined ? {} : { path: path(key) }) } }));
const travel = (key) => { home.stop?.(); home.send(trigger, 'go', { path: path(key), root: now.root }); };
const visit = (one) => {
  if (home) { if (one.key !== now.at && !one.end) travel(one.key); return; }
  if (one.opened || one.end) ask(request({ at: path(one.key) })); else act('open', one.key);
};
const wide = (text, size) => { ink.font = `600 ${size}px system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif`; return ink.measureText(text).width; };
const word = (one) => (one.key === '' ? `…${now.tail}` : page.name({ ...one, at: one.x }));
const widthOf = (one) => Math.max(34, Math.min(150, wide(word(one), 18) + 22)) + (one.key === '' ? 0 : 46);

const columns = (nodes) => {   // where each depth begins
  const deepest = Math.max(...nodes.map((one) => one.x)), starts = [PAD];
  for (let x = 0; x <= deepest; x += 1) starts.push(starts[x] + Math.max(...nodes.filter((one) => one.x === x).map(widthOf)) + GAP);
  return starts;
};
const branch = (from, to, share, classes) => {
  const middle = (from.x + to.x) / 2;
  return node('path', { class: `nt-branch ${classes}`, d: `M${from.x} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`, 'stroke-width': Math.max(1.5, WIDEST * share) });
};
const leafWords = (one, x, y) => node('text', { class: 'nt-leaf', x: x + 10, y: y + 5 }, page.percent(one.joint));
const pill = (one, x, y, onWay) => {
  const width = widthOf(one), name = word(one);
  const classes = ['nt-node', one.opened ? 'opened' : one.end ? 'end' : 'ghost', onWay ? 'way' : '', one.key === now.at ? 'here' : ''].join(' ');
  const said = page.t('treeNode', { text: name, p: page.percent(one.p), joint: page.percent(one.joint) });
  const group = node('g', { class: classes, role: 'button', tabindex: 0, 'data-key': one.key, 'data-label': one.label, 'data-joint': one.joint, 'aria-label': one.opened || one.end ? said : `${said}. ${page.t('treeGhost')}`, transform: `translate(${x} ${y})` },
    node('rect', { class: 'hit', x: -6, y: -ROW / 2, width: width + 12, height: ROW }),
    node('rect', { class: 'pill', x: 0, y: -15, width, height: 30, rx: 11 }),
    node('text', { class: 'word', x: 11, y: 6 }, name));
  if (one.key !== '') group.append(node('text', { class: 'p', x: width - 9, y: 4.5, 'text-anchor': 'end' }, page.percent(one.p)));
  group.addEventListener('click', () => visit(one));
  group.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); event.stopPropagation(); visit(one); } });
  return group;
};
const drawTree = () => {
  const nodes = now.nodes, starts = columns(nodes), way = path(now.at);
  const byKey = Object.fromEntries(nodes.map((one) => [one.key, one]));
  const onWay = (one) => path(one.key).every((token, i) => way[i] === token);
  const at = (one) => ({ x: starts[one.x], y: PAD + (one.y + 0.5) * ROW });
  const width = Math.max(...nodes.map((one) => at(one).x + widthOf(one))) + 74, height = now.rows * ROW + 2 * PAD;
  const focus = document.activeElement?.closest?.('.nt-node')?.dataset.key;
  svg.setAttribute('width', width); svg.setAttribute('height', height); svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const edges = nodes.filter((one) => one.parent !== null).map((one) => {
    const parent = byKey[one.parent], from = at(parent), to = at(one);
    return branch({ x: from.x + widthOf(parent), y: from.y }, to, one.joint, `${onWay(one) ? 'way' : ''} ${one.opened ? '' : 'ghost'}`);
  });
  svg.replaceChildren(...edges, ...nodes.map((one) => pill(one, at(one).x, at(one).y, onWay(one))),
    ...nodes.filter((one) => one.leaf && one.key !== '').map((one) => leafWords(one, at(one).x + widthOf(one), at(one).y)));
  const here = at(byKey[now.at] ?? nodes[0]);
  view.scrollTo({ top: here.y - view.clientHeight / 2, left: here.x - view.clientWidth * 0.55, behavior: page.still() ? 'auto' : 'smooth' });
  if (focus !== undefined && svg.contains(document.activeElement) === false) svg.querySelector(`[data-key="${focus}"]`)?.focus({ preventScroll: true });
};
const headline = () => {
  const face = (chip, made) => { const one = page.h('span', made ? { class: 'made' } : {}); page.face(one, chip); return one; };
  $('.nt-tree-text').replaceChildren(...now.chips.map((chip) => face(chip, false)), ...now.branch_chips.map((chip) => face(chip, true)), ...(now.ended ? [page.h('span', { class: 'nt-special' }, page.t('ending'))] : []));
  page.put($('.nt-tree-joint b'), page.percent(now.joint));
  $('.nt-tree-joint').hidden = now.depth === 0;
  page.put($('.tree-count'), page.t('treeCount', { leaves: now.leaves, sum: page.percent(now.sum) }));
  $('.tree-prune').disabled = now.depth === 0;
  $('.tree-grow').title = page.t('treeGrowTitle', { n: now.beam });
};
edit.hidden = !(opening().show ?? []).includes('edit');
edit.addEventListener('submit', (event) => { event.preventDefault(); ask({ model: opening().model, text: field.value }); });
$('.tree-grow').addEventListener('click', () => act('grow'));
$('.tree-prune').addEventListener('click', () => {
  if (!home) { act('prune', now.at); return; }
  now.opened = now.opened.filter((one) => !path(now.at).every((token, i) => one[i] === token));
  travel(now.at.split('.').slice(0, -1).join('.'));
});
$('.tree-reset').addEventListener('click', () => ask(home ? {} : opening()));
const paint = (value) => {
  now = value;
  if (document.activeElement !== field) field.value = value.text;
  headline();
  drawTree();
  Object.assign(element.dataset, { at: now.at, text: now.text, leaves: now.leaves });
};
if (home) {   // folded away, it asks nothing; open, it follows the sentence
  const card = $('details');
  let later;
  const follow = () => {
    clearTimeout(later);
    if (card.open) later = setTimeout(() => ask(now ? request() : {}), 200);
  };
  render = paint;
  page.onLang(draw);
  page.translate(element);
  watch('value', () => receive(JSON.parse(props.value)));
  card.addEventListener('toggle', follow);
  home.follow(follow);
} else live(paint);
