// Ten melons and a model of three weights. Every number was worked out on the server; a flipped melon is only looked up.
const $ = (selector) => element.querySelector(selector);
const { kinds, melons } = props.data, runs = { ripeness: props.data.ripeness, sweetness: props.data.sweetness, groups: props.data.groups };
const FEATURES = ['Colour', 'Root', 'Knock'], PACE = 180;
const modes = ['ripeness', 'sweetness', 'groups'];
let mode = 'ripeness', at = 0, timer = null, asked = melons.map((melon) => melon.kind);
const comma = (n) => n.toLocaleString('en');
const signed = (n, digits = 2) => `${n < 0 ? '−' : '+'}${Math.abs(n).toFixed(digits)}`;
const title = (name) => name[0].toUpperCase() + name.slice(1);
const now = () => runs[mode][at], last = () => runs[mode].length - 1;

const buttons = modes.map((one) => {
  const button = page.h('button', { type: 'button', 'data-mode': one });
  button.addEventListener('click', () => { stop(); mode = one; at = 0; asked = melons.map((melon) => melon.kind); draw(); });
  return button;
});
$('.nt-melons-modes').append(...buttons);

const head = $('thead tr'), heads = Array.from({ length: 6 }, () => page.h('th', { scope: 'col' }));
head.append(...heads);
const rows = melons.map((melon, i) => {
  const flips = FEATURES.map((_, f) => {
    const button = page.h('button', { type: 'button', class: 'nt-melon-flip' });
    button.addEventListener('click', () => {
      const wanted = kinds[asked[i]].map((x, g) => (g === f ? -x : x));
      asked[i] = kinds.findIndex((kind) => kind.every((x, g) => x === wanted[g]));
      draw();
    });
    return button;
  });
  const icon = page.h('i', { class: 'nt-melon' }), answer = page.h('td', { class: 'nt-melon-answer' }), bar = page.h('i', {}), figure = page.h('b', {});
  const row = page.h('tr', { 'data-i': i }, page.h('th', { scope: 'row' }, icon), ...flips.map((one) => page.h('td', {}, one)), answer,
    page.h('td', { class: 'nt-melon-says' }, page.h('span', { class: 'nt-melon-track' }, bar), figure));
  return { row, icon, flips, answer, bar, figure };
});
$('tbody').append(...rows.map(({ row }) => row));
const weights = FEATURES.map(() => page.h('div', { class: 'nt-melon-weight' }, page.h('span', {}), page.h('span', { class: 'nt-melon-track zero' }, page.h('i', {})), page.h('b', {})));
$('.nt-melons-weights').append(...weights);

const says = (i) => now().says[asked[i]];
const place = (bar, value, most) => {  // a bar that grows from the middle, to the right or to the left
  const share = Math.min(1, Math.abs(value) / most) / 2;
  bar.style.left = `${100 * (value < 0 ? 0.5 - share : 0.5)}%`;
  bar.style.width = `${100 * share}%`;
  bar.classList.toggle('minus', value < 0);
};
const drawRow = ({ row, icon, flips, answer, bar, figure }, i) => {
  const kind = kinds[asked[i]], flipped = asked[i] !== melons[i].kind, group = mode === 'groups' ? now().groups[i] : null;
  row.classList.toggle('flipped', flipped);
  row.dataset.group = group === null || group < 0 ? '' : group;
  icon.classList.toggle('dark', kind[0] < 0);
  row.firstChild.setAttribute('aria-label', page.t('melonsNumber', { n: i + 1 }));
  flips.forEach((button, f) => {
    const word = page.t(`melons${FEATURES[f]}${kind[f] > 0 ? 'Plus' : 'Minus'}`);
    page.put(button, word);
    button.classList.toggle('minus', kind[f] < 0);
    button.disabled = mode === 'groups';
    button.setAttribute('aria-label', page.t('melonsFlip', { n: i + 1, feature: page.t(`melons${FEATURES[f]}`), value: word }));
  });
  const hidden = mode === 'groups' && at < last();  // whoever groups has not seen the answers
  page.put(answer, hidden ? '？' : flipped ? page.t('melonsAsked') : mode === 'sweetness' ? `${signed(melons[i].sweet, 1)}°` : page.t(melons[i].ripe ? 'melonsRipe' : 'melonsUnripe'));
  answer.classList.toggle('ripe', !hidden && !flipped && mode !== 'sweetness' && melons[i].ripe);
  bar.parentElement.classList.toggle('zero', mode === 'sweetness');
  bar.parentElement.hidden = mode === 'groups';
  row.dataset.says = mode === 'groups' ? '' : says(i);
  if (mode === 'ripeness') { bar.className = ''; bar.style.left = '0'; bar.style.width = `${100 * says(i)}%`; page.put(figure, page.percent(says(i))); }
  else if (mode === 'sweetness') { place(bar, says(i), 3.2); page.put(figure, `${signed(says(i), 1)}°`); }
  else page.put(figure, group < 0 ? '' : String(group + 1));
};
const drawSide = () => {
  const grouping = mode === 'groups';
  page.put($('.nt-melons-weights-title'), page.t('melonsWeights'));
  $('.nt-melons-weights-title').hidden = grouping;
  $('.nt-melons-weights').hidden = grouping;
  if (!grouping) weights.forEach((node, f) => {
    page.put(node.children[0], page.t(`melons${FEATURES[f]}`));
    place(node.children[1].firstChild, now().w[f], 2);
    page.put(node.children[2], signed(now().w[f]));
  });
  const match = grouping ? melons.filter((melon, i) => (now().groups[i] === 0) === melon.ripe).length : 0;
  page.put($('.nt-melons-hint'), grouping ? page.t(at < last() ? 'melonsGroupsHow' : 'melonsGroupsSay', { n: Math.max(match, melons.length - match) }) : page.t('melonsHint'));
};
const drawSame = () => {
  $('.nt-melons-same-box').hidden = !props.beside;
  if (!props.beside) return;
  const { name, parameters, vocabulary, block } = props.beside;
  const lines = [['', page.t('melonsHere'), page.pick(name)], [page.t('melonsSees'), page.t('melonsSeesHere'), page.t('melonsSeesThere', { block })],
    [page.t('melonsTurns'), '3', comma(parameters)], [page.t('melonsGives'), page.t('melonsGivesHere'), page.t('melonsGivesThere', { vocab: comma(vocabulary) })],
    [page.t('melonsLearns'), page.t('melonsLearnsBoth')]];
  $('.nt-melons-same tbody').replaceChildren(...lines.map((cells, r) => page.h('tr', {}, ...cells.map((words, c) => {
    const cell = page.h(r === 0 || c === 0 ? 'th' : 'td', {}, words);
    if (cells.length === 2 && c === 1) cell.colSpan = 2;
    return cell;
  }))));
};
const draw = () => {
  buttons.forEach((button, i) => { page.put(button, page.t(`melons${title(modes[i])}`)); button.setAttribute('aria-pressed', String(modes[i] === mode)); });
  const names = ['', ...FEATURES.map((one) => page.t(`melons${one}`)), page.t('melonsAnswer'), page.t(mode === 'ripeness' ? 'melonsSaysRipe' : mode === 'sweetness' ? 'melonsSaysSweet' : 'melonsGroup')];
  heads.forEach((node, i) => page.put(node, names[i]));
  rows.forEach(drawRow);
  drawSide();
  drawSame();
  page.put($('.nt-melons-at'), page.t('melonsAt', { n: at, all: last() }) + (mode === 'groups' ? '' : ` · ${page.t('melonsLoss', { n: now().loss.toFixed(3) })}`));
  element.dataset.step = at;
  element.dataset.loss = now().loss ?? '';
  $('.nt-melons-step').disabled = at === last();
  page.put($('.nt-melons-run span'), page.t(timer ? 'melonsPause' : 'melonsRun'));
  $('.nt-melons-run').disabled = at === last() && !timer;
};
const step = () => { at = Math.min(last(), at + 1); if (at === last()) stop(); draw(); };
const stop = () => { clearInterval(timer); timer = null; };
$('.nt-melons-step').addEventListener('click', () => { stop(); step(); });
$('.nt-melons-run').addEventListener('click', () => {
  if (timer) { stop(); draw(); return; }
  if (page.still()) { at = last(); draw(); return; }  // who prefers stillness sees the end at once
  timer = setInterval(() => { if (!element.isConnected) stop(); else step(); }, PACE);
  draw();
});
$('.nt-melons-reset').addEventListener('click', () => { stop(); at = 0; asked = melons.map((melon) => melon.kind); draw(); });
page.onLang(draw);
page.translate(element);
draw();
element.dataset.ready = 'true';
