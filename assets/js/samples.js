// What the model wrote at each evaluation, oldest first; the list stays at its end unless someone has scrolled up.
const list = element.querySelector('.nt-samples-list');
let value = JSON.parse(props.value);
const draw = (row) => {
  const asked = page.h('i', { class: 'asked' }), written = page.h('span', { class: 'written' });
  page.face(asked, { s: value.asked }); page.face(written, { s: row.s });
  return page.h('li', { 'data-step': row.step }, page.h('small', {}), page.h('p', {}, asked, written));
};
const render = () => {
  const rows = value?.rows ?? [];
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  rows.forEach((row, i) => {
    const key = JSON.stringify([row, value.asked]);
    if (list.children[i]?.dataset.key !== key) {
      const node = draw(row);
      node.dataset.key = key;
      if (list.children[i]) list.children[i].replaceWith(node); else list.append(node);
    }
    page.put(list.children[i].firstChild, page.t('probeAt', { n: row.step }));
  });
  while (list.children.length > rows.length) list.lastChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
};
page.onLang(() => { render(); page.translate(element); });
page.translate(element);
render();
watch('value', () => { value = JSON.parse(props.value); render(); });
