// A card's heading; a numbered one lights up while its step of the loop runs.
const [sign, words] = element.querySelector('.nt-title').children;
sign.textContent = props.step ?? '';
sign.hidden = !props.step;
if (props.step) { element.querySelector('.nt-title').classList.add('nt-step'); element.querySelector('.nt-title').dataset.step = props.step; }
words.dataset.t = props.words;
page.onLang(() => page.translate(element));
page.translate(element);
