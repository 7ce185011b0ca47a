// The reliability diagram: a bar for each range of probability, and a line where said and true would be equal.
const chart = $('.nt-honest-chart');
live((value) => {
  page.put($('.nt-honest-all'), page.t('honestAll', { tokens: value.tokens.toLocaleString('en'), ece: page.percent(value.ece) }));
  if (chart.children.length !== value.bins.length) {
    chart.replaceChildren(...value.bins.map((bin, i) => {
      const node = page.h('button', { type: 'button', 'data-bin': i }, page.h('i', {}), page.h('u', {}), page.h('small', {}));
      node.addEventListener('click', () => ask({ bin: i }));
      return node;
    }));
  }
  value.bins.forEach((bin, i) => {
    const node = chart.children[i], [bar, said, figure] = node.children;
    bar.style.setProperty('--h', bin.accuracy ?? 0); said.style.setProperty('--h', bin.confidence ?? 0);
    node.disabled = bin.count === 0;
    node.classList.toggle('few', bin.count < value.few);
    node.setAttribute('aria-pressed', String(i === value.chosen));
    const range = { low: page.percent(bin.low), high: page.percent(bin.high) };
    node.setAttribute('aria-label', `${range.low}–${range.high}: ${bin.count ? page.percent(bin.accuracy) : '–'}`);
    page.put(figure, i === value.chosen && bin.count ? page.percent(bin.accuracy) : '');
  });
  const bin = value.chosen === null ? null : value.bins[value.chosen];
  page.put($('.nt-honest-told'), !bin ? '' : [page.t('honestBin', { low: page.percent(bin.low), high: page.percent(bin.high),
    n: bin.count.toLocaleString('en'), said: page.percent(bin.confidence ?? 0), true: page.percent(bin.accuracy ?? 0) }),
    bin.count < value.few ? page.t('honestFew', { n: bin.count }) : ''].filter(Boolean).join(' '));
});
