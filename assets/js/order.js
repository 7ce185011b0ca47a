// The form: which text, how large, which beginning to watch. It folds away while a run goes on.
const $ = (selector) => element.querySelector(selector);
const form = $('form'), probe = $('#probe-text'), message = $('#train-message'), start = $('#train-start'), share = $('#share'), estimate = $('#estimate');
const OWN = { id: 'own', title: page.words.ownTitle, aim: page.words.ownAbout, probe: '', probes: [], shares: [], size: 'small', wrong: false, ...props.own.facts };
const lessons = [...props.lessons, OWN];
const chosen = { lesson: lessons[0].id, size: lessons[0].size };
let said = null, touched = false, weighed = null;

// One question at a time goes to the server; a newer weighing takes the place of one that still waits.
const waiting = [];
let asking = null, asked = 0, giveUp;
const ask = (name, data, then) => {
  const at = name === 'weigh' ? waiting.findIndex((one) => one.name === 'weigh') : -1;
  if (at >= 0) waiting[at] = { name, data, then }; else waiting.push({ name, data, then });
  next();
};
const next = () => {
  if (asking || !waiting.length) return;
  asking = waiting.shift();
  asked += 1;
  clearTimeout(giveUp);
  giveUp = setTimeout(late, 20000);
  const data = { ...(typeof asking.data === 'function' ? asking.data() : asking.data), answer: asked };
  if (asking.name === 'send') trigger('send', data); else if (asking.name === 'weigh') trigger('weigh', data); else trigger('start', data);
};
const late = () => {  // an estimate can be done without; whatever else did not arrive is for the learner to send again
  const { name } = asking;
  asking = null;
  if (name !== 'weigh') { waiting.length = 0; busy(false); page.toast(page.t('slow')); }
  next();
};
const receive = (value) => {
  if (value?.used !== undefined) { page.training.taken?.(value); return; }
  if (!value || !asking || value.answer !== asked) return;
  const { then } = asking;
  asking = null;
  clearTimeout(giveUp);
  then(value);
  next();
};

const current = () => lessons.find((one) => one.id === chosen.lesson);
const comma = (n) => n.toLocaleString('en');
const option = (group, id, kind, pick) => {
  const input = page.h('input', { type: 'radio', name: `nt-${group}`, value: id });
  const node = page.h('label', { class: kind, 'data-id': id }, input);
  input.addEventListener('change', () => pick(id));
  return node;
};
const lessonCards = lessons.map((lesson) => {
  const node = option('lesson', lesson.id, 'nt-lesson', chooseLesson);
  node.classList.toggle('wrong', lesson.wrong);
  node.append(page.h('b', {}), page.h('span', { class: 'nt-about' }));
  return node;
});
const sizeCards = props.sizes.map((size) => {
  const node = option('size', size.id, 'nt-size', (id) => { chosen.size = id; say(null); refresh(); weigh(); });
  node.append(page.h('b', {}), page.h('small', {}));
  return node;
});
$('.nt-lessons').append(...lessonCards);
$('.nt-sizes').append(...sizeCards);
const shareNodes = lessons[0].shares.map((one, i) => page.h('i', { class: `share${i}` }, one.word));
$('.nt-shares').append(...shareNodes);
share.value = props.share;

function chooseLesson(id) {
  chosen.lesson = id;
  chosen.size = current().size;
  touched = false;
  settings.reset();
  say(null);
  refresh();
  weigh();
  if (id === 'own') own.field.focus();
}
const usual = () => (chosen.lesson === 'own' ? props.own.settings : current().settings)[chosen.size];
const order = () => ({ lesson: chosen.lesson, size: chosen.size, probe: probe.value, share: Number(share.value), settings: settings.touched });

// ---- what it will take: the server reckons, here it is only said --------------------------------------------------
let soon, again;  // timers
const weigh = () => {
  weighed = null;
  settings.show(usual(), current().tokens);
  estimated();
  clearTimeout(soon);
  soon = setTimeout(weighNow, 120);
};
const weighNow = () => ask('weigh', order, (value) => {
  weighed = value;
  if (value.settings) settings.show(value.settings, value.tokens);
  clearTimeout(again);
  if (value.measuring) again = setTimeout(() => { if (element.isConnected && form.offsetParent) weighNow(); }, 1500);
  refresh();
});
const estimated = () => {
  const refused = weighed?.notice;
  estimate.classList.toggle('over', Boolean(refused));
  if (refused) page.put(estimate, page.pick(refused));
  else if (weighed?.seconds) page.put(estimate, page.t(weighed.epochs === null ? 'estimateUnread' : 'estimate', { seconds: comma(Math.max(1, Math.round(weighed.seconds))), epochs: weighed.epochs === null ? '' : weighed.epochs >= 10 ? Math.round(weighed.epochs) : +weighed.epochs.toPrecision(2), memory: comma(Math.round(weighed.memory / 1e6)) }));
  else page.put(estimate, page.t('estimating'));
};

// ---- what is drawn ------------------------------------------------------------------------------------------------
const shares = () => {
  const lesson = current(), total = lesson.shares.reduce((sum, one) => sum + one.count, 0), per = Number(share.value);
  $('.nt-mix').hidden = !total;
  if (!total) return;
  const counts = [100 - per, per].map((one) => Math.round((total * one) / 100));  // the second word is the slider's
  page.put($('.nt-after'), page.t('shareTitle', { text: lesson.probe, word: lesson.shares[1].word }));
  page.put($('#share-says'), `${per}%`);
  share.style.setProperty('--at', `${per}%`);
  shareNodes.forEach((node, i) => { node.style.flex = counts[i]; node.hidden = counts[i] === 0; });
  page.put($('.nt-share-words'), lesson.shares.map((one, i) =>
    page.t('shareOf', { word: one.word, count: counts[i], share: `${Math.round((100 * counts[i]) / total)}%` })).join(page.lang === 'zh' ? '；' : '; '));
};
const reading = () => {
  const lesson = current(), isOwn = chosen.lesson === 'own';
  $('.nt-own').hidden = !isOwn;
  $('.nt-reading').hidden = isOwn || lesson.shares.length > 0;
  page.put($('.nt-excerpt'), lesson.excerpt ?? '');
  page.put($('.nt-reading-note'), isOwn ? '' : page.t('reading', { n: comma(lesson.characters) }));
};
const refresh = () => {
  lessonCards.forEach((node, i) => {
    const on = lessons[i].id === chosen.lesson;
    node.classList.toggle('on', on);
    node.querySelector('input').checked = on;
    page.put(node.querySelector('b'), page.pick(lessons[i].title));
    page.put(node.querySelector('.nt-about'), page.pick(lessons[i].aim).replace('{least}', comma(props.own.least)));
  });
  sizeCards.forEach((node, i) => {
    const size = props.sizes[i], on = size.id === chosen.size;
    node.classList.toggle('on', on);
    node.querySelector('input').checked = on;
    page.put(node.querySelector('b'), page.pick(size.title));
    page.put(node.querySelector('small'), page.t('sizeFacts', { n: page.compact((weighed?.parameters ?? current().parameters)[i]), layers: size.layers, block: size.block }));
  });
  if (!touched) probe.value = chosen.lesson === 'own' ? own.opening() : page.lang === 'en' ? current().probe_en : current().probe;
  $('.nt-probes').replaceChildren(...current().probes.map((text) => {
    const button = page.h('button', { type: 'button', class: 'nt-sample' }, text);
    button.classList.toggle('on', probe.value === text);
    button.addEventListener('click', () => { probe.value = text; touched = true; refresh(); probe.focus(); });
    return button;
  }));
  page.put($('.nt-start-hint'), props.seconds ? page.t('startHint', { n: props.seconds }) : page.t('startHintFree'));
  shares(); reading(); own.refresh(); settings.refresh(); estimated();
};
const say = (words) => { said = words; page.put(message, words ? page.pick(words) : ''); message.hidden = !words; };
const refused = (words) => { waiting.length = 0; busy(false); say(words); message.scrollIntoView({ block: 'nearest' }); };
const busy = (on) => {
  start.disabled = on;
  start.firstElementChild.dataset.t = on && chosen.lesson === 'own' ? 'sending' : 'start';
  page.translate(start.parentElement);
};

// ---- sending ------------------------------------------------------------------------------------------------------
const send = (then, fail) => {
  const data = own.message();
  if (!data) return;
  const { version } = own;
  ask('send', data, (value) => {
    if (value.notice) { own.sent = false; (fail ?? refused)(value.notice); return; }
    own.sent = version === own.version;
    own.told(value);
    then();
  });
};
const go = () => ask('start', order(), (value) => {
  busy(false);
  if (value.notice) { refused(value.notice); return; }
  own.sent = false;  // the server forgets it with the order
  page.training.follow?.(value.token);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (start.disabled) return;
  say(null);
  const size = props.sizes.find((one) => one.id === chosen.size);
  page.training.ordered = { lesson: current().title, size: size.title, probe: probe.value };
  busy(true);
  if (chosen.lesson === 'own' && !own.sent) send(go); else go();
});
let pausing;
own.changed = () => {  // after a pause in typing the server counts the text, so that the estimate is of this one
  say(null);
  if (!touched) probe.value = own.opening();
  clearTimeout(pausing);
  pausing = setTimeout(() => { if (!start.disabled && !own.sent && own.countable()) send(weigh, () => {}); }, 1500);
};
own.refused = (words) => refused(words);
own.chosen = () => { say(null); send(() => { refresh(); weigh(); }, (words) => { own.drop(); refused(words); }); };
settings.changed = () => { say(null); weigh(); };
share.addEventListener('input', () => { say(null); shares(); });
probe.addEventListener('input', () => { touched = probe.value.trim() !== ''; if (said) say(null); });
page.training ??= { ordered: null, listeners: [] };
page.training.listeners.push((state) => { element.classList.toggle('folded', state !== 'none'); });
page.training.again = () => { element.classList.remove('folded'); say(null); refresh(); weigh(); (lessonCards.find((node) => node.classList.contains('on')) ?? lessonCards[0]).querySelector('input').focus(); };
page.onLang(() => { refresh(); if (said) say(said); page.translate(element); });
page.translate(element);
refresh();
weigh();
form.dataset.ready = 'true';
watch('value', () => receive(JSON.parse(props.value)));
