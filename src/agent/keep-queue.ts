/** The queue keeper of an agent: its chart with real ports, and the events of the session that it needs to know. */
import { createActor, fromCallback, type InspectionEvent, type Observer } from 'xstate';
import type { DayLimits } from '../budget/day-book.js';
import type { ReporterLogic } from '../machines/ports.js';
import type { DoorCommand, QueueKeeperEvent, TakenFrom } from '../machines/queue.context.js';
import { type QueueActor, type QueueSnapshot, queueMachine } from '../machines/queue.js';
import { restOf, wantsLobby } from '../machines/queue.rest.js';
import { platformEventWords } from '../platform/event-words.js';
import { createPlatformClient } from '../platform/platform-client.js';
import type { PlatformClientOptions } from '../platform/platform-options.js';
import type { AgentEvent } from '../protocol/events.js';
import { messageOf } from '../protocol/message-of.js';
import { describeRest } from '../protocol/queue-words.js';
import { type Clock, clockWithTimes, type Times } from '../time/clock.js';
import { within } from '../time/time-limit.js';
import { defineDayBook } from './day-port.js';
import type { DayCounter } from './keep-day.js';
import { defineDesk } from './queue-desk.js';

const defaults = {
  /** How long the end of a session waits until the place in the queue is given up. */
  closeMs: 3_000,
  /** And how long it stays in the lobby for that, or a handover waits for a request that is on its way. */
  quickMs: 1_000,
} as const;

/** What is wanted of the queue and of challenges. */
export interface QueueWishes {
  queues: boolean;
  takesFrom: TakenFrom;
  queueMatches: number | null;
  queueWhile: number;
}

export interface KeptQueue extends Times, QueueWishes {
  lobbyUrl: string;
  token: string;
  platform: Pick<PlatformClientOptions, 'userAgent' | 'proxy'>;
  limits: DayLimits;
  day: DayCounter;
  clock: Clock;
  random: () => number;
  reporter: ReporterLogic;
  inspect?: Observer<InspectionEvent> | ((event: InspectionEvent) => void);
  onTrouble: (message: string) => void;
  /** Called whenever it begins or ends that the queue needs the bot in its lobby, and once at the start. */
  onNeed: (isNeeded: boolean, why: string) => void;
  /** The lobby is dead: leave it, and dial it again. */
  onRedial: (why: string) => void;
}

export interface QueueKeeper {
  readonly actor: QueueActor;
  begin(): void;
  /** The fixtures that are still to be played, epoch ms of the wall clock. */
  setMarks(marks: readonly number[]): void;
  readonly onEvent: (event: AgentEvent) => void;
  /** Another session plays these matches to their end: until they are freed they are live, as its own are. */
  inherit(matchIds: readonly string[]): void;
  freed(matchId: string): void;
  /** Gives up the place in the queue. Resolves within three seconds. */
  leave(): Promise<void>;
  /** The same while the bot is in its lobby still, within a second; null: it has no place, and asks for none. */
  leaveFirst(): Promise<void> | null;
  /** Leaves the place to a session that has the lobby now. Resolves when nothing is asked for any more, within a second. */
  give(): Promise<void>;
  takeBack(): void;
  close(): void;
}

export function keepQueue(queue: KeptQueue): QueueKeeper {
  const { lobbyUrl, token, platform, day, clock, now, wallNow, onTrouble, onNeed, onRedial } = queue;
  const { queues, takesFrom, queueMatches, queueWhile, limits, random, reporter } = queue;
  /** Requests whose list is elsewhere than usual, which was told. */
  const reshaped = new Set<string>();
  const client = createPlatformClient({
    lobbyUrl,
    token,
    ...platform,
    clock: clockWithTimes(clock, { now, wallNow }),
    onEvent(event) {
      if (event.type !== 'platform.reshaped' || reshaped.has(event.request)) return;
      reshaped.add(event.request);
      onTrouble(`${platformEventWords(event)}.`);
    },
  });
  const door = fromCallback<DoorCommand, undefined>(({ receive }) => {
    receive(({ message }) => onRedial(message));
  });
  const actor = createActor(
    queueMachine.provide({
      actors: { desk: defineDesk(client), dayBook: defineDayBook(day.keeper, day.watch), door, reporter },
    }),
    {
      clock,
      systemId: 'queue',
      ...(queue.inspect && { inspect: queue.inspect }),
      input: {
        queues,
        takesFrom,
        queueMatches,
        queueWhile,
        limits,
        book: day.keeper.book(),
        now,
        wallNow,
        random,
      },
    },
  );

  let isNeeded: boolean | null = null;
  let ended: (() => void) | undefined;
  const over = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const see = ({ context }: QueueSnapshot): void => {
    // The session leaves the lobby by itself.
    if (context.isStopping) return;
    const needs = wantsLobby(context);
    if (needs === isNeeded) return;
    isNeeded = needs;
    const rest = restOf(context);
    onNeed(needs, rest === null ? 'nothing is asked for' : describeRest(rest.why, rest.until));
  };
  const send = (event: QueueKeeperEvent): void => {
    if (actor.getSnapshot().status === 'active') actor.send(event);
  };

  /** Live matches of another session. */
  const elsewhere = new Set<string>();

  const isAtRest = (): boolean => {
    const snapshot = actor.getSnapshot();
    return snapshot.status !== 'active' || snapshot.matches('resting');
  };
  const atRest = (): Promise<void> =>
    isAtRest()
      ? Promise.resolve()
      : new Promise((resolve) => {
          const seen = actor.subscribe({
            next: () => {
              if (!isAtRest()) return;
              seen.unsubscribe();
              resolve();
            },
            complete: resolve,
            error: () => resolve(),
          });
        });
  const orLate = (work: Promise<void>, ms: number): Promise<void> =>
    within(ms, clock, work, () => new Error('The platform takes too long.')).catch(() => undefined);
  const leave = async (ms: number): Promise<void> => {
    if (actor.getSnapshot().status !== 'active') return;
    send({ type: 'queue.stop' });
    await orLate(over, ms);
  };

  return {
    actor,
    begin() {
      actor.subscribe({
        next: see,
        complete: () => ended?.(),
        error: (error) => {
          onTrouble(`The queue keeper failed: ${messageOf(error)}`);
          onNeed(false, 'the queue keeper failed');
          ended?.();
        },
      });
      actor.start();
      see(actor.getSnapshot());
      send({ type: 'book.changed', book: day.keeper.book() });
    },
    setMarks: (marks) => send({ type: 'fixtures.changed', marks }),
    onEvent(event) {
      // What the other session left is this one's now, and over when it says so.
      if (event.type === 'match.announced') elsewhere.delete(event.matchId);
      const told = queueEventOf(event);
      // After the event itself has been reported to everybody.
      if (told !== null) queueMicrotask(() => send(told));
    },
    inherit(matchIds) {
      for (const matchId of matchIds) {
        elsewhere.add(matchId);
        send({ type: 'match.announced', matchId, rated: false, resume: true });
      }
    },
    freed(matchId) {
      // The lobby announces a match that can be played on after this.
      queueMicrotask(() => {
        if (elsewhere.delete(matchId)) send({ type: 'match.over', matchId });
      });
    },
    leave: () => leave(defaults.closeMs),
    leaveFirst: () => (isAtRest() ? null : leave(defaults.quickMs)),
    async give() {
      send({ type: 'queue.give' });
      await orLate(atRest(), defaults.quickMs);
    },
    takeBack: () => send({ type: 'queue.takeBack' }),
    close() {
      actor.stop();
      client.close();
    },
  };
}

/** What the keeper is told of the session. */
function queueEventOf(event: AgentEvent): QueueKeeperEvent | null {
  if (event.type === 'match.announced')
    return { type: 'match.announced', matchId: event.matchId, rated: event.rated, resume: event.resume };
  if (event.type === 'match.ended') return { type: 'match.over', matchId: event.result.matchId };
  if (event.type === 'lobby.listening') return { type: 'lobby.online' };
  if (event.type === 'lobby.lost' || event.type === 'lobby.left') return { type: 'lobby.offline' };
  return event.type === 'lobby.draining' ? { type: 'queue.stop' } : null;
}
