// The form: which text, how large, which beginning to watch. It folds away while a run goes on.
const $ = (selector) => element.querySelector(selector);
const form = $('form'), own = $('#own-text'), probe = $('#probe-text'), message = $('#train-message'), count = $('.nt-count'), start = $('#train-start');
const lessons = [...props.lessons, { id: 'own', title: page.words.ownTitle, about: null, probe: '', shares: [], parameters: props.own.parameters }];
const chosen = { lesson: lessons[0].id, size: props.sizes[0].id };
let asked = 0, said = null, touched = false, queue = [], giveUp;

const option = (group, id, kind) => {
  const input = page.h('input', { type: 'radio', name: `nt-${group}`, value: id });
  const node = page.h('label', { class: kind, 'data-id': id }, input);
  input.checked = chosen[group] === id;
  input.addEventListener('change', () => { chosen[group] = id; say(null); refresh(); if (id === 'own') own.focus(); });
  return node;
};
const lessonCards = lessons.map((lesson) => {
  const node = option('lesson', lesson.id, 'nt-lesson');
  node.append(page.h('b', {}), page.h('span', { class: 'nt-about' }));
  if (lesson.excerpt) node.append(page.h('q', { class: 'nt-excerpt' }, lesson.excerpt));
  if (lesson.shares.length) {
    const total = lesson.shares.reduce((sum, share) => sum + share.count, 0);
    node.append(page.h('span', { class: 'nt-after' }), page.h('span', { class: 'nt-shares' }, ...lesson.shares.map((share, i) =>
      page.h('i', { class: `share${i}`, style: `flex:${share.count / total}` }, share.word))), page.h('span', { class: 'nt-share-words' }));
  }
  return node;
});
const sizeCards = props.sizes.map((size) => {
  const node = option('size', size.id, 'nt-size');
  node.append(page.h('b', {}), page.h('small', {}));
  return node;
});
$('.nt-lessons').append(...lessonCards);
$('.nt-sizes').append(...sizeCards);

const current = () => lessons.find((one) => one.id === chosen.lesson);
const comma = (n) => n.toLocaleString('en');
const letters = () => [...own.value].length;
const opening = () => { const text = own.value.trim(); return /^[ -~]/.test(text) ? text.split(/\s+/).slice(0, 2).join(' ').slice(0, 20) : text.slice(0, 4).split('\n')[0]; };
const counted = () => {
  const n = letters();
  page.put(count, `${comma(n)} / ${comma(props.own.most)}`);
  count.classList.toggle('over', n > props.own.most || (n > 0 && n < props.own.least));
  if (chosen.lesson === 'own' && !touched) probe.value = opening();
};
const refresh = () => {
  lessonCards.forEach((node, i) => {
    const lesson = lessons[i], on = lesson.id === chosen.lesson, total = lesson.shares.reduce((sum, share) => sum + share.count, 0);
    node.classList.toggle('on', on);
    page.put(node.querySelector('b'), page.pick(lesson.title));
    page.put(node.querySelector('.nt-about'), lesson.about ? page.pick(lesson.about) : page.t('ownAbout', { least: comma(props.own.least), most: comma(props.own.most) }));
    if (!total) return;
    page.put(node.querySelector('.nt-after'), page.t('after', { text: lesson.after }));
    page.put(node.querySelector('.nt-share-words'), lesson.shares.map((share) =>
      page.t('shareOf', { word: share.word, count: share.count, share: `${Math.round((100 * share.count) / total)}%` })).join(page.lang === 'zh' ? '；' : '; '));
  });
  sizeCards.forEach((node, i) => {
    const size = props.sizes[i];
    node.classList.toggle('on', size.id === chosen.size);
    page.put(node.querySelector('b'), page.pick(size.title));
    page.put(node.querySelector('small'), page.t('sizeFacts', { n: page.compact(current().parameters[i]), layers: size.layers, block: size.block }));
  });
  $('.nt-own').hidden = chosen.lesson !== 'own';
  if (!touched) probe.value = chosen.lesson === 'own' ? opening() : current().probe;
  page.put($('.nt-start-hint'), props.seconds ? page.t('startHint', { n: props.seconds }) : page.t('startHintFree'));
  counted();
};
const say = (words) => { said = words; page.put(message, words ? page.pick(words) : ''); message.hidden = !words; };
const busy = (on) => {
  start.disabled = on;
  start.firstElementChild.dataset.t = on && chosen.lesson === 'own' ? 'sending' : 'start';
  page.translate(start.parentElement);
  clearTimeout(giveUp);
};
const patience = () => { clearTimeout(giveUp); giveUp = setTimeout(() => { busy(false); queue = []; page.toast(page.t('slow')); }, 20000); };

// A long text goes in parts, each after the answer to the one before; then the order itself.
const next = () => { const [name, data] = queue.shift(); asked += 1; patience(); if (name === 'send') trigger('send', { ...data, answer: asked }); else trigger('start', { ...data, answer: asked }); };
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (start.disabled) return;
  say(null);
  queue = [];
  if (chosen.lesson === 'own') {
    const parts = own.value.slice(0, 2 * props.own.most).match(new RegExp(`[^]{1,${props.part}}`, 'g')) ?? [''];
    parts.forEach((text, part) => queue.push(['send', { part, text }]));
  }
  queue.push(['start', { lesson: chosen.lesson, size: chosen.size, probe: probe.value }]);
  const size = props.sizes.find((one) => one.id === chosen.size);
  page.training.ordered = { lesson: current().title, size: size.title, probe: probe.value };
  busy(true);
  next();
});
own.addEventListener('input', () => { counted(); if (said) say(null); });
probe.addEventListener('input', () => { touched = probe.value.trim() !== ''; if (said) say(null); });
const receive = (value) => {
  if (value?.used !== undefined) { page.training.taken?.(value); return; }
  if (!value || value.answer !== asked) return;
  if (value.notice) { queue = []; busy(false); say(value.notice); message.scrollIntoView({ block: 'nearest' }); return; }
  if (queue.length) next(); else { busy(false); page.training.follow?.(value.token); }
};
page.training ??= { ordered: null, listeners: [] };
page.training.listeners.push((state) => { element.classList.toggle('folded', state !== 'none'); });
page.training.again = () => { element.classList.remove('folded'); say(null); refresh(); (lessonCards.find((node) => node.classList.contains('on')) ?? lessonCards[0]).querySelector('input').focus(); };
page.onLang(() => { refresh(); if (said) say(said); page.translate(element); });
page.translate(element);
refresh();
form.dataset.ready = 'true';
watch('value', () => receive(JSON.parse(props.value)));
