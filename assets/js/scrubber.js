// Back through a run: one slider moves bars, sample, exercises, map and the mark on the curve. The records are
// lines of JSON that grow in number; a recording plays by itself, over and over.
const $ = (selector) => element.querySelector(selector);
const slider = $('#scrub'), play = $('#scrub-play'), at = $('.nt-scrub-at');
const STEP_MS = 650, REST_MS = 2500;
let timer = null, known = [];

const parse = (text) => {   // a line that has not changed is not read again
  const lines = text ? text.split('\n') : [];
  known = lines.map((line, i) => (known[i]?.line === line ? known[i] : { line, told: JSON.parse(line) }));
  const [head, ...rest] = known.map((one) => one.told);
  const maps = rest.at(-1)?.maps ? rest.pop().maps : null;
  return { head: head ?? null, records: maps ? rest.map((one) => ({ ...one, points: maps[one.step] ?? one.points })) : rest, framed: Boolean(maps) };
};
const stop = () => { clearTimeout(timer); timer = null; };
const tick = () => {
  const ended = lab.at >= lab.last();
  if (ended && !lab.head?.recorded) { stop(); render(); return; }
  timer = setTimeout(tick, lab.at + 1 >= lab.last() && lab.head?.recorded ? REST_MS : STEP_MS);
  lab.go(ended ? 0 : lab.at + 1);
};
const start = () => { if (lab.at >= lab.last()) lab.go(0); timer = setTimeout(tick, STEP_MS); render(); };
const receive = (text) => {
  const { head, records, framed } = parse(text), before = lab.head;
  const fresh = before?.token !== head?.token || before?.recorded !== head?.recorded;
  if (fresh) { stop(); lab.live = true; lab.at = 0; }
  Object.assign(lab, { head, records, framed });
  if (head?.recorded) { if (fresh && !page.still()) timer = setTimeout(tick, STEP_MS); else if (fresh) lab.at = lab.last(); }
  else if (lab.live && !timer) lab.at = lab.last();
  lab.at = Math.max(0, Math.min(lab.at, lab.last()));
  const stage = document.getElementById('training');
  if (stage) stage.dataset.recorded = head?.recorded ? '1' : '';
  lab.tell();
};
const render = () => {
  const record = lab.record(), box = $('.nt-scrub');
  box.hidden = lab.records.length < 2;
  if (!record) return;
  slider.max = String(lab.last()); slider.value = String(lab.at);
  slider.style.setProperty('--w', lab.last() ? lab.at / lab.last() : 0);
  const best = lab.records.reduce((found, one, i) => (one.best ? i : found), -1);
  const words = page.t('scrubAt', { step: record.step, val: record.val === null ? '–' : record.val.toFixed(2) });
  page.put(at, lab.at === best && lab.records.length > 2 ? words + page.t('scrubIsBest') : words);
  slider.setAttribute('aria-valuetext', at.textContent);
  play.setAttribute('aria-pressed', String(Boolean(timer)));
  page.put(play, page.t(timer ? 'scrubPause' : 'scrubPlay'));
  $('.nt-recorded').hidden = !lab.head?.recorded;
  $('#scrub-best').hidden = best < 0 || best === lab.at || best === lab.last() || Boolean(lab.head?.recorded);
  $('#scrub-live').hidden = lab.live || Boolean(lab.head?.recorded);
  Object.assign(box.dataset, { at: lab.at, step: record.step, records: lab.records.length });
};
slider.addEventListener('input', () => { stop(); lab.go(Number(slider.value)); });
play.addEventListener('click', () => { if (timer) { stop(); render(); } else start(); });
$('#scrub-best').addEventListener('click', () => { stop(); lab.go(lab.records.reduce((found, one, i) => (one.best ? i : found), 0)); });
$('#scrub-live').addEventListener('click', () => { stop(); lab.go(lab.last()); });
lab.listeners.push(render);
page.onLang(() => { page.translate(element); render(); });
page.translate(element);
receive(props.value);
watch('value', () => receive(props.value));
