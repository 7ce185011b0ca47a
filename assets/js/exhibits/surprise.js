// A text under the model's eyes. show = pick (click a token, see the total) or table (multiply and add by hand).
const show = new Set(opening().show ?? []), line = $('.nt-surprise-line'), field = $('textarea'), samples = $('.nt-samples'), body = $('tbody'), scroll = $('.nt-surprise-scroll');
const MOST = 12;   // bits at which the colour is full
const SMALL = '⁰¹²³⁴⁵⁶⁷⁸⁹';
let now = null;
$('.nt-surprise-table').hidden = !show.has('table');
const take = (text) => ask({ text });
const multiply = (rowsOf) => { if (now) ask({ text: now.text, pick: now.pick, rows: rowsOf(now) }); };
for (const text of opening().samples ?? []) {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, text);
  node.addEventListener('click', () => { field.value = text; take(text); });
  samples.append(node);
}
$('form').addEventListener('submit', (event) => { event.preventDefault(); take(field.value); });
field.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); take(field.value); } });
$('.surprise-next').addEventListener('click', () => multiply(({ rows, tokens }) => Math.min(rows + 1, tokens.length)));
$('.surprise-all').addEventListener('click', () => multiply(({ tokens }) => tokens.length));
$('.surprise-reset').addEventListener('click', () => multiply(() => 0));
const shade = (bits) => `color-mix(in srgb, var(--nt-pick) ${(Math.min(bits, MOST) / MOST * 62).toFixed(1)}%, var(--nt-card))`;
[...$('.nt-surprise-scale').children].forEach((node, i) => { node.style.background = shade(3 * i); node.append(3 * i < MOST ? String(3 * i) : `${MOST}+`); });
const power = (log10) => {   // a number too small to be held is written from its logarithm
  const exponent = Math.floor(log10), mantissa = (10 ** (log10 - exponent)).toFixed(1);
  return `${mantissa} × 10⁻${String(-exponent).replace(/\d/g, (digit) => SMALL[digit])}`;
};
const plain = (p) => (p >= 0.0005 ? p.toFixed(4) : power(Math.log10(p)));
const bits = (n) => n.toFixed(2);
const round = (n) => (n >= 100 ? Math.round(n).toLocaleString('en') : n.toFixed(1));
const drawTable = (value) => {
  let sum = 0, product = 1;
  body.replaceChildren(...value.tokens.slice(0, value.rows).map((token) => {
    sum += token.bits; product *= token.p;
    const face = page.h('span', { class: 'nt-face' });
    page.face(face, token);
    return page.h('tr', {}, page.h('th', {}, face), ...[plain(token.p), bits(token.bits), product.toFixed(value.decimals), bits(sum)].map((words) => page.h('td', {}, words)));
  }));
  scroll.hidden = value.rows === 0;
  requestAnimationFrame(() => { scroll.scrollTop = scroll.scrollHeight; });
  const n = value.tokens.length, mean = bits(sum / n), all = value.rows === n;
  page.put($('.nt-surprise-gone'), value.rows && Number(product.toFixed(value.decimals)) === 0 ? page.t('surpriseGone', { sum: bits(sum) }) : '');
  $('.nt-surprise-sums').replaceChildren(...(all ? [
    page.t('surpriseJoint', { sum: bits(sum), joint: power(-sum * Math.log10(2)) }),
    page.t('surpriseLoss', { sum: bits(sum), n, mean, nats: bits(value.loss) }),
    page.t('surprisePerplexity', { mean, perplexity: round(value.perplexity) }),
  ] : []).map((words) => page.h('li', {}, words)));
  $('.surprise-next').disabled = $('.surprise-all').disabled = all;
  $('.surprise-reset').disabled = value.rows === 0;
};
live((value) => {
  now = value;
  const n = value.tokens.length;
  page.kit.chips(line, value.tokens, { click: show.has('pick') ? (chip) => ask({ text: value.text, pick: chip.at - 1, rows: value.rows }) : null, under: (chip) => chip.bits.toFixed(1) });
  value.tokens.forEach((token, i) => {
    const chip = line.children[i];
    chip.style.setProperty('--shade', shade(token.bits));
    chip.classList.toggle('picked', i === value.pick);
    chip.classList.toggle('read', show.has('table') && i < value.rows);
    chip.setAttribute('aria-label', `${token.label}, ${page.t('surpriseBits', { n: token.bits.toFixed(1) })}`);
    if (show.has('pick')) chip.setAttribute('aria-pressed', String(i === value.pick));
  });
  if (document.activeElement !== field) field.value = value.text;
  const picked = value.tokens[value.pick];
  page.put($('.nt-surprise-told'), !show.has('pick') ? '' : picked ? page.t('surpriseTold', { token: picked.label, p: page.percent(picked.p), bits: picked.bits.toFixed(1), n, place: picked.place }) : page.t('surprisePick'));
  page.put($('.nt-surprise-total'), show.has('pick') ? page.t('surpriseTotal', { n, mean: bits(value.loss / Math.LN2), perplexity: round(value.perplexity) }) : '');
  if (show.has('table')) drawTable(value);
  Object.assign(element.dataset, { text: value.text, rows: value.rows, perplexity: value.perplexity });
});
