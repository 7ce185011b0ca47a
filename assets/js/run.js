// Where a run stands. One event follows it from start to end; after a reload its token finds it again.
const $ = (selector) => element.querySelector(selector);
const KEY = 'next-token-run';
const stage = document.getElementById(props.stage);
const figures = $('.nt-figures'), bar = $('.nt-progress');
let value = JSON.parse(props.value), heard = 0, wasUsing = false;
const memory = {
  get() { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } },
  set(data) { try { if (data) sessionStorage.setItem(KEY, JSON.stringify(data)); else sessionStorage.removeItem(KEY); } catch { /* private mode: forget */ } },
};
page.training ??= { ordered: null, listeners: [] };

const number = (n) => (n === null || n === undefined ? '–' : n.toLocaleString('en', { maximumFractionDigits: 0 }));
const loss = (n) => (n === null || n === undefined ? '–' : n.toFixed(2));
const seconds = (n) => (n === null || n === undefined ? '–' : page.t('seconds', { n: Math.ceil(n) }));
const live = () => value && value.state !== 'ended';
const shownState = () => {
  if (!value) return '';
  if (value.state === 'waiting') return page.t('waiting', { n: value.place });
  if (value.state === 'running') return page.t(value.stopping ? 'stopping' : value.loading ? 'loading' : 'running');
  return page.t(value.failed ? 'failed' : 'ended');
};
const rows = () => [
  ['figStep', `${number(value.step)} / ${number(value.steps)}`, value.batch ? page.t('figStepNote', { n: value.batch }) : ''],
  ['figEpoch', value.epoch === null || value.epoch === undefined ? '–' : page.t('timesRead', { n: value.epoch.toFixed(1) }), ''],
  ['figTrain', loss(value.train_loss), ''],
  ['figVal', loss(value.val_loss), ''],
  ['figSpeed', number(value.speed), ''],
  value.state === 'ended' ? ['figTook', seconds(value.seconds), ''] : ['figLeft', seconds(value.left), ''],
];
const render = () => {
  const state = value ? value.state : 'none';
  if (stage) stage.dataset.run = state;
  if (!value) return;
  Object.assign($('.nt-run').dataset, { state, end: value.end, step: value.step });
  page.put($('.nt-run-state'), shownState());
  $('.nt-run-state').dataset.kind = value.failed ? 'failed' : state;
  const ordered = page.training.ordered;
  page.put($('.nt-run-ordered'), ordered ? page.t('ordered', { lesson: page.pick(ordered.lesson), size: page.pick(ordered.size) }) : '');
  const words = state === 'waiting' ? page.t('waitingHint') : value.said ? page.pick(value.said) : '';
  page.put($('#run-said'), words); $('#run-said').hidden = !words;
  const share = value.steps ? value.step / value.steps : 0;
  bar.style.setProperty('--w', share); bar.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  bar.classList.toggle('busy', live() && !value.steps);
  figures.hidden = state === 'waiting' || (state === 'ended' && !value.steps);
  const told = rows();
  while (figures.children.length < told.length) figures.append(page.h('div', {}, page.h('dt', {}), page.h('dd', {}), page.h('small', {})));
  told.forEach(([key, figure, note], i) => {
    const [name, number_, small] = figures.children[i].children;
    page.put(name, page.t(key)); page.put(number_, figure); page.put(small, note);
  });
  $('#run-stop').hidden = !live(); $('#run-stop').disabled = value.stopping;
  page.put($('#run-stop'), page.t(state === 'waiting' ? 'leave' : 'stop'));
  $('#run-again').hidden = live();
  $('#run-use').hidden = live() || !value.model;
  $('#run-back').hidden = live() || !page.training.inUse;
};
const look = () => { heard = performance.now(); trigger('look', { token: value.token }); };
const receive = (next) => {
  const before = value;
  heard = performance.now();
  if (next && !next.token) {                       // the run is gone: nothing to show
    value = null; memory.set(null);
    if (next.notice && before) page.toast(next.notice);
  } else value = next;
  const state = value ? value.state : 'none';
  if (!before || !value || before.token !== value.token || before.state !== value.state) page.training.listeners.forEach((listener) => listener(state));
  render();
  if (!value) return;
  memory.set({ token: value.token, ordered: page.training.ordered });
};
setInterval(() => { if (live() && performance.now() - heard > 8000) look(); }, 4000);   // the line broke: ask again
$('#run-stop').addEventListener('click', () => { if (live()) { trigger('stop', { token: value.token }); $('#run-stop').disabled = true; } });
$('#run-again').addEventListener('click', () => page.training.again?.());
const use = (token) => { $('#run-use').disabled = true; trigger('use', { token, probe: token ? value.probe : '' }); setTimeout(() => { $('#run-use').disabled = false; }, 8000); };
page.training.taken = ({ used, notice }) => {
  $('#run-use').disabled = false;
  if (!notice) { page.training.inUse = used; page.openTab('playground'); }
  page.toast(notice ?? page.t(used ? 'used' : 'usedXiaobai'));
  render();
};
page.training.follow = (token) => { heard = performance.now(); trigger('look', { token }); };
$('#run-use').addEventListener('click', () => use(value.token));
$('#run-back').addEventListener('click', () => use(''));
page.onLang(() => { render(); page.translate(element); });
page.translate(element);
watch('value', () => receive(JSON.parse(props.value)));
render();
const kept = memory.get();
if (kept?.token) { page.training.ordered = kept.ordered ?? null; heard = performance.now(); trigger('look', { token: kept.token }); }
