/** Machines made by chance of what XState has. */
import {
  type AnyStateMachine,
  assign,
  cancel,
  createMachine,
  emit,
  fromCallback,
  raise,
  sendTo,
  spawnChild,
  stopChild,
} from 'xstate';

/** Uniform in [0, 1). */
type Random = () => number;

const port = fromCallback(() => () => undefined);
const eventTypes = ['a', 'b', 'c.d', 'c.e'];
const descriptors = [...eventTypes, 'c.*', '*', 'late', 'later'];
const delays = [0, 0.5, 1, 1.5, 5, 5, 10, Number.NaN];

/** What there is to choose from when a machine is made. */
class Maker {
  readonly #random: Random;
  readonly #ids: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  machine(): AnyStateMachine {
    const root = this.#state(3, 'm');
    return createMachine({
      ...root,
      id: 'm',
      type: root.type === 'final' ? 'atomic' : root.type,
      context: { n: 0 },
      invoke: { id: 'log', src: port },
      // A machine that goes round in itself is its author's fault.
      options: { maxIterations: 50 },
    } as never);
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: Math.floor(this.#random() * (most + 1)) }, make);
  }

  #state(depth: number, id: string): Record<string, unknown> & { type?: string } {
    this.#ids.push(id);
    const keys =
      depth > 0 && (depth === 3 || this.#chance(0.6)) ? ['x', 'y', 'z'].slice(this.#chance(0.5) ? 1 : 0) : [];
    if (keys.length === 0 && depth < 3 && this.#chance(0.15)) return { id, type: 'final' };
    const states = Object.fromEntries(keys.map((key) => [key, this.#state(depth - 1, `${id}-${key}`)]));
    const isParallel = keys.length > 0 && this.#chance(0.3);
    const hasHistory = keys.length > 0 && !isParallel && this.#chance(0.3);
    const historyId = `${id}-back`;
    if (hasHistory) this.#ids.push(historyId);
    return {
      id,
      ...(keys.length > 0 && {
        ...(isParallel ? { type: 'parallel' } : { initial: keys[0] }),
        states: {
          ...states,
          ...(hasHistory && {
            back: { id: historyId, type: 'history', history: this.#pick(['deep', 'shallow']) },
          }),
        },
        ...(this.#chance(0.5) && { onDone: { actions: this.#actions() } }),
      }),
      entry: this.#actions(),
      exit: this.#actions(),
      on: Object.fromEntries(
        this.#some(3, () => [this.#pick(descriptors), this.#some(2, () => this.#transition())]),
      ),
      after: Object.fromEntries(this.#some(1, () => [this.#pick(delays.slice(0, -1)), this.#transition()])),
      ...(this.#chance(0.3) && {
        invoke: { id: `${id}-child`, src: port, onDone: this.#transition(), onError: this.#transition() },
      }),
      ...(this.#chance(0.1) && { always: { guard: this.#guard(), actions: assign({ n: 0 }) } }),
    };
  }

  #transition(): object {
    return {
      ...this.#target(),
      ...(this.#chance(0.3) && { guard: this.#guard() }),
      ...(this.#chance(0.3) && { reenter: true }),
      actions: this.#actions(),
    };
  }

  #target(): object {
    if (this.#chance(0.2)) return {};
    const id = this.#pick(this.#ids);
    return { target: `#${id}` };
  }

  #guard(): (args: { context: { n: number } }) => boolean {
    const least = this.#pick([1, 2, 3]);
    return ({ context }) => context.n >= least;
  }

  #actions(): unknown[] {
    return this.#some(2, () => this.#action());
  }

  #action(): unknown {
    const type = this.#pick(['late', 'later']);
    const id = this.#pick(['k', 'l', undefined]);
    const timing = { delay: this.#pick(delays), ...(id !== undefined && { id }) };
    return this.#pick([
      () => assign({ n: ({ context }) => Math.min((context as { n: number }).n + 1, 3) }),
      () => raise({ type }, timing),
      () => sendTo('log', { type }),
      () => sendTo('log', { type }, timing),
      () => sendTo(({ self }) => self, { type: 'late' }, timing),
      () => cancel(this.#pick(['k', 'l'])),
      () => emit({ type }),
      () => 'save',
      () => spawnChild(port, { id: this.#pick(['one', 'two']) }),
      () => stopChild(this.#pick(['one', 'two'])),
    ])();
  }
}

export const randomMachine = (random: Random): AnyStateMachine => new Maker(random).machine();

export const randomCases = [
  ...eventTypes.map((type, index) => ({ name: type, event: { type }, waitMs: index === 2 ? 1 : 0 })),
  { name: 'one ends', event: { type: 'xstate.done.actor.one', actorId: 'one', output: 1 } },
  { name: 'm-x-child ends', event: { type: 'xstate.done.actor.m-x-child', actorId: 'm-x-child', output: 1 } },
  {
    name: 'm-y-child breaks',
    event: { type: 'xstate.error.actor.m-y-child', actorId: 'm-y-child', error: 'no' },
  },
];
