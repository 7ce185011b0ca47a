// Evidence: how often this context stands in the text that the model read, and what followed it there, beside p.
// Nothing is asked for while the card is closed; open, it follows the sentence.
const scene = page.scene(props.scene);
const $ = (selector) => element.querySelector(selector);
const card = $('details'), body = $('.nt-evidence-body'), told = $('.nt-evidence-told'), note = $('.nt-evidence-note');
const rows = $('.nt-counted'), places = $('.nt-places'), about = $('.nt-evidence-about'), key = $('.nt-evidence-key');
const PATIENCE = 250, BUILDING = 1200;   // ms: a sentence that still grows is not looked up at every token
let value = JSON.parse(props.value), asked = 0, timer = null;

// ---- words ---------------------------------------------------------------------------------------------------
const count = (n) => n.toLocaleString('en');
const run = (pieces) => pieces.map(([text, mark]) => (mark ? page.h('i', { class: 'nt-mark' }, text) : document.createTextNode(text)));
const quote = (pieces, lost = []) => page.h('span', { class: 'nt-quote' },
  lost.length ? page.h('s', {}, ...run(lost)) : null, page.h('b', {}, ...run(pieces)));
const fill = (node, words, holes) => node.replaceChildren(...words.split(/(\{\w+\})/).map((part) => {
  const hole = part.match(/^\{(\w+)\}$/);
  return hole && hole[1] in holes ? holes[hole[1]] : document.createTextNode(part);
}));
const share = (x) => `${(x * 100).toFixed(x < 0.1 ? 1 : 0)}%`;

// ---- drawing -------------------------------------------------------------------------------------------------
const bar = (name, kind, p, figure) => page.h('span', { class: `nt-pair ${kind}`, title: name },
  page.h('span', { class: 'nt-track' }, page.h('u', { style: `--w:${p}` })), page.h('b', {}, page.percent(p)), page.h('small', {}, figure));
const row = (one, rest) => {
  const word = page.h('span', { class: 'nt-word' });
  if (rest) word.textContent = page.t('rest'); else page.face(word, one);
  const times = page.t(one.n === 1 ? 'evidenceTime' : 'evidenceTimes', { n: count(one.n) });
  const node = page.h('li', { class: rest ? 'rest' : null, 'data-n': one.n, 'data-p': one.p, 'data-id': rest ? null : one.id }, word,
    bar(page.t('evidenceCounted'), 'counted', value.count ? one.n / value.count : 0, times),
    bar(page.t('evidenceModel'), 'model', one.p, 'p'));
  return node;
};
const next = (one) => {
  const node = page.h('mark', {});
  page.face(node, one);
  return node;
};
const place = (one) => page.h('li', {}, page.h('p', {}, one.begins ? null : '…', ...run(one.before), page.h('b', {}, ...run(one.match)),
  next(one.next), ...run(one.after), one.ends ? null : '…'), one.source ? page.h('small', {}, one.source) : null);
const tellCorpus = () => {
  const { name, share: part, documents, tokens } = value.corpus;
  const holes = { corpus: page.pick(name), share: share(part), documents: count(documents), tokens: count(tokens) };
  page.put(about, page.t(part < 1 ? 'evidenceAbout' : 'evidenceAboutAll', holes));
};
const tell = () => {
  const shortened = value.dropped > 0 && value.kept > 0;
  const holes = {
    text: quote(value.match, []), whole: quote(value.match, value.lost), lost: quote(value.lost),
    n: page.h('strong', {}, count(value.count)), corpus: page.pick(value.corpus.name), kept: count(value.kept), dropped: count(value.dropped),
  };
  const many = value.count === 1 ? 'One' : '';
  const said = value.state === 'nothing' ? 'evidenceNothing' : value.empty ? 'evidenceEmpty' : `${shortened ? 'evidenceShortened' : 'evidenceWhole'}${many}`;
  fill(told, page.t(said), holes);
  note.hidden = !shortened && value.state !== 'nothing';
  page.put(note, note.hidden ? '' : page.t(shortened ? 'evidenceNote' : 'evidenceNothingNote'));
};
const tellWhole = (all) => {   // counted in texts that are not here, so there is no sentence to show
  const box = $('.nt-whole');
  box.hidden = !all;
  if (!all) return;
  const holes = { tokens: count(all.tokens), kept: count(all.kept), n: page.h('strong', {}, count(all.count)), text: quote(all.match) };
  fill(box.firstElementChild, page.t(all.kept ? 'evidenceWholeMix' : 'evidenceWholeEmpty'), holes);
  const part = (n) => (all.count ? n / all.count : 0);
  const item = (word, n, rest) => page.h('li', { class: rest ? 'rest' : null, style: `--w:${part(n)}`, title: page.t('evidenceTimes', { n: count(n) }) }, word, page.h('b', {}, page.percent(part(n))));
  box.lastElementChild.replaceChildren(...all.rows.map((one) => {
    const word = page.h('span', { class: 'nt-word' });
    page.face(word, one);
    return item(word, one.n, false);
  }), ...(all.rest > 0 ? [item(page.h('span', {}, page.t('restShort')), all.rest, true)] : []));
};
const render = (fresh) => {
  value = fresh;
  const known = value.state === 'found' || value.state === 'nothing';
  for (const node of [rows, places, key, $('.nt-places-title')]) node.hidden = value.state !== 'found';
  about.hidden = !known;
  card.dataset.state = value.state;
  if (known) { tell(); tellCorpus(); } else {
    note.hidden = true;
    page.put(told, page.t(value.state === 'unknown' ? 'evidenceUnknown' : 'evidenceBuilding'));
  }
  tellWhole(value.whole ?? null);
  rows.replaceChildren(...(value.rows ?? []).map((one) => row(one, false)));
  if (value.rest && (value.rest.n || value.rest.p)) rows.append(row(value.rest, true));
  places.replaceChildren(...(value.places ?? []).map(place));
  $('.nt-evidence-corpus').textContent = value.corpus ? page.pick(value.corpus.name) : '';
};

// ---- asking --------------------------------------------------------------------------------------------------
const step = () => { const { version, length } = scene.values.strip ?? {}; return `${version} ${length}`; };
const ask = () => { asked += 1; trigger('ask', { ask: asked }); };
const refresh = (wait = PATIENCE) => {
  if (!card.open || (card.dataset.step === step() && wait === PATIENCE)) return;
  body.setAttribute('aria-busy', 'true');
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
};
const receive = () => {
  const fresh = JSON.parse(props.value);
  if (fresh.ask !== asked) return;
  render(fresh);
  card.dataset.step = `${fresh.version} ${fresh.length}`;
  body.removeAttribute('aria-busy');
  if (fresh.state === 'building') refresh(BUILDING); else refresh();
};
card.addEventListener('toggle', () => { page.store.set('next-token-evidence', card.open ? '1' : ''); refresh(); });
scene.follow(() => refresh());
page.onLang(() => render(value));
page.translate(element);
render(value);
watch('value', receive);
if (page.store.get('next-token-evidence') === '1') card.open = true;
