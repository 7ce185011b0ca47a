// Models on a logarithmic axis; click two of them to see how many times one is the other.
const list = $('.nt-sizes-list'), axis = $('.nt-sizes-axis'), MOST = 13;   // the axis goes from 1 to 10^13
let now = null;
const count = (n) => {
  if (n < 1e4) return String(n);
  if (page.lang === 'zh') return n >= 1e12 ? `${+(n / 1e12).toFixed(2)} 万亿` : n >= 1e8 ? `${+(n / 1e8).toFixed(1)} 亿` : `${Math.round(n / 1e4)} 万`;
  return n >= 1e12 ? `${+(n / 1e12).toFixed(2)} T` : n >= 1e9 ? `${+(n / 1e9).toFixed(1)} B` : n >= 1e6 ? `${+(n / 1e6).toFixed(1)} M` : `${Math.round(n / 1e3)} K`;
};
const pick = (id) => {
  if (!now) return;
  const pair = [now.a, now.b].filter((one) => one && one !== id);
  const next = now.a === id || now.b === id ? pair : [...pair.slice(-1), id];
  ask({ a: next[0] ?? null, b: next[1] ?? null });
};
live((value) => {
  now = value;
  if (list.children.length !== value.models.length) {
    list.replaceChildren(...value.models.map((model) => {
      const node = page.h('button', { type: 'button', class: 'nt-size-row', 'data-id': model.id }, page.h('b', {}), page.h('span', { class: 'nt-size-bar' }, page.h('i', {})), page.h('span', { class: 'nt-size-n' }), page.h('small', {}));
      node.addEventListener('click', () => pick(model.id));
      return node;
    }));
    axis.replaceChildren(...Array.from({ length: MOST }, (_, i) => page.h('i', {})), page.h('span', {}));
  }
  value.models.forEach((model, i) => {
    const node = list.children[i], chosen = [value.a, value.b].includes(model.id);
    page.put(node.children[0], page.pick(model.name)); page.put(node.children[2], count(model.parameters)); page.put(node.children[3], page.pick(model.source));
    node.querySelector('.nt-size-bar i').style.setProperty('--w', Math.log10(model.parameters) / MOST);
    node.classList.toggle('ours', model.ours);
    node.setAttribute('aria-pressed', String(chosen));
  });
  page.put(axis.lastChild, page.t('sizesAxis'));
  const named = (id) => page.pick(value.models.find((model) => model.id === id)?.name);
  page.put($('.nt-sizes-told'), value.small ? page.t('sizesRatio', { small: named(value.small), big: named(value.big), n: value.ratio < 100 ? value.ratio.toFixed(1) : count(Math.round(value.ratio)), power: Math.log10(value.ratio).toFixed(1) }) : value.a ? page.t('sizesSame') : '');
  Object.assign(element.dataset, { ratio: value.ratio });
});
