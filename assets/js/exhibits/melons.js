// Ten melons, what the model says of each, and its three parameters, at the step where the slider stands.
const body = $('tbody'), slider = $('input[type=range]'), tasks = [...element.querySelectorAll('[data-task]')];
let task = 'ripe';
tasks.forEach((node) => node.addEventListener('click', () => ask({ task: node.dataset.task, at: 0 })));
slider.addEventListener('input', () => ask({ task, at: Number(slider.value) }));
const signed = (n) => `${n >= 0 ? '+' : '−'}${Math.abs(n).toFixed(2)}`;
const FEATURES = ['tenMelonsColour', 'tenMelonsRoot', 'tenMelonsKnock'];
const truth = (one) => (one.truth === null ? page.t('tenMelonsNone') : task === 'ripe' ? page.t(`tenMelonsRipe${one.truth}`) : page.t('tenMelonsDegrees', { n: signed(one.truth) }));
const says = (n) => (task === 'groups' ? page.t('tenMelonsGroup', { n: n + 1 }) : task === 'ripe' ? page.t('tenMelonsRipeP', { p: page.percent(n) }) : page.t('tenMelonsDegrees', { n: signed(n) }));
live((value) => {
  task = value.task;
  tasks.forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.task === task)));
  slider.max = value.last; if (document.activeElement !== slider) slider.value = value.at;
  slider.style.setProperty('--at', value.last ? value.at / value.last : 1);
  const steps = page.t(task === 'groups' ? 'tenMelonsRound' : 'tenMelonsStep', { n: value.at, all: value.last });
  page.put($('.mel-step'), steps); slider.setAttribute('aria-valuetext', steps); slider.setAttribute('aria-label', steps);
  page.put($('.mel-loss'), value.loss === null ? '' : page.t('tenMelonsLoss', { n: value.loss.toFixed(3) }));
  body.replaceChildren(...value.melons.map((one, i) => {
    const share = task === 'ripe' ? one.says : task === 'groups' ? one.says : Math.max(0, Math.min(1, (one.says + 3) / 6));
    const cell = page.h('td', { class: 'says' }, says(one.says));
    cell.style.setProperty('--w', share);
    return page.h('tr', { 'data-group': task === 'groups' ? one.says : '' }, page.h('th', {}, String(i + 1)), ...one.features.map((on, f) => page.h('td', { class: on > 0 ? 'on' : '' }, page.t(`${FEATURES[f]}${on > 0 ? 1 : 0}`))), page.h('td', {}, truth(one)), cell);
  }));
  page.put($('.nt-mel-weights'), value.weights ? `${page.t('tenMelonsWeights')}: ${value.weights.map((w, i) => `${page.t(FEATURES[i])} ${signed(w)}`).join(' · ')}` : '');
  page.put($('.mel-new'), value.new === null ? '' : `${page.t('tenMelonsNew')} ${says(value.new)}`);
  Object.assign(element.dataset, { task, at: value.at });
});
