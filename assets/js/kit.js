// Drawings that several exhibits share: a row of chips, a box of bars. Both are given a node and data, and may be called again.
page.kit = {};
// How wide a chart is drawn, in its own units: as wide as it stands on the page, for letters of one size everywhere.
page.kit.width = (node) => Math.min(640, Math.max(280, Math.round(node.clientWidth || 640)));
const sameLength = (node, count, make) => {
  while (node.children.length > count) node.lastChild.remove();
  while (node.children.length < count) node.append(make());
};
// chips: [{s, label, ids, hex, whole, end, made, p, at}]; `click(chip)` makes them buttons, `under(chip)` is the small line below.
page.kit.chips = (node, chips, { click = null, under = null, tint = null } = {}) => {
  node.classList.add('nt-line');
  sameLength(node, chips.length, () => {
    const chip = page.h(click ? 'button' : 'span', { class: 'nt-chip' }, page.h('span', { class: 'nt-face' }), page.h('small', {}));
    if (click) { chip.type = 'button'; chip.addEventListener('click', () => chip.act(chip.chip)); }
    return chip;
  });
  chips.forEach((chip, i) => {
    const one = node.children[i];
    one.chip = chip; one.act = click;
    Object.assign(one.dataset, { label: chip.label, ids: (chip.ids ?? [chip.id]).join(' '), at: chip.at ?? i });
    one.classList.toggle('made', Boolean(chip.made));
    one.classList.toggle('half', chip.whole === false);
    one.classList.toggle('begin', Boolean(chip.end));
    one.style.setProperty('--p', chip.p ?? 0);
    one.style.background = tint ? tint(chip) ?? '' : '';
    page.face(one.firstChild, chip);
    page.put(one.lastChild, under ? under(chip) : String((chip.ids ?? [chip.id]).join(' ')));
    const said = page.t('chip', { token: page.name(chip), id: (chip.ids ?? [chip.id]).join(', ') });
    one.setAttribute('aria-label', chip.p === null || chip.p === undefined ? said : `${said}, ${page.percent(chip.p)}`);
  });
};
// value: what lesson.views.bars gives. The last row is everything else, so that a reader's sum is 100 %.
page.kit.bars = (box, value, { pick = null, rows = 6 } = {}) => {
  if (!box.firstChild) {
    box.classList.add('nt-barbox');
    box.append(page.h('div', { class: 'nt-bars', role: 'group', 'aria-label': page.t('bars') }));
  }
  const list = box.firstChild, shown = Math.min(rows, value.rows.length);
  list.setAttribute('aria-label', page.t('bars'));
  const make = (rest) => {
    const row = page.h(rest || !pick ? 'div' : 'button', { class: rest ? 'nt-bar rest' : 'nt-bar' }, page.h('kbd', { 'aria-hidden': 'true' }),
      page.h('span', { class: 'nt-word' }), page.h('span', { class: 'nt-track' }, page.h('u', { class: 'p' }), page.h('u', { class: 'q' }), page.h('i', { class: 'seen' })),
      page.h('span', { class: 'nt-value' }, page.h('b'), page.h('small')));
    if (row.tagName === 'BUTTON') { row.type = 'button'; row.addEventListener('click', () => row.act(row.row)); }
    return row;
  };
  if (list.children.length !== shown + 1) list.replaceChildren(...Array.from({ length: shown }, () => make(false)), make(true));
  list.classList.toggle('turned', value.turned);
  list.classList.toggle('drawn', value.draws > 0);
  const draw = (node, name, { p, q, n, cut }) => {
    const [bar, shaped, seen] = node.children[2].children, [figure, small] = node.children[3].children;
    bar.style.setProperty('--w', p); shaped.style.setProperty('--w', q); seen.style.setProperty('--w', value.draws ? n / value.draws : 0); seen.hidden = !n;
    node.classList.toggle('cut', Boolean(cut));
    page.put(figure, page.percent(value.turned ? q : p));
    page.put(small, [value.turned ? `p ${page.percent(p)}` : '', value.draws ? page.t('times', { n }) : ''].filter(Boolean).join(' · '));
    Object.assign(node.dataset, { p, q, n: value.draws ? n : '' });
    node.setAttribute('aria-label', `${name}, p ${page.percent(p)}${value.turned ? `, p′ ${page.percent(q)}` : ''}`);
  };
  value.rows.slice(0, shown).forEach((row, i) => {
    const node = list.children[i];
    node.row = row; node.act = pick;
    Object.assign(node.dataset, { id: row.id, label: row.label });
    page.face(node.children[1], row);
    draw(node, page.name(row), row);
  });
  page.put(list.lastChild.children[1], page.t('restShort'));
  draw(list.lastChild, page.t('rest'), { p: value.rest[shown], q: value.rest_q[shown], n: value.rest_n[shown], cut: value.rest_q[shown] === 0 && value.rest[shown] > 0 });
  list.dataset.ready = 'true';
};
