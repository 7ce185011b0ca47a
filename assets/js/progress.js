// What a learner has done in the lessons, kept in the browser; tasks are named chapter.task.
const PROGRESS = 'next-token-lessons';
const followers = [];
let kept = [];
try { kept = JSON.parse(store.get(PROGRESS) ?? '[]'); } catch { /* damaged: begin again */ }
page.lessons = {
  done: new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []),
  tick(ids) {
    const fresh = ids.filter((id) => !page.lessons.done.has(id));
    if (!fresh.length) return;
    fresh.forEach((id) => page.lessons.done.add(id));
    page.lessons.save(fresh);
  },
  clear() { page.lessons.done.clear(); page.lessons.save([]); },
  save(fresh) { store.set(PROGRESS, JSON.stringify([...page.lessons.done])); followers.forEach((follow) => follow(fresh)); },
  follow(listener) { followers.push(listener); },
  chapter: null,   // the one that is open
  wanted: null,    // chapter or chapter.task that a link names
};
page.links = {};   // by tab: what a copied link says of it, {query, hash}
{
  const hash = new URLSearchParams(location.hash.slice(1)).get('lesson'), query = new URLSearchParams(location.search).get('chapter');
  const wanted = hash ?? query;
  if (wanted && /^[a-z0-9_.-]{1,60}$/.test(wanted)) page.lessons.wanted = wanted;
}
// A link to a game opens its tab, as soon as there are tabs.
if (new URLSearchParams(location.hash.slice(1)).has('challenge')) page.queue.push(() => page.openTab('challenge'));
page.emphasis = (node, words) => node.replaceChildren(...words.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => {
  if (part.startsWith('**') && part.length > 4) return page.h('b', {}, part.slice(2, -2));
  if (part.startsWith('`') && part.length > 2) return page.h('code', {}, part.slice(1, -1));
  return document.createTextNode(part);
}));
