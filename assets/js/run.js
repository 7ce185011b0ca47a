// Where a run stands, and what can be done with it. One event follows it from start to end; after a reload its
// token finds it again. With #watch=… in the address it is somebody else's run, only to look at.
const $ = (selector) => element.querySelector(selector);
const KEY = 'next-token-run', PATIENCE = 12000, ALIVE = 15000;
const stage = document.getElementById(props.stage);
const figures = $('.nt-figures'), bar = $('.nt-progress'), models = $('#run-models select');
let value = JSON.parse(props.value), heard = 0, asked = '', following = '';
const memory = {
  get() { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } },
  set(data) { try { if (data) sessionStorage.setItem(KEY, JSON.stringify(data)); else sessionStorage.removeItem(KEY); } catch { /* private mode: forget */ } },
};
const watched = () => new URLSearchParams(location.hash.slice(1)).get('watch') ?? '';
const unwatch = () => { if (watched()) history.replaceState(null, '', location.pathname + location.search); };

const number = (n) => (n === null || n === undefined ? '–' : n.toLocaleString('en', { maximumFractionDigits: 0 }));
const loss = (n) => (n === null || n === undefined ? '–' : n.toFixed(2));
const seconds = (n) => (n === null || n === undefined ? '–' : page.t('seconds', { n: Math.ceil(n) }));
const small = (n) => (n === null || n === undefined ? '–' : String(+n.toPrecision(2)));
const live = () => Boolean(value) && value.state !== 'ended';
const mine = () => Boolean(value?.mine);
const hide = (selector, hidden) => { $(selector).hidden = hidden; };
const shownState = () => {
  if (value.state === 'waiting') return page.t('waiting', { n: value.place });
  if (value.state !== 'running') return page.t(value.failed ? 'failed' : 'ended');
  return page.t(value.stopping ? 'stopping' : value.paused ? 'paused' : value.loading ? 'loading' : 'running');
};
const rows = () => [
  ['figStep', `${number(value.step)} / ${number(value.steps)}`, value.batch ? page.t('figStepNote', { n: value.batch }) : ''],
  ['figEpoch', value.epoch === null || value.epoch === undefined ? '–' : page.t('timesRead', { n: value.epoch.toFixed(1) }), ''],
  ['figTrain', loss(value.train_loss), ''],
  ['figVal', loss(value.val_loss), ''],
  ['figSpeed', number(value.speed), ''],
  value.state === 'ended' ? ['figTook', seconds(value.seconds), ''] : ['figLeft', seconds(value.left), ''],
];
const nameOf = (ordered) => ordered && { zh: [ordered.lesson, ordered.size].map((one) => one?.zh).filter(Boolean).join(' · '), en: [ordered.lesson, ordered.size].map((one) => one?.en).filter(Boolean).join(' · ') };
const showModels = () => {
  const kept = lab.runs.filter((one) => one.model);
  hide('#run-models', kept.length === 0 || live());
  const options = [['', page.t('xiaobai')], ...kept.map((one) => [one.token, lab.name(one)])];
  models.replaceChildren(...options.map(([token, words]) => page.h('option', { value: token }, words)));
  models.value = training.inUse ?? '';
};
const showFigures = (state) => {
  figures.hidden = state === 'waiting' || (state === 'ended' && !value.steps);
  const told = rows();
  while (figures.children.length < told.length) figures.append(page.h('div', {}, page.h('dt', {}), page.h('dd', {}), page.h('small', {})));
  told.forEach(([key, figure, note], i) => {
    const [name, shown, under] = figures.children[i].children;
    page.put(name, page.t(key)); page.put(shown, figure); page.put(under, note);
  });
};
const showTools = (state) => {
  const learning = state === 'running' && !value.loading && !value.stopping;
  hide('#run-stop', !live() || !mine()); $('#run-stop').disabled = value.stopping;
  page.put($('#run-stop'), page.t(state === 'waiting' ? 'leave' : 'stop'));
  hide('#run-pause', !learning || !mine());
  page.put($('#run-pause'), page.t(value.paused ? 'goOn' : 'pauseRun'));
  hide('#run-again', live() && mine()); page.put($('#run-again'), page.t(mine() ? 'again' : 'oneOfMine'));
  hide('#run-use', live() || !value.model); hide('#run-download', live() || !value.model);
  hide('#run-back', live() || !training.inUse);
  hide('#run-lr', !learning || !mine() || value.lr === null || value.lr === undefined);
  const factor = value.factor && value.factor !== 1 ? page.t('lrFactor', { n: small(value.factor) }) : '';
  page.put($('#run-lr b'), `${small(value.lr)}${factor}`);
  hide('#run-watch', !mine() || !live());
  showModels();
};
const render = () => {
  const state = value ? value.state : 'none';
  if (stage) stage.dataset.run = state;
  if (!value) return;
  Object.assign($('.nt-run').dataset, { state, end: value.end, step: value.step, mine: mine() ? '1' : '', paused: value.paused ? '1' : '', factor: value.factor });
  page.put($('.nt-run-state'), shownState());
  $('.nt-run-state').dataset.kind = value.failed ? 'failed' : value.paused ? 'paused' : state;
  const known = lab.run(value.token);
  page.put($('.nt-run-ordered'), mine() ? (known ? page.pick(known.name) : '') : page.t('watching'));
  const hint = () => page.t('waitingHint') + (value.wait ? page.t('waitingTime', { n: Math.max(5, 5 * Math.round(value.wait / 5)) }) : '');
  const words = state === 'waiting' ? hint() : value.said ? page.pick(value.said) : '';
  page.put($('#run-said'), words); hide('#run-said', !words);
  const share = value.steps ? value.step / value.steps : 0;
  bar.style.setProperty('--w', share); bar.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  bar.classList.toggle('busy', live() && !value.steps);
  showFigures(state);
  showTools(state);
};
const look = (token) => { heard = performance.now(); following = token; trigger('look', { token }); };
const own = () => {   // the run that was started here, if it is not the one that is shown
  const kept = memory.get();
  if (kept?.token) look(kept.token);
};
const note = (before) => {
  const fresh = !lab.run(value.token), clock = new Date().toTimeString().slice(0, 5);
  lab.remember(value.token, { ...(fresh ? { at: clock, name: nameOf(training.ordered) ?? { zh: '', en: '' } } : {}), model: value.model });
  if (fresh || before?.state !== value.state) { lab.save(); lab.tell(); }
  memory.set({ token: value.token, ordered: training.ordered });
};
const receive = (next) => {
  const before = value;
  heard = performance.now();
  if (next && !next.token) {                       // the run is gone: nothing to show
    value = null;
    if (next.notice && (before || watched())) page.toast(next.notice);
    if (watched() === following && following) { unwatch(); own(); } else { memory.set(null); lab.forget(following); }
  } else value = next;
  const state = value ? value.state : 'none';
  if (value?.mine) note(before);
  if (!before || !value || before.token !== value.token || before.state !== value.state) training.listeners.forEach((listener) => listener(state));
  render();
};
setInterval(() => { if (live() && performance.now() - heard > PATIENCE) look(value.token); }, 4000);   // the line broke: ask again
setInterval(() => { if (live()) trigger('alive', { token: value.token }); }, ALIVE);   // somebody is still looking
$('#run-stop').addEventListener('click', () => { if (live()) { trigger('stop', { token: value.token }); $('#run-stop').disabled = true; } });
$('#run-pause').addEventListener('click', () => { if (live()) trigger('control', { token: value.token, do: value.paused ? 'resume' : 'pause' }); });
$('#run-lr').addEventListener('click', (event) => {
  const factor = Number(event.target.closest('button')?.dataset.factor);
  if (factor && live()) trigger('control', { token: value.token, do: 'lr', factor });
});
$('#run-again').addEventListener('click', () => { training.again?.(); });

// The model: to the playground and back, or as a file.
const use = (token, probe) => { asked = token; $('#run-use').disabled = models.disabled = true; trigger('use', { token, probe }); setTimeout(() => { $('#run-use').disabled = models.disabled = false; }, 8000); };
training.taken = ({ used, notice }) => {
  $('#run-use').disabled = models.disabled = false;
  if (notice) { if (asked && asked !== value?.token) lab.forget(asked); } else { training.inUse = used; page.openTab('playground'); }
  page.toast(notice ?? page.t(used ? 'used' : 'usedXiaobai'));
  render();
};
$('#run-use').addEventListener('click', () => use(value.token, value.probe));
$('#run-back').addEventListener('click', () => use('', ''));
models.addEventListener('change', () => use(models.value, models.value === value?.token ? value.probe : ''));
$('#run-download').addEventListener('click', async () => {
  const button = $('#run-download');
  button.disabled = true;
  try {   // the token goes in the body, so that no log holds it
    const reply = await fetch('training/model', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: value.token }) });
    if (!reply.ok) throw new Error(String(reply.status));
    const link = page.h('a', { href: URL.createObjectURL(await reply.blob()), download: 'next-token-model.zip' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  } catch { page.toast(page.t('downloadGone')); }
  button.disabled = false;
});

// A link by which others watch this run, and following such a link.
const field = $('#watch-field');
$('#run-watch').addEventListener('click', async () => {
  const url = new URL(location.href);
  url.search = new URLSearchParams({ lang: page.lang }).toString(); url.hash = `watch=${value.watch}`;
  try { await navigator.clipboard.writeText(url.href); page.toast(page.t('watchCopied')); } catch { field.value = url.href; field.hidden = false; field.focus(); field.select(); page.toast(page.t('copyByHand')); }
});
field.addEventListener('blur', () => { field.hidden = true; });
if (page.links) page.links.training = () => ({ query: {}, hash: value?.mine ? `watch=${value.watch}` : watched() ? `watch=${watched()}` : '' });
window.addEventListener('hashchange', () => { if (watched()) look(watched()); });
training.follow = (token) => { unwatch(); look(token); };

page.onLang(() => { render(); page.translate(element); });
page.translate(element);
watch('value', () => receive(JSON.parse(props.value)));
render();
const kept = memory.get();
training.ordered ??= kept?.ordered ?? null;
if (watched()) look(watched()); else own();
