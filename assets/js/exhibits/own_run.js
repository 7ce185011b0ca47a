// The training tab tells how the learner's own run stands; here it is only passed on.
const training = (page.training ??= { ordered: null, listeners: [] });
const mine = () => document.querySelector('#run .nt-run')?.dataset.mine !== '';   // not one that is only watched
training.listeners.push((state) => setTimeout(() => { if (mine()) ask({ state }); }, 0));
$('.own-go').addEventListener('click', () => page.openTab('training'));
live((value) => {
  page.put($('.nt-own-state'), page.t(`own_${value.state}`));
  element.dataset.state = value.state;
});
