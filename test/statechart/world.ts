/** One of two worlds that are played in lockstep: an actor on a clock of its own, and everything it does, in order. */
import {
  type AnyActorLogic,
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type CallbackActorLogic,
  createActor,
  fromCallback,
  type Observer,
} from 'xstate';
import { createVirtualClock } from '../../src/time/virtual-clock.js';

/** Something that was seen, by name. */
export type Noted = readonly [what: string, ...details: readonly unknown[]];

/** What machines of a world are made with. */
export interface WorldParts {
  /** Writes down that something was called, and with what. */
  note(what: string, ...details: unknown[]): void;
  /** Writes down that a guard was asked; how often does not count, as a step that is handed over asks again. */
  ask(what: string, ...details: unknown[]): void;
  /** Epoch milliseconds on the world's clock. */
  now(): number;
  /** Gives a machine that is to be a child the form that machines of this world have. */
  compile: <Machine extends AnyStateMachine>(machine: Machine) => Machine;
  /** A port that notes its commands; the steps of a walk speak for it and break it. */
  port(name: string): CallbackActorLogic<AnyEventObject, unknown>;
}

/** A port that was started and not stopped. */
export interface LivePort {
  readonly name: string;
  readonly ref: AnyActorRef;
  tell(event: AnyEventObject): void;
  crash(): void;
}

/** How an actor is started. */
export interface StartOptions {
  input?: unknown;
  snapshot?: unknown;
  /** Whether an inspector watches. Without one, a logic may take shorter ways. */
  inspected: boolean;
}

const crashed = 'world.crash';

export class World {
  readonly clock = createVirtualClock();
  readonly ports: LivePort[] = [];
  actor!: AnyActorRef;
  #log: Noted[] = [];
  #asked = new Map<string, readonly unknown[]>();
  #strayErrors: (() => void)[] = [];
  #logic: AnyActorLogic;

  /** @param compile what becomes of the machine, and of those that are to be its children. */
  constructor(
    make: (parts: WorldParts) => AnyStateMachine,
    { root, child }: { root: WorldParts['compile']; child: WorldParts['compile'] },
  ) {
    const { note, ask, clock } = this;
    const compile = child;
    this.#logic = root(make({ note, ask, now: clock.now, compile, port: (name) => this.#port(name) }));
  }

  readonly note = (...noted: [string, ...unknown[]]): void => {
    this.#log.push(noted);
  };

  readonly ask = (what: string, ...details: unknown[]): void => {
    if (!this.#asked.has(what)) this.#asked.set(what, details);
  };

  /** What was noted since the last call. */
  take(): Noted[] {
    const taken = this.#log;
    this.#log = [];
    return taken;
  }

  /** Which guards were asked since the last call, each with what it was asked first. */
  takeAsked(): Map<string, readonly unknown[]> {
    const taken = this.#asked;
    this.#asked = new Map();
    return taken;
  }

  start({ input, snapshot, inspected }: StartOptions): void {
    this.ports.length = 0;
    this.within(() => {
      this.actor = createActor(this.#logic, {
        clock: this.#watchedClock(),
        logger: (...args: unknown[]) => this.note('logged', ...args),
        ...(input !== undefined && { input }),
        ...(snapshot !== undefined && { snapshot: snapshot as never }),
        ...(inspected && { inspect: (event) => this.note(event.type, event) }),
      });
      this.actor.subscribe(this.#observer('observer'));
      this.actor.on('*', (event) => this.note('emitted', event));
      this.actor.start();
    });
  }

  inspectFromNowOn(): void {
    this.actor.system.inspect((event) => this.note(event.type, event));
  }

  observe(): void {
    this.within(() => this.actor.subscribe(this.#observer('later observer')));
  }

  /** Does something to the actor; errors that XState throws from a timer of its own, for nobody to catch, are noted, and so are its warnings. */
  within(run: () => void): void {
    const { setTimeout: real, console: screen } = globalThis;
    const { warn } = screen;
    globalThis.setTimeout = ((fn: () => void) => this.#strayErrors.push(fn)) as unknown as typeof setTimeout;
    screen.warn = (...args: unknown[]) => this.note('warned', ...args);
    try {
      run();
    } catch (error) {
      this.note('thrown', error);
    } finally {
      globalThis.setTimeout = real;
      screen.warn = warn;
    }
    for (const fn of this.#strayErrors.splice(0)) {
      try {
        fn();
      } catch (error) {
        this.note('thrown for nobody', error);
      }
    }
  }

  #observer(name: string): Observer<AnyMachineSnapshot> {
    return {
      next: (snapshot) => this.note(`${name}: next`, snapshot),
      error: (error) => this.note(`${name}: error`, error),
      complete: () => this.note(`${name}: complete`),
    };
  }

  #watchedClock() {
    const { clock, note } = this;
    const numbers = new Map<number, number>();
    let count = 0;
    return {
      setTimeout(fn: (...args: unknown[]) => void, ms: number) {
        const number = count++;
        note('timer set', number, clock.now(), ms);
        const id = clock.setTimeout(() => {
          note('timer fired', number, clock.now());
          fn();
        }, ms);
        numbers.set(id, number);
        return id;
      },
      clearTimeout(id: number) {
        note('timer cleared', numbers.get(id));
        clock.clearTimeout(id);
      },
    };
  }

  #port(name: string): CallbackActorLogic<AnyEventObject, unknown> {
    return fromCallback(({ input, receive, sendBack, self }) => {
      this.note(`${name} started`, input);
      const port: LivePort = { name, ref: self, tell: sendBack, crash: () => self.send({ type: crashed }) };
      this.ports.push(port);
      receive((command) => {
        if (command.type === crashed) throw new Error(`${name} broke`);
        this.note(`${name} told`, command);
      });
      return () => {
        this.note(`${name} stopped`);
        this.ports.splice(this.ports.indexOf(port), 1);
      };
    });
  }
}
