// The sentence: token chips and a blinking blank; edited in place. Click a chip: back to the moment it was guessed.
const scene = page.scene(props.scene);
const $ = (selector) => element.querySelector(selector);
const line = $('.nt-sentence'), editor = $('.nt-editor'), field = $('textarea'), message = $('.nt-message');
const count = $('.nt-count'), made = $('.nt-legend');
let value = JSON.parse(props.value);

const blank = page.h('button', { type: 'button', id: props.blank, class: 'nt-blank', 'data-t-label': 'blank' },
  page.h('span', { class: 'nt-face' }), page.h('small', {}, '?'));

const size = (chips) => {
  const letters = chips.reduce((sum, chip) => sum + Math.max(1.4, [...chip.label].reduce((n, c) => n + (c < '\u2e80' ? 0.6 : 1), 0.6)), 0);
  return letters <= 17 ? 'xl' : letters <= 34 ? 'l' : letters <= 110 ? 'm' : 's';
};

const draw = (chip) => page.h('button', { type: 'button', class: 'nt-chip' }, page.h('span', { class: 'nt-face' }), page.h('small', {}));
const dress = (node, chip) => {
  const key = JSON.stringify([chip, page.lang]);
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  Object.assign(node.dataset, { at: chip.at, ids: chip.ids.join(' '), label: chip.label, how: chip.how ?? '', made: chip.made ? '1' : '' });
  node.classList.toggle('begin', chip.end);
  node.classList.toggle('made', chip.made);
  node.classList.toggle('half', !chip.whole);
  node.classList.toggle('gone', chip.gone);
  node.style.setProperty('--p', chip.p ?? 0);
  page.face(node.firstChild, chip);
  node.lastChild.textContent = chip.ids.length > 2 ? `${chip.ids[0]} +${chip.ids.length - 1}` : chip.ids.join(' ');
  const said = page.t('chip', { token: page.name(chip), id: chip.ids.join(', ') });
  node.setAttribute('aria-label', chip.p === null ? said : `${said}, ${page.percent(chip.p)}`);
};

const render = (next) => {
  value = next;
  line.dataset.size = size(value.chips);
  value.chips.forEach((chip, i) => {
    let node = line.children[i];
    if (!node || node === blank) { node = draw(chip); line.insertBefore(node, blank.isConnected ? blank : null); }
    if (node.dataset.ids && node.dataset.ids !== chip.ids.join(' ')) node.classList.remove('new');
    dress(node, chip);
    node.chip = chip;
  });
  while (line.children.length > value.chips.length && line.children[value.chips.length] !== blank) line.children[value.chips.length].remove();
  if (!blank.isConnected) line.append(blank);
  if (value.move) { const last = blank.previousElementSibling; last.classList.remove('new'); void last.offsetWidth; last.classList.add('new'); }
  blank.firstChild.replaceChildren();
  made.hidden = value.made === 0;
  made.querySelector('em').hidden = value.clicked === 0;
  line.dataset.version = value.version; line.dataset.length = value.length; line.dataset.ready = 'true';
  $('#undo').disabled = $('#reset').disabled = !value.undo;
  $('.nt-gone').hidden = value.gone === 0;
  page.put($('.nt-gone'), page.t('gone', { n: value.gone, block: value.block }));
  if (value.notice) {
    if (value.draft !== null && value.draft !== undefined) { open(value.draft); say(value.notice); } else page.toast(value.notice);
  } else if (editor.dataset.sent) close();
  delete editor.dataset.sent;
  line.scrollTop = line.scrollHeight;
};

// ---- editing ---------------------------------------------------------------------------------------------
let said = null;
const say = (words) => { said = words; page.put(message, words ? page.pick(words) : ''); message.hidden = !words; };
const grow = () => {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, 260)}px`;
  const n = [...field.value].length;
  page.put(count, `${n.toLocaleString('en')} / ${(2000).toLocaleString('en')}`);
  count.classList.toggle('over', n > 2000);
};
const open = (text) => {
  if (editor.hidden) { editor.hidden = false; element.classList.add('editing'); }
  field.value = text; say(null); grow(); field.focus(); field.setSelectionRange(text.length, text.length);
};
const close = () => { editor.hidden = true; element.classList.remove('editing'); say(null); };
const take = () => {
  const n = [...field.value].length;
  if (n > 2000) { say(page.both('tooLong', { n: n.toLocaleString('en') })); return; }   // a long paste would be too large a request to be answered at all
  editor.dataset.sent = '1'; scene.stop?.(); scene.send(trigger, 'edit', { text: field.value });
};
$('.nt-edit').addEventListener('click', () => open(value.text));
line.addEventListener('click', (event) => {
  const node = event.target.closest('.nt-chip');
  scene.stop?.();
  if (node) { if (event.detail) node.blur(); scene.send(trigger, 'back', { at: Number(node.dataset.at) }); } else open(value.text);
});
field.addEventListener('input', () => { grow(); if (said) say(null); });
field.addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229) return;   // an input method is at work: its Enter is not ours
  if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); take(); }
  if (event.key === 'Escape') { event.preventDefault(); close(); $('.nt-edit').focus(); }
});
$('.nt-take').addEventListener('click', take);
$('.nt-cancel').addEventListener('click', close);
props.samples.forEach((sample) => {
  const node = page.h('button', { type: 'button', class: 'nt-sample' }, sample);
  node.addEventListener('click', () => { field.value = sample; take(); });
  $('.nt-samples').append(node);
});
const redo = { undo: $('#undo'), reset: $('#reset') };
const send = (name) => { scene.stop?.(); scene.send(trigger, name); };
redo.undo.addEventListener('click', (event) => { if (event.detail) redo.undo.blur(); send('undo'); });
redo.reset.addEventListener('click', (event) => { if (event.detail) redo.reset.blur(); send('reset'); });
page.keys(element, (event) => {
  if (event.key.toLowerCase() === 'e') { event.preventDefault(); open(value.text); }
  if (event.key === 'Backspace' && value.undo) { event.preventDefault(); send('undo'); }
});

// ---- a look at a candidate in the blank, before it is chosen ---------------------------------------------
scene.preview = (token) => {
  if (token) page.face(blank.firstChild, token); else blank.firstChild.replaceChildren();
  blank.classList.toggle('peek', Boolean(token));
};
scene.blank = blank;
page.tip(line, '.nt-chip', (node) => {
  const chip = node.chip;
  return [page.name(chip), page.t('tipId', { id: chip.ids.join(' ') }), chip.hex ? page.t('tipBytes', { hex: chip.hex }) : page.t('tipNoBytes'),
    chip.p === null ? null : page.t('tipP', { p: page.percent(chip.p) }), chip.at === 0 ? null : page.t('tipBack')];
});
page.onLang(() => { render({ ...value, notice: null, move: null }); if (said) say(said); });
page.translate(element);
if (props.scene) scene.register('strip', render, value);
watch('value', () => scene.receive('strip', JSON.parse(props.value)));

// A link that someone sent: the part after # says where to begin.
const hash = location.hash.slice(1);
if (/(^|&)(text|ids|picks|temperature|top_k|top_p|greedy|seed|rows)=/.test(hash)) scene.whenReady(() => scene.send(trigger, 'follow', { link: hash }));
