// The final picture: how many bits of surprise each player has gathered, round by round. The lowest line wins.
const SVG = 'http://www.w3.org/2000/svg';
const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children);
  return node;
};
const shapes = {   // colour is never the only sign: each line has its own dots and dashes
  circle: (x, y) => svg('circle', { cx: x, cy: y, r: 6 }),
  square: (x, y) => svg('rect', { x: x - 5.5, y: y - 5.5, width: 11, height: 11 }),
  triangle: (x, y) => svg('path', { d: `M${x} ${y - 8}L${x + 7.5} ${y + 5.5}L${x - 7.5} ${y + 5.5}Z` }),
};
// players: [{name, tone, shape, bits: [per round]}]
const curves = (box, players, said) => {
  const narrow = box.clientWidth < 560, width = narrow ? 360 : 860, height = narrow ? 300 : 380, left = 44, right = narrow ? 66 : 120, top = 16, bottom = 40;
  const rounds = players[0].bits.length;
  const sums = players.map(({ bits }) => bits.reduce((list, one) => [...list, list.at(-1) + one], [0]));
  const most = Math.max(4, ...sums.flat()) * 1.04, ten = 10 ** Math.floor(Math.log10(most / 4)), up = ten * [1, 2, 5, 10].find((one) => one * ten >= most / 4);
  const x = (round) => left + (round / rounds) * (width - left - right), y = (bits) => top + (1 - bits / most) * (height - top - bottom);
  const node = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': said });
  for (let at = 0; at <= most; at += up) {
    node.append(svg('line', { class: 'grid', x1: left, x2: width - right, y1: y(at), y2: y(at) }), svg('text', { x: left - 8, y: y(at) + 4, class: 'end' }, String(+at.toFixed(1))));
  }
  for (let round = 1; round <= rounds; round += 1) node.append(svg('text', { x: x(round), y: height - bottom + 20, class: 'mid' }, String(round)));
  node.append(svg('text', { x: left, y: height - 4, class: 'axis' }, page.t('chAxis')));
  const ends = [];
  players.map((player, i) => ({ player, sum: sums[i] })).sort((a, b) => b.sum.at(-1) - a.sum.at(-1)).forEach(({ player, sum }) => {
    const group = svg('g', { class: `line ${player.tone}`, 'data-bits': sum.at(-1).toFixed(3) });
    group.append(svg('polyline', { points: sum.map((bits, round) => `${x(round)},${y(bits)}`).join(' ') }), ...sum.slice(1).map((bits, i) => shapes[player.shape](x(i + 1), y(bits))));
    const label = Math.max(y(sum.at(-1)) + 5, (ends.at(-1) ?? -38) + 38);   // labels that would overlap move apart
    ends.push(label);
    group.append(svg('text', { x: width - right + 14, y: label, class: 'name' }, player.name), svg('text', { x: width - right + 14, y: label + 15, class: 'sum' }, sum.at(-1).toFixed(1)));
    node.append(group);
  });
  box.replaceChildren(node);
};
