// What the model wrote at each evaluation, oldest first; the one that is looked at is marked, a click goes to it.
const list = element.querySelector('.nt-samples-list');
const draw = (row, i) => {
  const begun = page.h('i', { class: 'asked' }), written = page.h('span', { class: 'written' });
  page.face(begun, { s: lab.head.asked }); page.face(written, { s: row.s });
  const step = page.h('button', { type: 'button', class: 'nt-plain' });
  step.addEventListener('click', () => lab.go(i));
  return page.h('li', { 'data-step': row.step }, step, page.h('p', {}, begun, written));
};
const render = () => {
  const rows = lab.head?.recorded ? lab.records.slice(0, lab.at + 1) : lab.records;
  rows.forEach((row, i) => {
    const key = JSON.stringify([row.step, row.s, lab.head.asked]);
    if (list.children[i]?.dataset.key !== key) {
      const node = draw(row, i);
      node.dataset.key = key;
      if (list.children[i]) list.children[i].replaceWith(node); else list.append(node);
    }
    const node = list.children[i], now = i === lab.at;
    page.put(node.firstChild, page.t('probeAt', { n: row.step }));
    if (now) node.setAttribute('aria-current', 'step'); else node.removeAttribute('aria-current');
    if (now && list.dataset.at !== String(i)) {   // within the list alone: the page stays where it is
      list.dataset.at = i;
      const low = node.offsetTop - list.offsetTop;
      if (low < list.scrollTop || low + node.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = low + node.offsetHeight - list.clientHeight + 8;
    }
  });
  while (list.children.length > rows.length) list.lastChild.remove();
};
lab.listeners.push(render);
page.onLang(() => { render(); page.translate(element); });
page.translate(element);
render();
