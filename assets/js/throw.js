// The dice: a strip from 0 to 100 % divided by p′ in bar order; the last throw and what came of it, in words.
const scene = page.scene(props.scene);
const $ = (selector) => element.querySelector(selector);
const strip = $('.nt-dice'), needle = $('.nt-needle'), last = $('.nt-last'), tiny = $('.nt-tiny'), told = $('.nt-told-throw');
let value = JSON.parse(props.value);

const number = (dice) => dice.toFixed(3);
const place = (share, digits = 1) => `${Number((share * 100).toFixed(digits))}`;
const render = (next) => {
  value = next;
  const filled = value.stretches.reduce((sum, one) => sum + one.q, 0);
  strip.replaceChildren(...value.stretches.map((one, i) => {
    const word = page.h('span', {});
    page.face(word, one);
    const node = page.h('i', { 'data-id': one.id, class: `tone${i % 2}${one.q < 0.012 ? ' thin' : ''}`, style: `flex-grow:${one.q}` }, one.q >= 0.09 ? word : null);
    node.title = `${page.name(one)} ${place(one.low)}–${place(one.low + one.q)}%`;
    return node;
  }));
  const rest = Math.max(0, 1 - filled);
  if (rest > 1e-6) strip.append(page.h('i', { class: 'rest', style: `flex-grow:${rest}` }, rest >= 0.16 ? page.h('span', {}, page.t('restShort')) : null));
  needle.hidden = true;
  const one = value.last;
  last.hidden = !one || one.how === 'linked';
  $('.nt-before').hidden = !last.hidden;
  page.put($('.nt-before'), page.t(value.greedy ? 'beforeGreedy' : 'beforeThrow'));
  strip.classList.toggle('off', value.greedy);
  if (last.hidden) return;
  const fine = one.high - one.low < 0.002 ? 3 : 1;
  const words = { token: page.name(one), dice: one.dice === null ? '' : number(one.dice), low: place(one.low, fine), high: place(one.high, fine), p: page.percent(one.p), q: page.percent(one.q) };
  page.put(told, page.t({ drawn: 'toldDrawn', greedy: 'toldGreedy', clicked: 'toldClicked' }[one.how], words));
  tiny.hidden = one.dice === null;
  if (one.dice !== null) {
    tiny.firstElementChild.style.left = `${one.low * 100}%`;
    tiny.firstElementChild.style.width = `${(one.high - one.low) * 100}%`;
    tiny.lastElementChild.style.left = `${one.dice * 100}%`;
  }
};
scene.throwDice = (dice, ms) => {
  needle.hidden = false;
  needle.style.left = `${dice * 100}%`;
  needle.lastElementChild.textContent = number(dice);
  return needle.animate([{ left: '0%' }, { left: '100%', offset: 0.45 }, { left: `${dice * 100}%` }], { duration: ms, easing: 'cubic-bezier(.3,.1,.2,1)' }).finished;
};
scene.markStretch = (id) => strip.querySelector(`[data-id="${Number(id)}"]`)?.classList.add('hit');
page.onLang(() => render(value));
page.translate(element);
scene.register('throw', render, value);
watch('value', () => scene.receive('throw', JSON.parse(props.value)));
