// Guess, run by itself, draw a hundred times; and the choreography of one guess.
const scene = page.scene(props.scene);
const $ = (selector) => element.querySelector(selector);
const auto = $('#auto'), speeds = [...element.querySelectorAll('[data-speed]')];
const GAP = { slow: 900, normal: 380, fast: 60 };    // between two guesses, in milliseconds
const PACE = { slow: 1.25, normal: 0.6, fast: 0 };   // how long a guess is shown, times its full length
let running = false, speed = page.store.get('next-token-speed') ?? 'normal', next;

const send = (name) => scene.send(trigger, name, {});
const run = (on) => {
  running = on;
  clearTimeout(next);
  auto.setAttribute('aria-pressed', String(on));
  auto.dataset.t = on ? 'pause' : 'auto';
  page.translate(element);
  element.classList.toggle('running', on);
  if (on) guess();
};
scene.stop = () => { if (running) run(false); };
const guess = () => send('step');
$('#step').addEventListener('click', () => { scene.stop(); guess(); });
auto.addEventListener('click', () => run(!running));
$('#draw').addEventListener('click', () => { scene.stop(); send('draw'); });
// After a mouse click, Space means "guess" again and not "this button once more".
element.addEventListener('click', (event) => { if (event.detail) event.target.closest('button')?.blur(); });
const choose = (name) => {
  speed = name in GAP ? name : 'normal';
  page.store.set('next-token-speed', speed);
  speeds.forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.speed === speed)));
};
speeds.forEach((one) => one.addEventListener('click', () => choose(one.dataset.speed)));
choose(speed);
page.keys(element, (event) => {
  if (event.key !== ' ' || event.target.closest?.('button,a,summary,input,select')) return;
  event.preventDefault(); scene.stop(); guess();
});
document.addEventListener('visibilitychange', () => { if (document.hidden) scene.stop(); });

const after = () => { page.showBadge?.(); scene.drawLoop?.(); };
scene.follow(after);
scene.failed = () => run(false);
scene.done = (values) => {
  if (!running) return;
  if (values.strip.notice || values.throw.last?.end) { run(false); return; }
  next = setTimeout(guess, GAP[speed]);
};

// ---- one guess, shown: the dice falls on a stretch, the bar lights up, the token travels to the blank --------
const stage = () => document.getElementById(props.stage);
const light = (phase) => { const node = stage(); if (node) node.dataset.phase = phase; };
const fly = (row, blank, ms) => {
  if (!row || !blank || ms === 0) return Promise.resolve();
  const zoom = page.zoom(), from = row.children[1].getBoundingClientRect(), to = blank.getBoundingClientRect();
  const ghost = page.h('span', { class: 'nt-fly', 'aria-hidden': 'true' });
  ghost.append(...[...row.children[1].childNodes].map((node) => node.cloneNode(true)));
  document.body.append(ghost);
  const at = (box) => `translate(${(box.left + box.width / 2) / zoom}px, ${(box.top + box.height / 2) / zoom}px) translate(-50%, -50%)`;
  const lift = { left: Math.max(from.left, to.left) + 40 * zoom, width: 0, top: (from.top + to.top) / 2, height: 0 };
  return ghost.animate([{ transform: at(from) }, { transform: `${at(lift)} scale(1.25)`, offset: 0.55 }, { transform: `${at(to)} scale(1.35)` }],
    { duration: ms, easing: 'cubic-bezier(.45,.05,.25,1)' }).finished.catch(() => {}).then(() => ghost.remove());
};
scene.play = async (move, values, playing) => {
  const pace = page.still() || document.hidden ? 0 : running ? PACE[speed] : 1;
  let skipped = pace === 0 || move.how === 'linked';
  const skip = new Promise((done) => { playing.skip = () => { skipped = true; done(); }; });
  const during = (promise) => (skipped ? null : Promise.race([promise, skip]));
  const row = scene.rowOf?.(move.id);
  if (move.how === 'clicked') {                       // the learner chose: the next bars are there at once
    light(4); fly(row, scene.blank, skipped ? 0 : 420).then(() => light(2));
    return;
  }
  light(3);
  if (!skipped && move.dice !== null) await during(scene.throwDice?.(move.dice, 620 * pace));
  row?.classList.add('chosen');
  scene.markStretch?.(move.id);
  await during(page.wait(240 * pace));
  light(4);
  await during(fly(row, scene.blank, skipped ? 0 : 460 * pace));
  light(1);
  setTimeout(() => light(2), skipped ? 0 : 320 * pace);
};
light(2);
page.onLang(() => page.translate(element));
page.translate(element);
after();
