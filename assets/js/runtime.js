// What every component of the page shares: languages, safe text, percentages, toasts, tips, and scenes.
// Runs once, inside the header. Text only ever enters the document through textContent and setAttribute.
const page = window.nextToken;
const listeners = [];
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* private mode: forget */ } },
};

page.words = props.words;
page.store = store;
page.still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
page.wait = (ms) => new Promise((done) => setTimeout(done, ms));

// ---- languages -------------------------------------------------------------------------------------------
page.pick = (text) => (text ? text[page.lang] ?? text.zh : '');
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
page.t = (key, values = {}) => fill(page.pick(page.words[key]), values);
page.both = (key, values = {}) => ({ zh: fill(page.words[key].zh, values), en: fill(page.words[key].en, values) });   // for words that stay when the language changes
page.translate = (root) => {
  for (const [attribute, target] of [['data-t', null], ['data-t-label', 'aria-label'], ['data-t-title', 'title']]) {
    for (const node of root.querySelectorAll(`[${attribute}]`)) {
      const words = page.t(node.getAttribute(attribute));
      if (target) node.setAttribute(target, words);
      else if (node.textContent !== words) node.textContent = words;
    }
  }
};
page.onLang = (listener) => { listeners.push(listener); };
page.setLang = (lang) => {
  page.lang = lang === 'en' ? 'en' : 'zh';
  store.set('next-token-lang', page.lang);
  document.documentElement.lang = page.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = page.t('title');
  page.translate(document);
  listeners.forEach((listener) => listener(page.lang));
  window.dispatchEvent(new CustomEvent('next-token-lang', { detail: page.lang }));
};
const asked = new URLSearchParams(location.search).get('lang') ?? new URLSearchParams(location.hash.slice(1)).get('lang');
const known = ['zh', 'en'].includes(asked) ? asked : store.get('next-token-lang');
page.lang = known ?? (/^zh/i.test(navigator.language || 'zh') ? 'zh' : 'en');

// ---- building nodes --------------------------------------------------------------------------------------
page.h = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};
page.face = (node, token) => {  // a token's pieces: what can be read, and signs for what cannot be seen
  if (token.end) { node.textContent = page.t(token.at === 0 ? 'beginning' : 'ending'); node.classList.add('nt-special'); return; }
  node.classList.remove('nt-special');
  node.replaceChildren(...token.s.map(([text, mark]) => (mark ? page.h('i', { class: 'nt-mark' }, text) : document.createTextNode(text))));
};
page.name = (token) => (token.end ? page.t(token.at === 0 ? 'beginning' : 'ending') : token.label);
page.put = (node, text) => { if (node.textContent !== text) node.textContent = text; };

// ---- numbers ---------------------------------------------------------------------------------------------
page.percent = (p) => {
  if (p === 0) return '0%';
  if (p === 1) return '100%';
  if (p > 0.9995) return '>99.9%';
  if (p >= 0.0005) return `${(p * 100).toFixed(1)}%`;
  if (p >= 0.00005) return `${(p * 100).toFixed(2)}%`;
  return '<0.01%';
};
page.compact = (n) => {
  if (page.lang === 'zh') return n >= 1e8 ? `${+(n / 1e8).toFixed(1)} 亿` : n >= 1e4 ? `${Math.round(n / 1e4)} 万` : String(n);
  return n >= 1e9 ? `${+(n / 1e9).toFixed(1)}B` : n >= 1e6 ? `${+(n / 1e6).toFixed(1)}M` : n >= 1e3 ? `${Math.round(n / 1e3)}K` : String(n);
};

// ---- one toast, one tip ----------------------------------------------------------------------------------
const toast = page.h('div', { class: 'nt-toast', role: 'status', 'aria-live': 'polite', id: 'nt-toast' });
const tip = page.h('div', { class: 'nt-tip', role: 'tooltip', id: 'nt-tip' });
document.body.append(toast, tip);
let toasting;
page.toast = (words) => {
  toast.textContent = typeof words === 'string' ? words : page.pick(words);
  toast.classList.add('on');
  clearTimeout(toasting);
  toasting = setTimeout(() => toast.classList.remove('on'), 4500);
};
page.tip = (root, selector, lines) => {
  const show = (event) => {
    const node = event.target.closest?.(selector);
    const said = node && root.contains(node) ? lines(node) : null;
    if (!said) { tip.classList.remove('on'); return; }
    tip.replaceChildren(...said.filter(Boolean).map((line, i) => page.h(i ? 'span' : 'b', {}, line)));
    const zoom = page.zoom(), box = node.getBoundingClientRect();
    tip.classList.add('on');
    const width = tip.offsetWidth, left = (box.left + box.width / 2) / zoom - width / 2;
    tip.style.left = `${Math.max(8, Math.min(left, innerWidth / zoom - width - 8))}px`;
    tip.style.top = `${box.bottom / zoom + 8}px`;
  };
  const hide = () => tip.classList.remove('on');
  root.addEventListener('pointerover', (event) => { if (event.pointerType !== 'touch') show(event); });
  root.addEventListener('pointerleave', hide);
  root.addEventListener('focusin', (event) => { if (event.target.matches(':focus-visible')) show(event); });
  root.addEventListener('focusout', hide);
  root.addEventListener('click', hide);
  page.hideTip = hide;
};
page.zoom = () => (document.body.classList.contains('nt-projector') ? parseFloat(getComputedStyle(document.body).zoom) || 1 : 1);

// ---- keys: never while someone types or composes ---------------------------------------------------------
page.keys = (owner, handler) => document.addEventListener('keydown', (event) => {
  if (!owner.isConnected || !owner.offsetParent || event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest?.('input,textarea,select,[contenteditable]');
  if (field && field.type !== 'range' && field.type !== 'checkbox') return;
  handler(event);
});

// ---- scenes: components that are fed together ------------------------------------------------------------
// A scene sends one action at a time and hands all parts of the reply out at once, after `play` has shown the move.
const scenes = {};
page.scene = (name) => (scenes[name] ??= makeScene());
function makeScene() {
  const parts = {}, fresh = {}, waiting = [], followers = [];
  const scene = { busy: false, values: {}, play: null };
  let giveUp, count = 0, playing = null, ready = false;
  const eager = [];
  scene.register = (part, render, first) => {
    parts[part] = render;
    scene.values[part] = first;
    render(first);
    if (ready || !props.parts.every((one) => one in parts)) return;
    ready = true;
    document.body.dataset.ready = 'true';
    eager.splice(0).forEach((act) => setTimeout(act, 0));
  };
  scene.follow = (follower) => { followers.push(follower); };   // called whenever all parts show something new
  scene.whenReady = (act) => { if (ready) act(); else eager.push(act); };
  const handOut = (values) => {
    Object.assign(scene.values, values);
    for (const [part, value] of Object.entries(values)) parts[part]?.(value);
    followers.forEach((follow) => follow());
  };
  const settle = () => {
    scene.busy = false; clearTimeout(giveUp);
    const next = waiting.shift();
    if (next) scene.send(...next);
  };
  scene.receive = (part, value) => {
    fresh[part] = value;
    const same = (one) => fresh[one]?.answer === value.answer && fresh[one]?.version === value.version;
    if (!props.parts.every(same)) return;
    const values = { ...fresh };
    if (value.answer < 0) { scene.stop?.(); handOut(values); return; }   // not an answer: another model was brought in
    if (value.answer !== count || !scene.busy) return;   // too late: its action was given up
    const move = values.strip?.move;
    const done = () => { playing = null; handOut(values); scene.done?.(values); };
    if (!scene.play || !move) { done(); settle(); return; }
    playing = { skip: null };
    scene.play(move, values, playing).then(done);
    settle();
  };
  const wait = (trigger, name, data) => {   // while an answer is on its way
    if (name === 'pick' || name === 'back') return;   // these name the step on the screen, which is about to pass
    const last = waiting.at(-1);
    if (name === 'turn' && last?.[1] === 'turn') Object.assign(last[2].values, data.values);
    else if (waiting.length < 9) waiting.push([trigger, name, data]);
  };
  scene.skip = () => playing?.skip?.();
  scene.playing = () => playing !== null;
  scene.send = (trigger, name, data = {}) => {
    if (scene.busy) { wait(trigger, name, data); return; }
    if (playing) { scene.skip(); queueMicrotask(() => scene.send(trigger, name, data)); return; }
    scene.busy = true; count += 1;
    clearTimeout(giveUp);
    giveUp = setTimeout(() => { page.toast(page.t('slow')); scene.busy = false; waiting.length = 0; scene.failed?.(); }, 15000);
    const { version, length } = scene.values.strip ?? {};
    trigger(name, { ...data, answer: count, version: data.version ?? version, length: data.length ?? length });
  };
  return scene;
}
