// The probe's bars at the record that is looked at, under the beginning they continue.
const [asked, , at] = element.querySelector('.nt-asked').children;
const NONE = { ...value, rows: [], rest: [1], rest_q: [1], rest_n: [0], text: [] };
const showProbe = () => {
  const bars = lab.record()?.bars ?? NONE;
  render(bars);
  page.face(asked, { s: bars.text });
  page.put(at, !bars.rows.length ? '' : bars.at === 0 ? page.t('probeStart', { p: page.percent(1 / bars.vocab) }) : page.t('probeAt', { n: bars.at }));
  element.querySelector('.nt-barbox').classList.toggle('empty', !bars.rows.length);
  asked.dataset.at = bars.at;
};
lab.listeners.push(showProbe);
page.onLang(showProbe);
showProbe();
