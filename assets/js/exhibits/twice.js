// One token, two texts: its vector at a layer as a strip of colours, and how alike the two are layer by layer.
const row = $('.nt-twice-row'), layers = $('.nt-twice-layers');
const texts = opening().texts.map((_, n) => {
  const field = page.h('input', { type: 'text', class: 'nt-field', maxlength: 400, autocomplete: 'off', spellcheck: 'false' }), strip = page.h('div', { class: 'nt-twice-strip', 'aria-hidden': 'true' });
  row.append(page.h('div', {}, field, strip));
  return { field, strip };
});
const take = (layer) => ask({ texts: texts.map(({ field }) => field.value), layer });
let now = null;
$('form').addEventListener('submit', (event) => { event.preventDefault(); take(now?.layer); });
const colour = (x) => `color-mix(in srgb, var(${x > 0 ? '--nt-pick' : '--nt-p'}) ${Math.round(Math.abs(x) * 100)}%, var(--nt-cell))`;
live((value) => {
  now = value;
  texts.forEach(({ field, strip }, n) => {
    field.setAttribute('aria-label', page.t('twiceField', { n: n + 1 }));
    if (document.activeElement !== field) field.value = value.texts[n];
    while (strip.children.length < value.vectors[n].length) strip.append(page.h('i'));
    value.vectors[n].forEach((x, i) => { strip.children[i].style.background = colour(x); });
  });
  page.put($('.nt-twice-told'), `${value.layer ? page.t('twiceLayer', { layer: value.layer }) : page.t('twiceStart')}${page.lang === 'zh' ? '，' : ': '}${page.t('twiceCosine', { token: page.name(value.token), cosine: value.cosines[value.layer].toFixed(2) })}`);
  if (layers.children.length !== value.cosines.length) layers.replaceChildren(...value.cosines.map((_, i) => {
    const node = page.h('button', { type: 'button', 'data-layer': i }, page.h('span'), page.h('i'), page.h('b'));
    node.addEventListener('click', () => ask({ texts: now.texts, layer: i }));
    return node;
  }));
  value.cosines.forEach((cosine, i) => {
    const node = layers.children[i];
    page.put(node.children[0], i ? page.t('twiceLayer', { layer: i }) : page.t('twiceStart'));
    node.children[1].style.setProperty('--w', Math.max(0, cosine));
    page.put(node.children[2], cosine.toFixed(2));
    node.setAttribute('aria-pressed', String(i === value.layer));
  });
  page.put($('.nt-twice-key'), page.t('twiceStripes', { n: value.vectors[0].length, width: value.width }));
  Object.assign(element.dataset, { layer: value.layer, last: value.cosines.at(-1) });
});
