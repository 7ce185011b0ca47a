// A text that is cut between two tokens: every gap is a button, wider than it looks.
const line = $('.nt-cut-line'), field = $('textarea'), box = $('.nt-cut-bars'), samples = $('.nt-samples');
let now = null;
const go = (at) => { if (now) ask({ text: now.text, at }); };
const take = (text) => ask({ text });
for (const text of opening().samples ?? []) {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, text);
  node.addEventListener('click', () => { field.value = text; take(text); });
  samples.append(node);
}
$('form').addEventListener('submit', (event) => { event.preventDefault(); take(field.value); });
field.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); take(field.value); } });
$('.cut-back').addEventListener('click', () => go(now?.at - 1));
$('.cut-next').addEventListener('click', () => go(now?.at + 1));
line.addEventListener('click', (event) => { const gap = event.target.closest('.nt-cut-gap'); if (gap) go(Number(gap.dataset.at)); });
const build = (tokens) => line.replaceChildren(...tokens.map((token, at) => {
  const face = page.h('span', { class: 'nt-face' });
  page.face(face, { ...token, at: 1 });
  const gap = page.h('button', { type: 'button', class: 'nt-cut-gap', 'data-at': at }, page.h('i', { 'aria-hidden': 'true' }));
  return page.h('span', { class: 'nt-cut-token', 'data-at': at, 'data-label': token.label }, gap, face);
}));
live((value) => {
  if (now?.text !== value.text || !line.firstChild) build(value.tokens);
  now = value;
  const truth = value.tokens[value.at];
  [...line.children].forEach((node, at) => {
    node.classList.toggle('right', at === value.at);
    node.classList.toggle('away', at > value.at);
    node.firstChild.setAttribute('aria-label', page.t('cutHere', { token: value.tokens[at].label }));
    node.firstChild.setAttribute('aria-pressed', String(at === value.at));
  });
  if (document.activeElement !== field) field.value = value.text;
  page.put($('.nt-cut-told'), page.t('cutTold', { left: value.at, answer: truth.label, away: value.tokens.length - value.at - 1 }));
  page.put($('.nt-cut-yields'), page.t('cutYields', { n: value.tokens.length, at: value.at + 1 }));
  page.put($('.nt-cut-model'), page.t('cutModel', { answer: truth.label, p: page.percent(value.p), rank: value.rank, vocab: value.bars.vocab.toLocaleString('en') }));
  page.kit.bars(box, value.bars, { rows: 5 });
  [...box.querySelectorAll('.nt-bar')].forEach((row) => row.classList.toggle('chosen', row.dataset.id === String(truth.id)));
  $('.cut-back').disabled = value.at === 0;
  $('.cut-next').disabled = value.at === value.tokens.length - 1;
  Object.assign(element.dataset, { text: value.text, at: value.at, p: value.p });
});
