// The settings that are folded away. Only what was touched is sent; the rest the server fills in, and shows here.
const settings = (() => {
  const self = { touched: {}, shown: {}, tokens: 0, changed: () => {} };
  const box = element.querySelector('.nt-settings'), told = element.querySelector('.nt-changed'), fields = {};
  const rounded = (n) => String(n >= 10 ? Math.round(n) : +n.toPrecision(2));
  const perStep = () => self.shown.batch_size * self.shown.block_size;
  const row = (name, title, note, input) => {
    const id = `set-${name.replaceAll('_', '-')}`;
    input.id = id;
    const node = page.h('div', { class: `nt-setting ${input.type === 'checkbox' ? 'switch' : ''}`, 'data-name': name },
      page.h('label', { for: id }, page.h('b', {})), input, page.h('small', { id: `${id}-note` }));
    input.setAttribute('aria-describedby', `${id}-note`);
    box.append(node);
    fields[name] = { node, input, title, note };
    return input;
  };
  const value = (control, input) => {
    if (control.kind === 'switch') return input.checked;
    const number = Number(input.value);
    return input.value.trim() === '' || !Number.isFinite(number) ? null : number;
  };
  for (const control of props.controls) {
    const input = page.h('input', control.kind === 'switch' ? { type: 'checkbox' }
      : { type: 'number', min: control.low, max: control.high, step: control.kind === 'int' ? 1 : 'any', inputmode: 'decimal', autocomplete: 'off' });
    row(control.name, control.title, control.note, input).addEventListener('change', () => {
      const now = value(control, input);
      if (now === null) delete self.touched[control.name];  // emptied: as the lesson has it
      else self.touched[control.name] = now;
      self.changed();
    });
    if (control.name !== 'steps') continue;
    const epochs = row('epochs', props.epochs.title, props.epochs.note, page.h('input', { type: 'number', min: 0, step: 'any', inputmode: 'decimal', autocomplete: 'off' }));
    epochs.addEventListener('change', () => {
      const now = Number(epochs.value);
      if (!(now > 0) || !self.tokens || !perStep()) return;
      self.touched.steps = Math.max(1, Math.round((now * self.tokens) / perStep()));
      self.changed();
    });
    epochs.addEventListener('blur', () => self.refresh());  // as many as whole steps make
  }
  self.show = (values, tokens) => { self.shown = { ...values, ...self.touched }; self.tokens = tokens; self.refresh(); };
  self.refresh = () => {
    for (const [name, { node, input, title, note }] of Object.entries(fields)) {
      page.put(node.querySelector('b'), page.pick(title));
      page.put(node.querySelector('small'), page.pick(note));
      node.classList.toggle('touched', name in self.touched);
      if (input === document.activeElement && input.type === 'number') continue;  // an answer must not take what is being typed
      if (name === 'epochs') input.value = self.tokens && perStep() ? rounded((self.shown.steps * perStep()) / self.tokens) : '';
      else if (input.type === 'checkbox') input.checked = Boolean(self.shown[name]);
      else input.value = self.shown[name] ?? '';
    }
    const n = Object.keys(self.touched).length;
    page.put(told, n ? page.t('settingsChanged', { n }) : '');
    element.querySelector('#settings-reset').hidden = n === 0;
  };
  self.reset = () => { self.touched = {}; };
  element.querySelector('#settings-reset').addEventListener('click', () => { self.reset(); self.changed(); });
  return self;
})();
