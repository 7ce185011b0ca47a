// The challenge: a start, ten rounds, a final picture. The server keeps nothing; this script keeps the bets of one game.
const $ = (selector) => element.querySelector(selector), $$ = (selector) => [...element.querySelectorAll(selector)];
const root = $('.nt-ch'), KEY = 'next-token-challenge', MOST_SEED = 9999, GIVE_UP = 20000;
const refusal = $('.nt-ch > .nt-refusal');
const slider = $('.nt-ch-sure input'), typed = $('.nt-ch-typed'), own = $('.nt-ch-own'), seedField = $('.nt-ch-seed');
const hash = new URLSearchParams(location.hash.slice(1)), linked = hash.get('challenge');
const freshSeed = () => Math.floor(Math.random() * (MOST_SEED + 1));
const memory = {
  get() { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } },
  set(data) { try { sessionStorage.setItem(KEY, JSON.stringify(data)); } catch { /* private mode: forget */ } },
};
let game = { seed: /^\d{1,4}$/.test(linked ?? '') ? Number(linked) : freshSeed(), lang: ['zh', 'en'].includes(hash.get('in')) ? hash.get('in') : null, teams: hash.get('teams') === '2' ? 2 : 1, text: hash.get('exam'), results: [] };
let view = null, bets = [], how = 'pick', chosen = null, asked = 0, waiting = null, giveUp, said = null, stage = 'start';

// ---- asking ----------------------------------------------------------------------------------------------
const say = (words) => { said = words; page.put(refusal, words ? page.pick(words) : ''); refusal.hidden = !words; };
const ask = (more, then) => {
  if (waiting) return;
  asked += 1; waiting = then; say(null); root.classList.add('busy');
  clearTimeout(giveUp);
  giveUp = setTimeout(() => { forget(); page.toast(page.t('slow')); }, GIVE_UP);
  trigger('ask', { seed: game.seed, lang: game.lang ?? page.lang, text: game.text, round: game.results.length, ...more, answer: asked });
};
const receive = (value) => {
  if (!value || value.answer !== asked || !waiting) return;
  const then = waiting;
  forget();
  if (value.notice) { say(value.notice); if (stage === 'start') own.focus?.(); return; }
  then(value.shown);
};

// ---- who plays -------------------------------------------------------------------------------------------
const humans = () => (game.teams === 2 ? ['A', 'B'] : ['you']);
const order = () => (game.teams === 2 && game.results.length % 2 ? ['B', 'A'] : humans());   // teams take turns to go first
const nameOf = (who) => (who === 'model' ? page.pick(view?.name ?? game.name) : page.t({ A: 'chTeamA', B: 'chTeamB', you: 'chYou' }[who]));
const STYLE = { you: ['human', 'circle'], A: ['human', 'circle'], B: ['second', 'triangle'], model: ['model', 'square'] };
const bitsOf = (who) => game.results.map((one) => one.bits[who]);
const sum = (list) => list.reduce((total, one) => total + one, 0);
const figure = (bits) => bits.toFixed(bits < 9.95 ? 2 : 1);
const winners = (bits) => Object.keys(bits).filter((who) => bits[who] - Math.min(...Object.values(bits)) < 1e-9);   // two teams may have bet the same
const winner = (bits) => winners(bits)[0];
const names = (bits) => winners(bits).map(nameOf).join(page.lang === 'zh' ? '、' : ' & ');
const show = (next) => { stage = next; root.dataset.stage = next; window.dispatchEvent(new Event('resize')); };

// ---- a round ---------------------------------------------------------------------------------------------
const drawn = (pieces) => pieces.map(([text, mark]) => (mark ? page.h('i', { class: 'nt-mark' }, text) : document.createTextNode(text)));
const passage = () => {
  const blank = page.h('span', { class: view.truth ? 'nt-ch-truth' : 'nt-ch-blank' });
  if (view.truth) page.face(blank, { ...view.truth, s: view.truth.s.map(([text, mark]) => [mark && text === '·' ? ' ' : text, 0]) });
  else { blank.textContent = '?'; blank.setAttribute('aria-label', page.t('blank')); }
  $('.nt-ch-passage').replaceChildren(...drawn(view.left), blank, ...(view.truth ? [page.h('span', { class: 'nt-ch-rest' }, ...drawn(view.right))] : []));
};
const head = () => {
  page.put($('.nt-ch-number'), page.t('chRound', { n: view.round + 1, all: view.rounds }));
  const dots = $('.nt-ch-dots');
  dots.replaceChildren(...Array.from({ length: view.rounds }, (_, i) => {
    const one = game.results[i], won = one && winner(one.bits);
    const dot = page.h('li', { class: one ? `${won === 'model' ? 'model' : won === 'B' ? 'second' : 'human'}` : i === view.round ? 'now' : '' }, one ? { model: '■', B: '▲' }[won] ?? '●' : '');
    dot.setAttribute('aria-label', one ? page.t('chWonBy', { n: i + 1, who: names(one.bits) }) : String(i + 1));
    return dot;
  }));
  page.put($('.nt-ch-score'), game.results.length ? [...humans(), 'model'].map((who) => `${nameOf(who)} ${sum(bitsOf(who)).toFixed(1)}`).join(' · ') : '');
};
const stake = () => {
  const weight = Number(slider.value) / 100, others = (how === 'pick' ? view.options.length : view.vocab) - 1;
  page.put($('.nt-ch-sure b'), `${slider.value}%`);
  slider.style.setProperty('--at', (slider.value - 1) / 98);
  page.put($('.nt-ch-stake'), page.t('chStake', { right: figure(-Math.log2(weight)), wrong: figure(-Math.log2((1 - weight) / others)) }));
};
const ready = () => (how === 'pick' ? chosen !== null : typed.value.trim() !== '');
const panel = () => {
  const who = order()[bets.length] ?? order().at(-1);
  page.put($('.nt-ch-whose'), game.teams === 2 ? page.t('chTurn', { who: nameOf(who) }) : page.t('chYourGuess'));
  $('.nt-ch-bet').dataset.who = who;
  $$('.nt-ch-how button').forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.how === how)));
  $('.nt-ch-options').hidden = how !== 'pick'; typed.hidden = how !== 'type';
  $$('.nt-ch-options button').forEach((node) => node.setAttribute('aria-pressed', String(Number(node.dataset.id) === chosen)));
  page.put($('.nt-ch-reveal'), page.t(bets.length + 1 < order().length ? 'chHandOver' : 'chReveal'));
  $('.nt-ch-reveal').disabled = !ready();
  page.put($('.nt-ch-fair'), page.t(how === 'pick' ? 'chFairPick' : 'chFairType', { n: view.options.length, others: view.options.length - 1, vocab: view.vocab.toLocaleString('en'), name: nameOf('model') }));
  stake();
};
const turn = () => { chosen = null; typed.value = ''; slider.value = 50; panel(); };
const openRound = (shown) => {
  view = shown; game.name = shown.name; bets = [];
  $('.nt-ch-options').replaceChildren(...shown.options.map((option, i) => {
    const node = page.h('button', { type: 'button', class: 'nt-ch-option', 'data-id': option.id, 'data-label': option.label }, page.h('kbd', { 'aria-hidden': 'true' }, String(i + 1)), page.h('span', { class: 'nt-ch-word' }));
    page.face(node.lastChild, { ...option, s: option.s.map(([text, mark], j) => [mark && text === '·' && j === 0 ? '' : text, mark]) });
    node.addEventListener('click', () => { chosen = option.id; panel(); });
    return node;
  }));
  $('.nt-ch-bet').hidden = false; $('.nt-ch-told').hidden = true;
  show('play'); passage(); head(); turn();
  Object.assign(root.dataset, { round: shown.round, players: game.teams });
};
const place = () => {
  if (!ready() || waiting) return;
  const bet = { weight: Number(slider.value), ...(how === 'pick' ? { id: chosen } : { text: typed.value }) };
  const who = order()[bets.length];
  const placed = [...bets, { who, bet }];
  if (placed.length < order().length) { bets = placed; turn(); return; }
  ask({ bets: placed.map((one) => one.bet) }, (shown) => { bets = placed; outcome(shown); });
};
const outcome = (shown) => {
  view = shown;
  const players = {};
  bets.forEach(({ who }, i) => { players[who] = shown.bets[i]; });
  const bits = Object.fromEntries(humans().map((who) => [who, players[who].bits]));
  bits.model = shown.model.bits;
  const left = shown.left.map(([text]) => text).join('');
  game.results.push({ bits, p: { ...Object.fromEntries(humans().map((who) => [who, players[who].p])), model: shown.model.p }, right: Object.fromEntries(humans().map((who) => [who, players[who].right])), truth: shown.truth, left: [...left].slice(-16).join(''), more: [...left].length > 16 });
  memory.set(game);
  $('.nt-ch-bet').hidden = true; $('.nt-ch-told').hidden = false;
  passage(); head(); told(players);
  $('.nt-ch-next').focus({ preventScroll: true });
};
const told = (players) => {
  const last = game.results.at(-1), won = winner(last.bits);
  page.put($('.nt-ch-verdict'), page.t(won === 'model' ? 'chModelWon' : 'chHumanWon', { who: names(last.bits), truth: page.name(view.truth).replace(/^·/, '') }));
  $('.nt-ch-verdict').dataset.who = won;
  $('.nt-ch-players').replaceChildren(...[...humans(), 'model'].map((who) => {
    const bet = players[who], p = last.p[who], node = page.h('div', { class: `nt-ch-player ${STYLE[who][0]}`, 'data-who': who, 'data-p': p },
      page.h('b', {}, nameOf(who)), page.h('span', { class: 'nt-ch-what' }), page.h('span', { class: 'nt-ch-p' }, page.percent(p)), page.h('small', {}, page.t('chBits', { n: figure(last.bits[who]) })));
    const what = node.querySelector('.nt-ch-what');
    if (bet) what.append(page.h('span', { class: 'nt-ch-mark' }, bet.right ? '✓' : '✗'), ...drawn(bet.said), ` ${Math.round(bet.weight * 100)}%`);
    else what.textContent = page.t('chRank', { n: view.model.rank.toLocaleString('en') });
    return node;
  }));
  page.put($('.nt-ch-barshead'), page.t('chBarsHead', { name: nameOf('model') }));
  page.kit.bars($('.nt-ch-bars'), view.bars, { rows: 6 });
  [...$('.nt-ch-bars .nt-bars').children].forEach((node) => node.classList.toggle('chosen', Number(node.dataset.id) === view.truth.id && !node.classList.contains('rest')));
  page.put($('.nt-ch-next'), page.t(game.results.length === view.rounds ? 'chFinish' : 'chNext'));
};

// ---- the end ---------------------------------------------------------------------------------------------
const finish = () => {
  show('end');
  const totals = Object.fromEntries([...humans(), 'model'].map((who) => [who, sum(bitsOf(who))])), won = winner(totals);
  page.put($('.nt-ch-result'), page.t(won === 'model' ? 'chModelWins' : 'chHumanWins', { who: names(totals) }));
  const mean = (who) => page.percent(2 ** (-totals[who] / game.results.length));
  page.put($('.nt-ch-sum'), [...humans(), 'model'].map((who) => page.t('chSum', { who: nameOf(who), bits: totals[who].toFixed(1), p: mean(who) })).join(page.lang === 'zh' ? '；' : '; ') + page.t('chSumEnd'));
  curves($('.nt-ch-curves'), [...humans(), 'model'].map((who) => ({ name: nameOf(who), tone: STYLE[who][0], shape: STYLE[who][1], bits: bitsOf(who) })), $('.nt-ch-sum').textContent);
  const rounds = game.results.map((one, i) => ({ ...one, n: i + 1, best: winner(Object.fromEntries(humans().map((who) => [who, one.bits[who]]))) }));
  $('.nt-ch-won').replaceChildren(...rounds.map((one) => {
    const gain = one.bits.model - one.bits[one.best], node = page.h('li', { class: gain > 0 ? 'won' : '', 'data-won': gain > 0 ? one.best : 'model' });
    node.append(page.h('i', {}, String(one.n)), page.h('span', { class: 'nt-ch-left' }, `${one.more ? '…' : ''}${one.left}`, page.h('b', {}, one.truth.label.replace(/^·/, ''))),
      page.h('span', { class: 'nt-ch-ps' }, ...[...humans(), 'model'].map((who) => page.h('span', { class: STYLE[who][0] }, `${nameOf(who)} ${page.percent(one.p[who])}`))),
      page.h('small', {}, gain > 0 ? page.t('chWonHere', { who: names(Object.fromEntries(humans().map((who) => [who, one.bits[who]]))), n: gain.toFixed(1) }) : page.t('chLostHere', { who: nameOf('model'), n: (-gain).toFixed(1) })));
    return node;
  }));
};

// ---- the start -------------------------------------------------------------------------------------------
const form = () => {
  $$('button[data-teams]').forEach((node) => node.setAttribute('aria-pressed', String(Number(node.dataset.teams) === game.teams)));
  $$('button[data-own]').forEach((node) => node.setAttribute('aria-pressed', String(Boolean(node.dataset.own) === (game.text !== null))));
  own.hidden = game.text === null;
  if (document.activeElement !== seedField) seedField.value = game.seed;
  const kept = memory.get();
  $('.nt-ch-resume').hidden = !(kept?.results?.length && kept.results.length < 10);
};
const begin = () => {
  if (game.text !== null) game.text = own.value;
  game.lang ??= page.lang;
  game.results = [];
  ask({}, openRound);
};
const forget = () => { clearTimeout(giveUp); waiting = null; root.classList.remove('busy'); };   // an answer that is still on its way comes too late
const restart = (seed) => { forget(); say(null); game = { ...game, seed, results: [] }; view = null; show('start'); form(); };
$$('button[data-teams]').forEach((node) => node.addEventListener('click', () => { game.teams = Number(node.dataset.teams); form(); }));
$$('button[data-own]').forEach((node) => node.addEventListener('click', () => { game.text = node.dataset.own ? own.value : null; say(null); form(); if (node.dataset.own) own.focus(); }));
own.addEventListener('input', () => { game.text = own.value; });
seedField.addEventListener('input', () => { const n = Number(seedField.value.replace(/\D/g, '') || 0); game.seed = Math.min(n, MOST_SEED); game.lang = null; });
seedField.addEventListener('blur', () => { seedField.value = game.seed; });
$('.nt-ch-dice').addEventListener('click', () => { game.seed = freshSeed(); game.lang = null; form(); });
$('.nt-ch-begin').addEventListener('click', begin);
$('.nt-ch-resume').addEventListener('click', () => { const kept = memory.get(); if (kept) { game = kept; ask({}, openRound); } });
$('.nt-ch-quit').addEventListener('click', () => restart(game.seed));
$$('.nt-ch-how button').forEach((node) => node.addEventListener('click', () => { how = node.dataset.how; panel(); if (how === 'type') typed.focus(); }));
typed.addEventListener('input', panel);
typed.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); place(); } });
slider.addEventListener('input', stake);
$('.nt-ch-reveal').addEventListener('click', place);
$('.nt-ch-next').addEventListener('click', () => { if (game.results.length === view.rounds) finish(); else ask({}, openRound); });
$('.nt-ch-again').addEventListener('click', () => { game.lang = null; restart(freshSeed()); });
$('.nt-ch-same').addEventListener('click', () => { restart(game.seed); begin(); });
const link = () => new URLSearchParams({ challenge: game.seed, in: game.lang ?? page.lang, ...(game.teams === 2 ? { teams: 2 } : {}), ...(game.text ? { exam: game.text } : {}) }).toString();
page.links.challenge = () => ({ query: {}, hash: link() });
$('.nt-ch-link').addEventListener('click', () => document.getElementById('copy-link').click());
page.keys(root, (event) => {
  if (stage !== 'play' || $('.nt-ch-bet').hidden || how !== 'pick' || !/^[1-9]$/.test(event.key)) return;
  const option = $$('.nt-ch-option')[Number(event.key) - 1];
  if (option) { event.preventDefault(); option.click(); }
});
const redraw = () => {
  page.translate(element); form();
  if (said) say(said);
  if (stage === 'play') { passage(); head(); if ($('.nt-ch-told').hidden) panel(); else told(Object.fromEntries(bets.map(({ who }, i) => [who, view.bets[i]]))); }
  if (stage === 'end') finish();
};
page.onLang(redraw);
let wide = null;
new ResizeObserver(() => { const now = $('.nt-ch-curves').clientWidth >= 560; if (stage === 'end' && now !== wide) requestAnimationFrame(finish); wide = now; }).observe($('.nt-ch-curves'));
watch('value', () => receive(JSON.parse(props.value)));
own.value = game.text ?? '';
redraw();
root.dataset.ready = 'true';
