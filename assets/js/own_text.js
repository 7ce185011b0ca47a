// A text of one's own: typed, pasted, or a file that is read here and sent as bytes. `own` is what the form knows of it.
const own = (() => {
  const box = element.querySelector('.nt-own'), field = element.querySelector('#own-text'), chooser = element.querySelector('#own-file');
  const card = element.querySelector('.nt-file'), count = element.querySelector('.nt-count');
  const self = { field, file: null, sent: false, version: 0, changed: () => {}, refused: () => {}, chosen: () => {} };
  const comma = (n) => n.toLocaleString('en');
  const base64 = (bytes) => {
    let letters = '';
    for (let i = 0; i < bytes.length; i += 0x8000) letters += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(letters);
  };
  const letters = () => [...field.value].length;
  self.opening = () => {
    const text = (self.file ? self.file.lines?.[0]?.replace(/⟨U\+[0-9A-F]+⟩/g, '') ?? '' : field.value).trim();   // a sign for a hidden mark is no text
    return /^[ -~]/.test(text) ? text.split(/\s+/).slice(0, 2).join(' ').slice(0, 20) : text.slice(0, 4).split('\n')[0];
  };
  self.refresh = () => {
    const n = letters();
    page.put(count, `${comma(n)}`);
    count.classList.toggle('over', n > 0 && n < props.own.least);
    field.hidden = self.file !== null;
    count.hidden = field.hidden;
    card.hidden = self.file === null;
    if (!self.file) return;
    page.put(card.querySelector('b'), self.file.name);
    page.put(card.querySelector('span'), self.file.characters ? page.t('ownRead', { n: comma(self.file.characters), encoding: self.file.encoding }) : page.t('ownReading'));
    card.querySelector('.nt-file-lines').replaceChildren(...(self.file.lines ?? []).map((line) => page.h('p', {}, line)));
  };
  // What the server is to have: the bytes, or null with a sentence if they are too many to send.
  self.message = () => {
    const bytes = self.file ? self.file.bytes : new TextEncoder().encode(field.value);
    if (bytes.length <= props.own.most) return { bytes: base64(bytes), typed: !self.file };
    self.refused(page.both('ownTooLong', { most: comma(props.own.most), count: comma(bytes.length) }));
    return null;
  };
  self.told = (value) => { if (self.file) Object.assign(self.file, { lines: value.lines, characters: value.characters, encoding: value.encoding }); self.refresh(); };
  self.countable = () => !self.file && field.value.length >= props.own.least && field.value.length <= props.own.most / 3;  // surely small enough to send
  self.drop = () => { self.file = null; self.sent = false; self.version += 1; chooser.value = ''; self.refresh(); self.changed(); };
  const take = async (file) => {
    if (!file) return;
    if (file.size > props.own.most) { chooser.value = ''; self.refused(page.both('ownTooLong', { most: comma(props.own.most), count: comma(file.size) })); return; }
    let bytes;
    try { bytes = new Uint8Array(await file.arrayBuffer()); }
    catch { self.refused(page.both('ownUnreadable', {})); return; }
    self.file = { name: file.name.slice(0, 80), bytes };
    self.sent = false;
    self.version += 1;
    self.refresh();
    self.chosen();
  };
  chooser.addEventListener('change', () => take(chooser.files[0]));
  box.addEventListener('dragover', (event) => { event.preventDefault(); box.classList.add('over'); });
  box.addEventListener('dragleave', () => box.classList.remove('over'));
  box.addEventListener('drop', (event) => {
    box.classList.remove('over');
    if (!event.dataTransfer.files.length) return;  // text that is dragged falls into the field as usual
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
  element.querySelector('#own-file-drop').addEventListener('click', self.drop);
  field.addEventListener('input', () => { self.sent = false; self.version += 1; self.refresh(); self.changed(); });
  return self;
})();
