// The exercises that come next: what is read above, what is to be guessed below, coloured by the model's surprise.
const list = element.querySelector('.nt-batch');
const most = () => Math.log2(Math.max(lab.head?.vocab ?? 2, 2));
const face = (node, pieces) => { if (pieces) page.face(node, { s: pieces }); else { node.textContent = page.t('ending'); node.classList.add('nt-special'); } };
const cell = (before, pieces, bits) => {
  const asked = page.h('span', { class: 'q nt-face' }), answer = page.h('b', { class: 'a nt-face' });
  face(asked, before); face(answer, pieces);
  answer.style.setProperty('--w', bits === null ? 0 : Math.min(1, bits / most()));
  const node = page.h('span', { class: 'nt-exercise', tabindex: '-1' }, asked, answer);
  node.bits = bits;
  return node;
};
const row = (tokens) => {
  const cells = tokens.slice(1).map(([pieces, bits], i) => cell(tokens[i][0], pieces, bits));
  const bits = tokens.slice(1).map(([, one]) => one).filter((one) => one !== null);
  const mean = bits.length ? bits.reduce((sum, one) => sum + one, 0) / bits.length : null;
  return page.h('li', { 'data-bits': mean?.toFixed(2) }, page.h('span', { class: 'nt-exercises' }, ...cells),
    page.h('small', {}, mean === null ? '' : page.t('batchMean', { n: mean.toFixed(1) })));
};
const render = () => {
  const rows = lab.record()?.batch ?? [], scrolled = list.scrollLeft;
  list.replaceChildren(...rows.map(row));
  list.scrollLeft = scrolled;
};
page.tip(list, '.nt-exercise', (node) => [node.querySelector('.a').textContent, node.bits === null ? null : page.t('batchTip', { bits: node.bits.toFixed(1), p: page.percent(2 ** -node.bits) })]);
lab.listeners.push(render);
page.onLang(() => { page.translate(element); render(); });
page.translate(element);
render();
