// Two pairs of tokens: how alike their vectors are, and how likely the second one is to follow the first.
const rows = $('.nt-pair-rows'), before = $('.nt-pair-before input');
const meter = (kind, words) => page.h('div', { class: `nt-pair-meter ${kind}` }, page.h('span', { 'data-t': words }), page.h('i'), page.h('b'));
const pairs = opening().pairs.map((_, n) => {
  const input = (key) => page.h('input', { type: 'text', class: 'nt-field', maxlength: 40, autocomplete: 'off', spellcheck: 'false', 'data-t-label': key });
  const first = input('pairFirst'), second = input('pairSecond');
  const node = page.h('section', { class: 'nt-pair-one', 'data-n': n }, page.h('div', { class: 'nt-pair-tokens' }, first, page.h('span', { 'aria-hidden': 'true' }, '–'), second), meter('alike', 'pairAlike'), meter('next', 'pairNext'));
  rows.append(node);
  return { node, first, second };
});
$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  ask({ pairs: pairs.map(({ first, second }) => [first.value, second.value]), before: before.value });
});
const spell = (token) => token.label.replaceAll('·', ' ').trim();
live((value) => {
  if (document.activeElement !== before) before.value = value.before;
  pairs.forEach(({ node, first, second }, n) => {
    const one = value.pairs[n];
    if (document.activeElement !== first) first.value = spell(one.first);
    if (document.activeElement !== second) second.value = spell(one.second);
    const [, alike, next] = node.children;
    alike.style.setProperty('--from', `${50 + 50 * Math.min(0, one.cosine)}%`);
    alike.style.setProperty('--to', `${50 + 50 * Math.max(0, one.cosine)}%`);
    page.put(alike.lastChild, page.t('pairCosine', { cosine: one.cosine.toFixed(2) }));
    next.style.setProperty('--from', '0%');
    next.style.setProperty('--to', `${100 * one.p}%`);
    page.put(next.lastChild, page.t('pairScore', { p: page.percent(one.p), rank: one.rank.toLocaleString('en') }));
    Object.assign(node.dataset, { cosine: one.cosine, p: one.p });
  });
});
