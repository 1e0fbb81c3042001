/**
 * What the page knows: the actors, and the last events between them. Pure, so that tests feed it without a browser.
 * Actors are told apart by the id of their session: two matches have actors of the same names below them.
 */

/**
 * @typedef {object} Actor
 * @property {string} id
 * @property {string} name
 * @property {string | null} parent
 * @property {Record<string, unknown>} snapshot
 * @property {string | null} definition of a machine, as JSON
 * @property {boolean} isOver
 *
 * @typedef {object} SeenEvent
 * @property {number} n counts them
 * @property {number} at epoch milliseconds
 * @property {string | null} from null: not from an actor
 * @property {string} to
 * @property {Record<string, unknown> & { type: string }} event
 *
 * @typedef {{ type: string, sessionId: string, name?: string, parentId?: string, definition?: string, createdAt: string, sourceId?: string, snapshot?: Record<string, unknown>, event?: Record<string, unknown> & { type: string } }} Message
 */

export const modelLimits = {
  /** Events that are shown, of all actors or of one. */
  events: 100,
  /** Events that are kept, so that one of many matches has a past when it is chosen. */
  kept: 1_000,
  /** Actors that are over and stay to be looked at, with what is below them. */
  ended: 8,
};

/** @param {string | undefined} text */
function chartOf(text) {
  if (text === undefined) return null;
  const config = JSON.parse(text);
  return 'states' in config ? text : null;
}

export class Model {
  /** @type {Map<string, Actor>} */
  actors = new Map();
  /** @type {SeenEvent[]} The oldest first. */
  events = [];
  /** Names by id, also of actors that are forgotten while their events are shown. @type {Map<string, string>} */
  #names = new Map();
  #count = 0;

  /** The server is about to introduce all actors again. Events stay. */
  meetAgain() {
    this.actors.clear();
  }

  /** @param {Message} message */
  take(message) {
    const { type, sessionId } = message;
    if (type === '@xstate.actor') this.#meet(message);
    if (type === '@xstate.event' && message.event !== undefined) {
      const { sourceId, event, createdAt } = message;
      this.#count += 1;
      const from = sourceId ?? null;
      this.events.push({ n: this.#count, at: Number(createdAt), from, to: sessionId, event });
      if (this.events.length > modelLimits.kept) this.events.shift();
    }
    if (type === '@xstate.snapshot' && message.snapshot !== undefined) {
      const actor = this.actors.get(sessionId);
      if (actor !== undefined) {
        actor.snapshot = message.snapshot;
        if (isFinal(message.snapshot)) this.#end(actor);
      }
    }
  }

  /** @param {Message} message */
  #meet({ sessionId, name = sessionId, parentId, definition, snapshot = {} }) {
    const known = this.actors.get(sessionId);
    // The first message of an actor that is just being made has no state yet.
    const state = known !== undefined && !('value' in snapshot) ? known.snapshot : snapshot;
    const actor = {
      id: sessionId,
      name,
      parent: parentId ?? null,
      snapshot: state,
      definition: chartOf(definition),
      isOver: known?.isOver ?? false,
    };
    this.actors.set(sessionId, actor);
    this.#names.set(sessionId, name);
    if (isFinal(state)) this.#end(actor);
  }

  /** No message tells of actors below one that is over: they are stopped with it. @param {Actor} actor */
  #end(actor) {
    for (const one of this.within(actor.id)) one.isOver = true;
    const over = [...this.actors.values()].filter(
      ({ isOver, parent }) => isOver && parent !== null && this.actors.get(parent)?.isOver !== true,
    );
    for (const { id } of over.slice(0, Math.max(0, over.length - modelLimits.ended))) {
      for (const one of this.within(id)) this.actors.delete(one.id);
    }
    const needed = new Set(this.events.flatMap(({ from, to }) => [from, to]));
    for (const id of this.#names.keys()) {
      if (!this.actors.has(id) && !needed.has(id)) this.#names.delete(id);
    }
  }

  /** This actor and all below it. @param {string} id @returns {Actor[]} */
  within(id) {
    const actor = this.actors.get(id);
    return actor === undefined ? [] : [actor, ...this.below(id).flatMap((child) => this.within(child.id))];
  }

  /** @param {string | null} id null: the roots @returns {Actor[]} */
  below(id) {
    return [...this.actors.values()].filter(({ parent }) =>
      id === null ? parent === null || !this.actors.has(parent) : parent === id,
    );
  }

  /** @param {string | null} id */
  nameOf(id) {
    return id === null ? 'outside' : (this.#names.get(id) ?? id);
  }

  /**
   * The last hundred events that have to do with this actor or one below it; null: all of them.
   *
   * @param {string | null} id
   */
  eventsOf(id) {
    if (id === null) return this.events.slice(-modelLimits.events);
    const ids = new Set(this.within(id).map((one) => one.id));
    const own = this.events.filter(({ from, to }) => ids.has(to) || (from !== null && ids.has(from)));
    return own.slice(-modelLimits.events);
  }

  /**
   * Whom these events are between, in the order of the tree; whoever is forgotten stands last.
   *
   * @param {readonly SeenEvent[]} events
   */
  lanesOf(events) {
    const wanted = new Set(events.flatMap(({ from, to }) => [from, to]));
    const inOrder = this.below(null).flatMap(({ id }) => this.within(id).map((one) => one.id));
    const known = inOrder.filter((id) => wanted.has(id));
    const others = [...wanted].filter((id) => id !== null && !known.includes(id));
    return [...(wanted.has(null) ? [null] : []), ...known, ...others];
  }
}

/** The beginning of an id is enough to tell matches apart. @param {string} name */
export const shortName = (name) => name.replaceAll(/([\da-f]{8})-[\da-f]{4}-[\da-f-]{22}/g, '$1');

/** @param {Record<string, unknown>} snapshot */
const isFinal = ({ status = 'active' }) => status !== 'active';

/** `playing · deciding`. @param {unknown} value @returns {string} */
export function stateText(value) {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const entries = Object.entries(value);
  return entries.map(([name, inner]) => `${name} · ${stateText(inner)}`).join(', ');
}
