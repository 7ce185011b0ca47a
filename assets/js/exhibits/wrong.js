// A gap for a made-up name, what the model says then, and whether it is true.
const field = $('input'), forms = $('.wrong-forms'), names = $('.wrong-names');
let now = null;
const form = () => now.forms.find((one) => one.id === now.form);
$('.wrong-line').addEventListener('submit', (event) => { event.preventDefault(); ask({ form: now.form, name: field.value }); });
const choose = (one) => ask({ form: one.id, name: one.names[0] });
live((value) => {
  const other = !now || now.form !== value.form;
  now = value;
  while (forms.children.length < value.forms.length) {
    const one = value.forms[forms.children.length];
    const button = page.h('button', { type: 'button', class: 'nt-ghost', 'data-form': one.id }, `${one.before}＿${one.after}`);
    button.addEventListener('click', () => choose(one));
    forms.append(button);
  }
  [...forms.children].forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.form === value.form)));
  page.put($('.wrong-before'), form().before); page.put($('.wrong-after'), form().after);
  if (other || document.activeElement !== field) field.value = value.raw_name;
  names.replaceChildren(names.firstChild, ...form().names.map((name) => {
    const button = page.h('button', { type: 'button', class: 'nt-sample' }, name);
    button.addEventListener('click', () => { field.value = name; ask({ form: value.form, name }); });
    return button;
  }));
  page.put($('.wrong-said b'), value.said);
  page.put($('.wrong-said span'), page.t('wrongSure', { p: page.percent(value.p) }));
  const words = value.verdict === 'false' && value.truth ? page.t('wrongTruth', { truth: value.truth }) : page.t(`wrong_${value.verdict}`, { n: value.countries, name: value.name });
  page.put($('.wrong-judged'), words);
  page.kit.bars($('.wrong-bars'), value.bars, { rows: 5 });
  page.put($('.nt-wrong > .nt-unsure-told'), page.t('guessEntropy', { bits: value.entropy.toFixed(2), among: 2 ** value.entropy < 9.95 ? (2 ** value.entropy).toFixed(1) : Math.round(2 ** value.entropy).toLocaleString('en') }));
  Object.assign(element.dataset, { verdict: value.verdict, p: value.p, name: value.name, form: value.form });
});
