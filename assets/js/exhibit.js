// What every exhibit shares: it asks, one request at a time, and draws the newest answer.
// `live(render)` starts it; `ask(request)` sends a whole request, for the server keeps nothing between two.
const $ = (selector) => element.querySelector(selector);
const refusal = page.h('p', { class: 'nt-refusal', role: 'alert' });
refusal.hidden = true;
element.append(refusal);
const SLOW = 300, GIVE_UP = 20000;
let asked = 0, flying = false, waiting = null, render = null, shown = null, refused = null, busyTimer, giveUp;

const send = (request) => {
  flying = true; asked += 1;
  clearTimeout(busyTimer); clearTimeout(giveUp);
  busyTimer = setTimeout(() => element.setAttribute('aria-busy', 'true'), SLOW);
  giveUp = setTimeout(() => { page.toast(page.t('slow')); land(); }, GIVE_UP);
  trigger('ask', { ...request, answer: asked });
};
const land = () => {
  flying = false;
  clearTimeout(busyTimer); clearTimeout(giveUp);
  element.removeAttribute('aria-busy');
  if (waiting) { const next = waiting; waiting = null; send(next); }
};
const ask = (request) => { if (flying) waiting = request; else send(request); };
// What it opens with: on an English page the chapter's English text, where there is one.
const opening = () => { const { en = {}, ...rest } = props.opening; return page.lang === 'en' ? { ...rest, ...en } : rest; };
const say = (words) => { refused = words; page.put(refusal, words ? page.pick(words) : ''); refusal.hidden = !words; };
const draw = () => { if (shown) render(shown); page.translate(element); if (refused) say(refused); };
const receive = (value) => {
  if (!value || value.answer !== asked) return;
  say(value.notice ?? null);
  if (value.shown) { shown = value.shown; draw(); element.dataset.ready = 'true'; element.dataset.answer = String(value.answer); }
  if (value.done?.length) page.lessons.tick(value.done);
  land();
};
const live = (draws) => {
  let lang = page.lang;
  render = draws;
  page.onLang(() => {   // untouched, it opens anew in the other language
    if (lang !== page.lang && props.opening.en && asked === 1 && !flying) ask(opening()); else draw();
    lang = page.lang;
  });
  let width = element.clientWidth;
  new ResizeObserver(() => {   // charts are drawn to the width that there is, so that their letters keep their size
    if (element.clientWidth && element.clientWidth !== width) { width = element.clientWidth; requestAnimationFrame(draw); }
  }).observe(element);
  page.translate(element);
  watch('value', () => receive(JSON.parse(props.value)));
  ask(opening());
};
