// Three predictors of one text side by side, and a chart of what they got right by the distance of the hint.
const field = $('textarea'), row = $('.nt-elders-row'), ranges = $('.nt-elders-ranges'), chart = $('.nt-elders-chart svg');
const NS = 'http://www.w3.org/2000/svg', LEFT = 46, TOP = 14, BOTTOM = 232;
const svg = (tag, attributes = {}, words = null) => {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (words !== null) node.textContent = words;
  return node;
};
let now = null;
const take = () => ask({ text: field.value, before: now.text });
$('form').addEventListener('submit', (event) => { event.preventDefault(); take(); });
field.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); take(); } });
const exam = (range, number) => ask({ range, number });
$('.elders-another').addEventListener('click', () => exam(now.prompt?.range ?? 0, (now.prompt?.number ?? -1) + 7));
const between = ([low, high]) => (high === 0 ? page.t('eldersNone') : page.t('eldersTokens', { low, high }));
const card = (elder) => {
  const node = page.h('section', { class: 'nt-elder', 'data-name': elder.name }, page.h('h4', {}), page.h('p', { class: 'nt-elder-sees' }), page.h('p', { class: 'nt-elder-said' }), page.h('div', {}));
  row.append(node);
  return node;
};
const sees = (node, elder) => {   // the text with what the predictor cannot see greyed out
  const tokens = now.tokens, from = tokens.length - elder.sees;
  node.replaceChildren(...tokens.map((token, i) => page.h(i < from ? 's' : 'span', {}, token.label.replaceAll('·', ' '))));
  node.setAttribute('aria-label', `${page.t('eldersSees')}: ${tokens.slice(from).map((token) => token.label).join('')}`);
  node.scrollTop = node.scrollHeight;
};
const MARKS = {
  ngram: (x, y) => svg('rect', { x: x - 6, y: y - 6, width: 12, height: 12 }),
  rnn: (x, y) => svg('path', { d: `M${x} ${y - 8}L${x + 8} ${y + 6}H${x - 8}Z` }),
  gpt: (x, y) => svg('circle', { cx: x, cy: y, r: 7 }),
};
const drawChart = ({ ranges: spans, lines, counts }) => {
  const wide = page.kit.width(chart), inside = wide < 420 ? 20 : 50, RIGHT = wide - 14;
  chart.setAttribute('viewBox', `0 0 ${wide} 290`);
  const x = (i) => LEFT + inside + (i * (RIGHT - LEFT - 2 * inside)) / (spans.length - 1), y = (share) => BOTTOM - share * (BOTTOM - TOP);
  chart.replaceChildren();
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    chart.append(svg('line', { x1: LEFT, x2: RIGHT, y1: y(share), y2: y(share), class: share === 0.25 ? 'chance' : 'grid' }));
    chart.append(svg('text', { x: LEFT - 8, y: y(share) + 5, 'text-anchor': 'end' }, `${share * 100}%`));
  }
  chart.append(svg('text', { x: LEFT + 4, y: y(0.25) + 16, class: 'small' }, page.t('eldersChance')));
  spans.forEach((span, i) => chart.append(svg('text', { x: x(i), y: BOTTOM + 22, 'text-anchor': 'middle' }, span[1] === 0 ? '0' : `${span[0]}–${span[1]}`)));
  chart.append(svg('text', { x: (LEFT + RIGHT) / 2, y: BOTTOM + 46, 'text-anchor': 'middle' }, page.t('eldersAxis')));
  for (const { name, shares } of lines) {
    chart.append(svg('polyline', { class: name, points: shares.map((share, i) => `${x(i)},${y(share)}`).join(' ') }));
    shares.forEach((share, i) => {
      const mark = MARKS[name](x(i), y(share)), words = page.t('eldersPoint', { name: page.t(`elders_${name}`), low: spans[i][0], high: spans[i][1], n: counts[i], right: Math.round(share * counts[i]) });
      mark.setAttribute('class', name);
      mark.append(svg('title', {}, words));
      mark.setAttribute('role', 'img');
      mark.setAttribute('aria-label', words);
      chart.append(mark);
    });
  }
  $('.nt-elders-lines').replaceChildren(...lines.map(({ name, shares }) => {
    const sign = svg('svg', { viewBox: '0 0 34 18', width: 34, height: 18, 'aria-hidden': 'true' }), mark = MARKS[name](17, 9);
    mark.setAttribute('class', name);
    sign.append(svg('polyline', { class: name, points: '0,9 34,9' }), mark);
    return page.h('span', {}, sign, `${page.t(`elders_${name}`)} ${shares.map((share) => `${Math.round(share * 100)}%`).join(' · ')}`);
  }));
};
live((value) => {
  now = value;
  if (document.activeElement !== field) field.value = value.text;
  if (!ranges.children.length) value.chart.ranges.forEach((span, i) => {
    const node = page.h('button', { type: 'button', class: 'nt-ghost', 'data-range': i });
    node.addEventListener('click', () => exam(i, 0));
    ranges.append(node);
  });
  [...ranges.children].forEach((node, i) => {
    page.put(node, between(value.chart.ranges[i]));
    node.setAttribute('aria-pressed', String(value.prompt?.range === i));
  });
  page.put($('.nt-elders-answer'), value.prompt ? page.t('eldersAnswer', { answer: value.prompt.answer, n: value.prompt.distance }) : '');
  value.elders.forEach((elder, i) => {
    const node = row.children[i] ?? card(elder), [name, seen, said, bars] = node.children;
    page.put(name, page.t(`elders_${elder.name}`));
    sees(seen, elder);
    const wrote = value.prompt?.said[elder.name], right = wrote === value.prompt?.answer;
    page.put(said, value.prompt ? `${right ? '✓' : '✗'} ${page.t(right ? 'eldersRight' : 'eldersWrong')} · ${page.t('eldersSaid', { said: wrote })}` : elder.same ? `= ${page.t('eldersSame')}` : '');
    said.dataset.right = value.prompt ? String(right) : '';
    page.kit.bars(bars, elder.bars, { rows: 3 });
    Object.assign(node.dataset, { top: elder.top, same: String(elder.same) });
  });
  drawChart(value.chart);
  Object.assign(element.dataset, { text: value.text, range: value.prompt?.range ?? '', gpt: value.prompt ? String(value.prompt.said.gpt === value.prompt.answer) : '', ngram: value.prompt ? String(value.prompt.said.ngram === value.prompt.answer) : '' });
});
