// What the components of a run share: its records, which of them is looked at, and the runs of this session.
const training = (page.training ??= { ordered: null, listeners: [] });
const lab = (training.lab ??= makeLab());
function makeLab() {
  const KEY = 'next-token-runs', MOST = 6;
  let runs = [];
  try { runs = JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { /* private mode: forget */ }
  const self = { head: null, records: [], at: 0, live: true, framed: false, runs, overlay: new Set(), listeners: [] };
  self.tell = () => self.listeners.forEach((listener) => listener());
  self.record = () => self.records[self.at] ?? null;
  self.last = () => self.records.length - 1;
  self.go = (i) => { self.at = Math.max(0, Math.min(i, self.last())); self.live = self.at === self.last(); self.tell(); };
  self.run = (token) => self.runs.find((one) => one.token === token);
  self.save = () => { try { sessionStorage.setItem(KEY, JSON.stringify(self.runs)); } catch { /* no room, or private mode */ } };
  self.remember = (token, more) => {   // the runs that one started here, newest last
    const known = self.run(token);
    if (known) Object.assign(known, more); else self.runs.push({ token, ...more });
    while (self.runs.length > MOST) self.runs.shift();
  };
  self.forget = (token) => { self.runs = self.runs.filter((one) => one.token !== token); self.overlay.delete(token); self.save(); };
  self.name = (run) => `${page.pick(run.name) || page.t('aRun')} ${run.at}`;
  return self;
}
