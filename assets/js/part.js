// A part's heading, prose and tasks; the first task that is not done yet is the next step.
const heading = element.querySelector('h3'), prose = element.querySelector('.nt-prose'), list = element.querySelector('.nt-tasks');
const paragraphs = props.prose.map(() => page.h('p', {}));
prose.append(...paragraphs);
const tasks = props.tasks.map((task) => {
  const node = page.h('li', { class: 'nt-task', id: `task-${task.id}`, 'data-id': task.id },
    page.h('i', { class: 'nt-tick', role: 'img' }),
    page.h('div', {}, page.h('span', { class: 'nt-task-text' }),
      page.h('details', { class: 'nt-hint' }, page.h('summary', { 'data-t': 'taskHint' }), page.h('p', {}))),
    page.h('button', { type: 'button', class: 'nt-plain nt-task-link', 'data-t-label': 'taskLink', 'data-t-title': 'taskLink' }, '#'));
  node.querySelector('.nt-task-link').addEventListener('click', () => {
    const url = new URL(location.href);
    url.search = new URLSearchParams({ lang: page.lang }).toString();
    url.hash = `lesson=${task.id}`;
    page.copy(url.href);
  });
  return node;
});
list.append(...tasks);
list.hidden = tasks.length === 0;
const render = () => {
  page.put(heading, page.pick(props.heading));
  paragraphs.forEach((node, i) => page.emphasis(node, page.pick(props.prose[i])));
  const next = props.tasks.findIndex((task) => !page.lessons.done.has(task.id));
  tasks.forEach((node, i) => {
    const task = props.tasks[i], done = page.lessons.done.has(task.id);
    page.emphasis(node.querySelector('.nt-task-text'), page.pick(task.text));
    page.put(node.querySelector('.nt-hint p'), page.pick(task.hint));
    node.classList.toggle('done', done);
    node.classList.toggle('next', i === next);
    node.querySelector('.nt-tick').setAttribute('aria-label', page.t(done ? 'taskDone' : i === next ? 'taskNext' : 'taskOpen'));
  });
  page.translate(element);
};
page.lessons.follow((fresh) => {
  render();
  tasks.filter((node) => fresh.includes(node.dataset.id)).forEach((node) => { node.classList.add('fresh'); setTimeout(() => node.classList.remove('fresh'), 1600); });
});
page.onLang(render);
render();
const wanted = tasks.find((node) => node.dataset.id === page.lessons.wanted);
if (wanted) { page.lessons.wanted = null; setTimeout(() => { wanted.scrollIntoView({ block: 'center' }); wanted.classList.add('fresh'); }, 400); }
