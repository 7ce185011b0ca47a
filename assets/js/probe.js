// The caption of the probe's bars: the beginning they continue, and the step they belong to.
const [asked, , at] = element.querySelector('.nt-asked').children;
const caption = () => {
  const told = JSON.parse(props.value);
  page.face(asked, { s: told.text || [] });
  page.put(at, !told.rows.length ? '' : told.at === 0 ? page.t('probeStart', { p: page.percent(1 / told.vocab) }) : page.t('probeAt', { n: told.at }));
  element.querySelector('.nt-barbox').classList.toggle('empty', !told.rows.length);
  asked.dataset.at = told.at;
};
page.onLang(caption);
caption();
watch('value', caption);
