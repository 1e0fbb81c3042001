/** The actors as a tree, with where each of them is. One stop of the Tab key; arrows go through it. */
import { element, make } from './element.js';
import { shortName, stateText } from './model.js';

/** @import { Actor, Model } from './model.js' */

/** With more matches than these, what is below them is closed until somebody opens it. */
const openMatches = 4;

const list = element('tree', HTMLUListElement);
const counts = element('counts', HTMLElement);
const empty = element('no-actors', HTMLElement);

/** What somebody opened or closed. @type {Map<string, boolean>} */
const opened = new Map();
/** @type {Map<string, HTMLLIElement>} */
const items = new Map();

/** @param {Actor} actor */
function toneOf({ snapshot, isOver }) {
  if (snapshot.status === 'error') return 'error';
  return isOver ? 'idle' : 'good';
}

/** @param {Actor} actor */
function textOf({ snapshot, isOver }) {
  const state = stateText(snapshot.value);
  if (snapshot.status === 'error') return state === '' ? 'failed' : `${state}, failed`;
  return state === '' ? (isOver ? 'over' : 'runs') : state;
}

/**
 * @param {Model} model
 * @param {string | null} chosen
 * @param {(id: string | null) => void} choose
 */
export function drawTree(model, chosen, choose) {
  const machines = [...model.actors.values()].filter(({ definition }) => definition !== null);
  const live = machines.filter(({ isOver, parent }) => !isOver && parent !== null).length;
  counts.textContent = machines.length === 0 ? '' : `${live} live ${live === 1 ? 'match' : 'matches'}`;
  empty.hidden = model.actors.size > 0;
  list.hidden = model.actors.size === 0;

  /** @type {HTMLLIElement[]} */
  const shown = [];
  /** @param {Actor} actor @param {number} level */
  const add = (actor, level) => {
    const children = model.below(actor.id);
    const isOpen = opened.get(actor.id) ?? (level === 1 || (live <= openMatches && !actor.isOver));
    const item = items.get(actor.id) ?? newItem(actor.id, choose);
    fill(item, actor, level);
    if (children.length === 0) item.removeAttribute('aria-expanded');
    else item.setAttribute('aria-expanded', String(isOpen));
    item.setAttribute('aria-selected', String(actor.id === chosen));
    shown.push(item);
    if (isOpen) for (const child of children) add(child, level + 1);
  };
  for (const root of model.below(null)) add(root, 1);

  for (const [id, item] of items)
    if (!model.actors.has(id)) {
      item.remove();
      items.delete(id);
    }
  const active = document.activeElement;
  list.replaceChildren(...shown);
  const stop =
    shown.find((item) => item === active) ?? shown.find((item) => item.dataset.id === chosen) ?? shown[0];
  for (const item of shown) item.tabIndex = item === stop ? 0 : -1;
  if (active instanceof HTMLLIElement && shown.includes(active)) active.focus();
}

/** @param {string} id @param {(id: string) => void} choose */
function newItem(id, choose) {
  const item = make(
    'li',
    {},
    make('span', { className: 'twist' }),
    make('span', { className: 'name' }),
    make('span'),
  );
  item.setAttribute('role', 'treeitem');
  item.dataset.id = id;
  item.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLElement && target.className === 'twist' && item.hasAttribute('aria-expanded'))
      toggle(item);
    else choose(id);
    item.focus();
  });
  items.set(id, item);
  return item;
}

/** @param {HTMLLIElement} item @param {Actor} actor @param {number} level */
function fill(item, actor, level) {
  const [, name, pill] = item.children;
  const text = textOf(actor);
  item.setAttribute('aria-level', String(level));
  item.dataset.level = String(level);
  item.classList.toggle('over', actor.isOver);
  // Below its match an actor need not name it.
  const own = shortName(actor.name.replace(/ of match:.*$/, ''));
  if (name !== undefined && name.textContent !== own) {
    name.textContent = own;
    item.title = actor.name;
  }
  if (pill === undefined || pill.textContent === text) return;
  pill.textContent = text;
  pill.className = `pill ${toneOf(actor)}`;
}

/** Called after an item was opened or closed. @type {() => void} */
let redraw = () => undefined;
/** @param {() => void} then */
export function onToggle(then) {
  redraw = then;
}

/** @param {HTMLLIElement} item @param {boolean} [isOpen] */
function toggle(item, isOpen = item.getAttribute('aria-expanded') !== 'true') {
  opened.set(item.dataset.id ?? '', isOpen);
  redraw();
}

/** @type {Record<string, (item: HTMLLIElement, all: HTMLLIElement[]) => void>} */
const keys = {
  ArrowDown: (item, all) => all[all.indexOf(item) + 1]?.focus(),
  ArrowUp: (item, all) => all[all.indexOf(item) - 1]?.focus(),
  Home: (_, all) => all[0]?.focus(),
  End: (_, all) => all.at(-1)?.focus(),
  ArrowRight(item, all) {
    const isOpen = item.getAttribute('aria-expanded');
    if (isOpen === 'false') toggle(item, true);
    if (isOpen === 'true') all[all.indexOf(item) + 1]?.focus();
  },
  ArrowLeft(item, all) {
    if (item.getAttribute('aria-expanded') === 'true') return toggle(item, false);
    const level = Number(item.dataset.level);
    const before = all.slice(0, all.indexOf(item));
    before.findLast((other) => Number(other.dataset.level) < level)?.focus();
  },
  Enter: (item) => item.click(),
  ' ': (item) => item.click(),
};

list.addEventListener('keydown', (event) => {
  const { target, key } = event;
  const act = keys[key];
  if (act === undefined || !(target instanceof HTMLLIElement)) return;
  event.preventDefault();
  act(target, [...list.querySelectorAll('li')]);
});
