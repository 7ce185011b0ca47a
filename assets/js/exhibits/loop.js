// The four steps, lit one after another. An answer holds a whole round; only the fourth step asks for the next.
const show = new Set(opening().show ?? []), model = opening().model;
const line = $('.nt-guess-line'), edit = $('.nt-guess-edit'), field = $('input[type=text]'), cards = [...element.querySelectorAll('.nt-four > li')];
const blank = page.h('span', { class: 'nt-blank', 'aria-hidden': 'true' }, page.h('span', { class: 'nt-face' }), page.h('small', {}, '?'));
const byCount = $('.loop-by-count'), count = $('.loop-count'), byEnd = $('.loop-by-end'), greedy = $('.loop-greedy');
let now = null, round = null, phase = 0, appending = false;
$('.nt-four').hidden = $('.loop-next').hidden = !show.has('steps');
$('.nt-stops').hidden = $('.loop-run').hidden = !show.has('stops');
$('.loop-seed').hidden = !show.has('seed');
edit.hidden = !show.has('edit');

const go = (more) => ask({ model, link: now.strip.link, ...more });
const turn = (values) => { phase = 0; go({ move: { kind: 'turn', values } }); };
const next = () => {
  if (appending) return;
  if (phase === 3) { appending = true; go({ move: { kind: 'step' } }); setTimeout(() => { appending = false; }, 4000); return; }
  phase = phase === 4 ? 1 : phase + 1;
  if (phase === 1) round = now;
  light();
};
$('.loop-next').addEventListener('click', next);
$('.loop-run').addEventListener('click', () => ask({ model, text: now.prompt, knobs: now.knobs.knobs, move: { kind: 'run' }, stops: { count: byCount.checked ? Number(count.value) : null, end: byEnd.checked } }));
$('.loop-reset').addEventListener('click', () => { phase = 0; ask(opening()); });
$('.loop-seed').addEventListener('click', () => { const seed = crypto.getRandomValues(new Uint32Array(1))[0] % 10000; phase = 0; ask({ model, text: now.prompt, knobs: { ...now.knobs.knobs, seed } }); });
greedy.addEventListener('change', () => turn({ greedy: greedy.checked }));
edit.addEventListener('submit', (event) => { event.preventDefault(); phase = 0; ask({ model, text: field.value, knobs: now.knobs.knobs }); });
$('.nt-stops').hidden || count.addEventListener('input', () => { byCount.checked = true; });

// ---- vectors as strips of colours --------------------------------------------------------------------------
const colour = (name) => {
  const probe = page.h('i', { style: `color:var(${name});display:none` });
  element.append(probe);
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return parts;
};
const strip = (canvas, vectors, row, columns = 64, cell = 4) => {
  const numbers = new Int8Array(Uint8Array.from(atob(vectors.data), (char) => char.charCodeAt(0)).buffer);
  const paper = colour('--nt-cell'), up = colour('--nt-p'), down = colour('--nt-pick'), pen = canvas.getContext('2d');
  canvas.width = columns * cell; canvas.height = Math.ceil(vectors.width / columns) * cell;
  for (let j = 0; j < vectors.width; j += 1) {
    const x = numbers[row * vectors.width + j] / 127, end = x < 0 ? down : up, share = Math.abs(x) ** 0.8;
    pen.fillStyle = `rgb(${[0, 1, 2].map((k) => Math.round(paper[k] + (end[k] - paper[k]) * share)).join(',')})`;
    pen.fillRect((j % columns) * cell, Math.floor(j / columns) * cell, cell - 1, cell - 1);
  }
};

// ---- the four cards ----------------------------------------------------------------------------------------
const note = (i, words) => page.put(cards[i].querySelector('p.nt-small'), words);
const encode = ({ strip: sentence, brain }) => {
  const last = sentence.chips.slice(-3);
  $('.loop-ids').replaceChildren(...last.map((chip) => {
    const face = page.h('b', {});
    page.face(face, chip);
    return page.h('span', {}, face, page.h('i', { 'aria-hidden': 'true' }, '→'), page.h('code', {}, chip.ids.join(' ')));
  }));
  if (brain.vectors) strip($('.loop-vector'), brain.vectors, 0);
  note(0, page.t('loopEncodeNote', { width: brain.about.width, token: page.name(last.at(-1)) }));
};
const predict = ({ brain, bars, coming }) => {
  const layers = brain.vectors ? brain.vectors.rows - 1 : 0, box = $('.loop-layers');
  while (box.children.length < layers) box.append(page.h('canvas', { 'aria-hidden': 'true' }));
  [...box.children].forEach((canvas, i) => { strip(canvas, brain.vectors, i + 1, 128, 3); canvas.title = page.t('loopLayer', { n: i + 1 }); });
  page.kit.bars($('.loop-bars'), bars, { rows: 4 });
  element.querySelectorAll('.loop-bars .nt-bar').forEach((row) => row.classList.toggle('chosen', phase >= 3 && row.dataset.id === String(coming.id)));
  note(1, page.t('loopPredictNote', { layers }));
};
const choose = ({ throw: { stretches }, coming }) => {
  const dice = $('.nt-dice'), filled = stretches.reduce((sum, one) => sum + one.q, 0), thrown = coming.how === 'drawn';
  dice.replaceChildren(...stretches.map((one, i) => {
    const word = page.h('span', {});
    page.face(word, one);
    return page.h('i', { class: `tone${i % 2}${one.q < 0.012 ? ' thin' : ''}${one.id === coming.id ? ' hit' : ''}`, style: `flex-grow:${one.q}` }, one.q >= 0.12 ? word : null);
  }));
  if (filled < 1 - 1e-6) dice.append(page.h('i', { class: 'rest', style: `flex-grow:${1 - filled}` }));
  dice.classList.toggle('off', !thrown);
  $('.nt-needle').hidden = !thrown;
  $('.nt-needle').style.left = `${100 * (coming.dice ?? 0)}%`;
  page.put($('.nt-needle b'), thrown ? coming.dice.toFixed(3) : '');
  note(2, thrown ? page.t('loopChooseNote', { dice: coming.dice.toFixed(3), token: page.name(coming) }) : page.t('loopChooseTallest', { token: page.name(coming) }));
};
const append = ({ coming }) => {
  page.face($('.loop-new'), coming);
  note(3, page.t(coming.end ? 'loopAppendEnd' : 'loopAppendNote', { token: page.name(coming) }));
};
const light = () => {
  element.dataset.phase = phase;
  if (round && phase >= 1) { encode(round); predict(round); choose(round); append(round); }
  cards.forEach((card, i) => { card.classList.toggle('lit', phase === i + 1); card.classList.toggle('seen', phase > i + 1); });
};

const paint = (value) => {
  const longer = appending && value !== now;
  now = value;
  if (longer) { appending = false; phase = 4; }
  const chips = value.strip.chips.filter((chip) => !chip.end || chip.made);
  blank.remove();
  page.kit.chips(line, chips);
  line.dataset.size = chips.reduce((sum, chip) => sum + Math.max(1.6, [...chip.label].length * (chip.label < '\u2e80' ? 0.6 : 1)), 0) > (show.has('steps') ? 30 : 15) ? 'm' : 'l';
  if (!value.ended) line.append(blank);
  if (longer) { const last = line.children[chips.length - 1]; last.classList.remove('new'); void last.offsetWidth; last.classList.add('new'); }
  $('.nt-made-by').hidden = value.strip.made === 0;
  if (document.activeElement !== field) field.value = value.strip.text;
  greedy.checked = value.knobs.knobs.greedy;
  page.put($('.loop-told'), value.stopped ? page.t({ count: 'loopByCount', end: 'loopByEnd', force: 'loopByForce' }[value.stopped], { n: value.written }) : '');
  Object.assign(element.dataset, { text: value.strip.text, stopped: value.stopped, made: value.strip.made });
  if (!round || phase === 0) round = value;
  light();
};
live(paint);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(light, 50));
