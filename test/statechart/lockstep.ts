/** Plays the plain and the compiled form of a machine side by side; after each step all that can be seen is alike. */
import type { AnyActorRef, AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate';
import { compileMachine } from '../../src/statechart/compile-machine.js';
import { stoppingItsChildren } from '../../src/statechart/stop-children.js';
import { copyingOf } from './copying.js';
import { Mirror, MirrorError } from './mirror.js';
import { type StartOptions, World, type WorldParts } from './world.js';

/** What can be done to both worlds. `index` counts those that are there at that moment, and wraps. */
export type Step =
  | { do: 'send'; event: AnyEventObject }
  | { do: 'wait'; ms: number }
  | { do: 'tell'; index: number; event: AnyEventObject }
  | { do: 'crash'; index: number }
  | { do: 'send to child'; index: number; event: AnyEventObject }
  | { do: 'inspect' }
  | { do: 'observe' }
  | { do: 'restore' }
  | { do: 'stop' };

export interface LockstepOptions {
  /** Makes the machine of one world. */
  make: (parts: WorldParts) => AnyStateMachine;
  input?: (parts: { now: () => number }) => unknown;
  inspected: boolean;
  /** Events that `can` is asked about after each step. */
  asked?: readonly AnyEventObject[];
  /** Whether a snapshot is restored from its JSON; that loses functions of a context. Default: true. */
  asText?: boolean;
  /** See `Mirror`. */
  keeps?: boolean;
  /** How a machine is compiled. Default: `compileMachine`. */
  compile?: typeof compileMachine;
}

export class Lockstep {
  readonly plain: World;
  readonly compiled: World;
  /** Why steps were handed to XState; without the start and the stop of the actor, and what follows when a child breaks. */
  readonly interpreted: string[] = [];
  readonly #mirror: Mirror;
  readonly #options: LockstepOptions;

  constructor(options: LockstepOptions) {
    const { make, compile = compileMachine } = options;
    this.#options = options;
    this.#mirror = new Mirror(options.keeps ?? false);
    const compiled: WorldParts['compile'] = (machine) =>
      compile(machine, { ...copyingOf(machine), onInterpreted: (why) => this.interpreted.push(why) });
    this.plain = new World(make, { root: (machine) => machine, child: plainChild });
    this.compiled = new World(make, { root: compiled, child: compiled });
    for (const world of this.#worlds())
      world.start({ ...this.#startOptions(world), inspected: options.inspected });
    this.#compare('the start');
    this.interpreted.length = 0;
  }

  get isOver(): boolean {
    return (this.plain.actor.getSnapshot() as AnyMachineSnapshot).status !== 'active';
  }

  /** @throws {MirrorError} at the first difference after this step. */
  play(step: Step): void {
    const { length } = this.interpreted;
    for (const world of this.#worlds()) {
      if (step.do === 'restore') this.#restore(world);
      else world.within(() => act(world, step));
    }
    this.#compare(step.do);
    if (['restore', 'stop', 'crash'].includes(step.do)) this.interpreted.length = length;
  }

  #worlds(): [World, World] {
    return [this.plain, this.compiled];
  }

  #startOptions(world: World): Pick<StartOptions, 'input'> {
    const { input } = this.#options;
    return input === undefined ? {} : { input: input({ now: world.clock.now }) };
  }

  #restore(world: World): void {
    let kept: unknown;
    world.within(() => {
      kept = world.actor.getPersistedSnapshot();
      if (this.#options.asText !== false) kept = JSON.parse(JSON.stringify(kept));
    });
    if (kept === undefined) return;
    world.within(() => world.actor.stop());
    world.start({ ...this.#startOptions(world), snapshot: kept, inspected: this.#options.inspected });
  }

  #compare(after: string): void {
    const [plain, compiled] = [this.plain.take(), this.compiled.take()];
    const length = Math.max(plain.length, compiled.length);
    for (let index = 0; index < length; index++) {
      const [one, other] = [plain[index], compiled[index]];
      if (one?.[0] !== other?.[0]) {
        const names = (log: readonly (readonly [string, ...unknown[]])[]) =>
          log.slice(Math.max(0, index - 2), index + 5).map((noted) => briefly(noted));
        throw new MirrorError(`after ${after}, what happened from ${index}`, names(plain), names(compiled));
      }
      this.#mirror.compare(one, other, `after ${after}, ${index}: ${one?.[0]}`);
    }
    const seen = this.#worlds().map((world) => stateOf(world.actor, this.#options.asked ?? []));
    this.#mirror.compare(seen[0], seen[1], `after ${after}`);
    const asking = this.#worlds().map((world) => world.take());
    this.#mirror.compare(asking[0], asking[1], `after ${after}, while asked`);
    this.#mirror.compare(this.plain.takeAsked(), this.compiled.takeAsked(), `after ${after}, guards`);
    this.#mirror.compare(this.plain.clock.pending(), this.compiled.clock.pending(), `after ${after}, timers`);
  }
}

/**
 * A plain machine but for the one difference that is wanted: the children of a child that fails are stopped
 * (`stop-children.ts`, which has a test of its own).
 */
const plainChild: WorldParts['compile'] = (machine) => stoppingItsChildren(machine, machine.transition);

function briefly([what, ...details]: readonly [string, ...unknown[]]): string {
  const [detail] = details as { event?: { type: string }; action?: { type: string } }[];
  return `${what} ${detail?.event?.type ?? detail?.action?.type ?? ''}`.trim();
}

function act(world: World, step: Exclude<Step, { do: 'restore' }>): void {
  const pick = <T>(list: readonly T[], index: number): T | undefined =>
    list[index % Math.max(1, list.length)];
  switch (step.do) {
    case 'send':
      return world.actor.send(step.event);
    case 'wait':
      return world.clock.advance(step.ms);
    case 'tell':
      return pick(world.ports, step.index)?.tell(step.event);
    case 'crash':
      return pick(world.ports, step.index)?.crash();
    case 'send to child':
      return pick(childrenOf(world.actor), step.index)?.send(step.event);
    case 'inspect':
      return world.inspectFromNowOn();
    case 'observe':
      return world.observe();
    case 'stop':
      world.actor.stop();
  }
}

const childrenOf = (actor: AnyActorRef): AnyActorRef[] =>
  Object.values(
    (actor.getSnapshot() as { children?: Record<string, AnyActorRef | undefined> }).children ?? {},
  ).filter((child) => child !== undefined);

/** All that can be asked of an actor and its children, as a value. */
function stateOf(actor: AnyActorRef, asked: readonly AnyEventObject[], depth = 0): unknown {
  const snapshot = actor.getSnapshot() as Partial<AnyMachineSnapshot>;
  const inside = actor as unknown as Record<string, { size: number } | unknown[] | number>;
  const { _processingStatus: processing, observers, _deferred: deferred } = inside;
  return {
    snapshot,
    processing,
    observers: (observers as { size: number }).size,
    deferred: (deferred as unknown[]).length,
    // That of a parent has those of its children.
    ...(depth === 0 && { persisted: attempt(() => actor.getPersistedSnapshot()) }),
    ...(snapshot.machine !== undefined &&
      snapshot.value !== undefined &&
      answersOf(snapshot as never, asked)),
    children: childrenOf(actor).map((child) => stateOf(child, [], depth + 1)),
    ...(depth === 0 && systemOf(actor)),
  };
}

interface Askable {
  /** The state value of every state. */
  readonly values: readonly unknown[];
  readonly tags: readonly string[];
}

const askables = new WeakMap<object, Askable>();

function askableOf(machine: object): Askable {
  const known = askables.get(machine);
  if (known !== undefined) return known;
  const nodes = [...(machine as { idMap: Map<string, AnyStateNode> }).idMap.values()];
  const values = nodes.flatMap(({ path }) => (path.length === 0 ? [] : [valueAt(path)]));
  const made = { values, tags: [...new Set(nodes.flatMap((node) => node.tags))] };
  askables.set(machine, made);
  return made;
}

/** What a snapshot answers. */
function answersOf(snapshot: AnyMachineSnapshot, asked: readonly AnyEventObject[]): object {
  const { values, tags } = askableOf(snapshot.machine);
  return {
    can: asked.map((event) => attempt(() => snapshot.can(event))),
    matches: values.map((value) => snapshot.matches(value as never)),
    tagged: tags.filter((tag) => snapshot.hasTag(tag)),
    meta: snapshot.getMeta(),
    json: attempt(() => snapshot.toJSON()),
  };
}

const valueAt = ([key = '', ...rest]: readonly string[]): unknown =>
  rest.length === 0 ? key : { [key]: valueAt(rest) };

/** The actors of the system by their names, and what it will send later. */
function systemOf({ system }: AnyActorRef): object {
  const { _scheduledEvents: scheduled } = system.getSnapshot();
  return {
    named: system.getAll(),
    scheduled: Object.values(scheduled).map(({ source, target, event, delay }) => ({
      source,
      target,
      event,
      delay,
    })),
  };
}

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return { thrown: error };
  }
}
