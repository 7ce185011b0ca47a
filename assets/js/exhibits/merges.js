// Bytes that merge pair by pair. The piece that was made last is marked; below, what could merge next.
const field = $('input[type=text]'), slider = $('.nt-merges-slider'), groups = $('.nt-merges-groups'), list = $('.nt-merges-pairs');
let now = null;
const go = (stepOf) => { if (now) ask({ text: now.text, step: stepOf(now) }); };
$('form').addEventListener('submit', (event) => { event.preventDefault(); ask({ text: field.value, step: 0 }); });
slider.addEventListener('input', () => go(() => Number(slider.value)));
$('.merges-next').addEventListener('click', () => go(({ step, all }) => Math.min(step + 1, all)));
$('.merges-back').addEventListener('click', () => go(({ step }) => Math.max(step - 1, 0)));
$('.merges-all').addEventListener('click', () => go(({ all }) => all));
const group = (parts, number) => {
  const node = page.h('div', { class: 'nt-merges-group' });
  page.kit.chips(node, parts.map((part) => ({ ...part, ids: [part.id] })));
  if (now.fresh?.[0] === number) node.children[now.fresh[1]].classList.add('fresh');
  return node;
};
live((value) => {
  now = value;
  if (document.activeElement !== field) field.value = value.text;
  groups.replaceChildren(...value.groups.map(group));
  slider.max = value.all;
  if (document.activeElement !== slider) slider.value = value.step;
  const said = [value.made ? page.t('mergesTold', { ...value.made, n: value.parts }) : page.t('mergesStart', value)];
  if (value.made) said.unshift(`${page.t('mergesStep', value)}${page.lang === 'zh' ? '：' : ': '}`);
  if (value.step === value.all) said.push(page.t('mergesEnd', { n: value.parts }));
  page.put($('.nt-merges-told'), said.join(page.lang === 'zh' ? '' : ' '));
  list.replaceChildren(...value.pairs.map((pair, i) => page.h('li', { class: i ? '' : 'next' }, page.h('span', { class: 'nt-face' }, `${pair.left} + ${pair.right}`), page.h('small', {}, String(pair.id)))));
  list.previousElementSibling.hidden = value.pairs.length === 0;
  $('.merges-next').disabled = $('.merges-all').disabled = value.step === value.all;
  $('.merges-back').disabled = value.step === 0;
  Object.assign(element.dataset, { text: value.text, step: value.step, all: value.all });
});
