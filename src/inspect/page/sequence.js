/** The last events as a sequence: a lane for each actor, and an arrow from who sent an event to who got it. */
import { element, make } from './element.js';
import { shortName } from './model.js';

/** @import { Model, SeenEvent } from './model.js' */

const laneWidth = 84;

const place = element('sequence', HTMLElement);
const head = element('lanes', HTMLOListElement);
const list = element('events', HTMLOListElement);
const empty = element('no-events', HTMLElement);
const scope = element('scope', HTMLElement);
const all = element('all', HTMLButtonElement);

/** Rows by the number of their event. @type {Map<number, HTMLLIElement>} */
let rows = new Map();
let drawnLanes = '';

/** @param {number} n */
const two = (n) => String(n).padStart(2, '0');

/** @param {number} at */
function timeOf(at) {
  const date = new Date(at);
  const ms = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/**
 * @param {Model} model
 * @param {{ actor: string | null, event: number | null }} chosen
 * @param {(n: number) => void} choose
 */
export function drawSequence(model, chosen, choose) {
  const events = model.eventsOf(chosen.actor);
  const lanes = model.lanesOf(events);
  const names = lanes.map((id) => model.nameOf(id));
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
  empty.hidden = events.length > 0;
  head.hidden = events.length === 0;
  all.hidden = chosen.actor === null;
  scope.textContent =
    chosen.actor === null ? 'the last hundred' : `of ${shortName(model.nameOf(chosen.actor))}`;

  const key = JSON.stringify([lanes, names]);
  if (key !== drawnLanes) {
    drawnLanes = key;
    rows = new Map();
    place.style.setProperty('--lanes', `${lanes.length * laneWidth}px`);
    head.replaceChildren(...names.map((name) => make('li', { title: name }, shortName(name))));
  }
  const kept = new Map();
  for (const event of events) {
    const row = rows.get(event.n) ?? rowOf(event, lanes, model, choose);
    row.classList.toggle('chosen', event.n === chosen.event);
    row.querySelector('button')?.setAttribute('aria-pressed', String(event.n === chosen.event));
    kept.set(event.n, row);
  }
  rows = kept;
  const active = document.activeElement;
  list.replaceChildren(...rows.values());
  if (active instanceof HTMLButtonElement && list.contains(active)) active.focus({ preventScroll: true });
  if (atEnd) place.scrollTop = place.scrollHeight;
}

/**
 * @param {SeenEvent} event
 * @param {(string | null)[]} lanes
 * @param {Model} model
 * @param {(n: number) => void} choose
 */
function rowOf({ n, at, from, to, event }, lanes, model, choose) {
  const [a, b] = [lanes.indexOf(from), lanes.indexOf(to)];
  const [sender, receiver] = [from, to].map((id) => shortName(model.nameOf(id)));
  const button = make('button', { type: 'button', className: 'link' }, event.type);
  button.addEventListener('click', () => choose(n));
  const way = from === to ? `${receiver}, itself` : `${sender} → ${receiver}`;
  const arrow = make('span', { className: a === b ? 'arrow self' : a < b ? 'arrow' : 'arrow back' });
  arrow.style.left = `${(Math.min(a, b) + 0.5) * laneWidth}px`;
  arrow.style.width = `${Math.max(0.3, Math.abs(a - b)) * laneWidth}px`;
  const drawing = make('span', { className: 'drawing' }, arrow);
  drawing.setAttribute('aria-hidden', 'true');
  const row = make(
    'li',
    {},
    make('time', {}, timeOf(at)),
    make('span', { className: 'what' }, button),
    make('span', { className: 'way' }, way),
    drawing,
  );
  row.dataset.from = from ?? '';
  row.dataset.to = to;
  return row;
}
