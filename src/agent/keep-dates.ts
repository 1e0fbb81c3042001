/**
 * The bot's dates beside its matches: the fixtures of its season, the queue and challenges, and the one day that all of it
 * uses. Each has a keeper of its own; here they are told of each other.
 */
import type { InspectionEvent, Observer } from 'xstate';
import { type DayLimits, freeTier } from '../budget/day-book.js';
import { freeLobbyMs } from '../budget/lobby-time.js';
import type { FreedHow } from '../handover/handover-messages.js';
import type { AgentOptions } from '../io/settings/agent-options.js';
import type { ReporterLogic } from '../machines/ports.js';
import type { QueueActor } from '../machines/queue.js';
import { wantsLobby } from '../machines/queue.rest.js';
import { openFixtures, type SeasonActor } from '../machines/season.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { PlatformClientOptions } from '../platform/platform-options.js';
import type { AgentEvent } from '../protocol/events.js';
import type { Clock, Times } from '../time/clock.js';
import type { ClockJumps } from '../time/clock-jumps.js';
import { type DayCounter, keepDay } from './keep-day.js';
import { keepQueue, type QueueKeeper, type QueueWishes } from './keep-queue.js';
import { keepSeason, type SeasonKeeper } from './keep-season.js';
import type { LobbyDesk } from './lobby-needs.js';
import { lookInAfterSleep } from './look-in.js';
import { rebuiltDay } from './rebuild-day.js';
import { mayHaveLeftMatch, seekMatches } from './seek-matches.js';

const hourMs = 3_600_000;

export interface DateParts extends Times {
  lobbyUrl: string;
  token: string;
  platform: Pick<PlatformClientOptions, 'userAgent' | 'proxy'>;
  env: EnvironmentVariables;
  clock: Clock;
  jumps: ClockJumps;
  random: () => number;
  reporter: ReporterLogic;
  inspect: Observer<InspectionEvent> | ((event: InspectionEvent) => void) | undefined;
  emit: (event: AgentEvent) => void;
  /** The folder of the recordings. */
  recordFolder: string | null;
  needs: LobbyDesk;
  /** The lobby is dead: leave it, and dial it again. */
  redial: (why: string) => void;
}

type DateOptions = Pick<
  AgentOptions,
  'season' | 'queue' | 'accept' | 'matchesPerDay' | 'lobbyHours' | 'dayBook' | 'startAway'
>;

const isGiven = (value: unknown): boolean => value !== undefined && value !== false;

/** What of it these options ask for. */
export function datesOf(options: DateOptions) {
  const { season, queue, accept, matchesPerDay, lobbyHours, dayBook, startAway } = options;
  const keepsQueue = isGiven(queue) || isGiven(accept);
  // A queue that is to stay out of the way of fixtures has to know them.
  const keepsSeason = isGiven(season) || keepsQueue;
  const keepsDay = keepsSeason || [matchesPerDay, lobbyHours, dayBook].some((value) => value !== undefined);
  return { keepsQueue, keepsSeason, keepsDay, startsAway: startAway ?? keepsSeason };
}

function limitsOf({ matchesPerDay, lobbyHours }: DateOptions): DayLimits {
  return {
    matches: matchesPerDay === undefined ? freeTier.matches : matchesPerDay,
    lobbyMs: lobbyHours === undefined ? freeTier.lobbyMs : lobbyHours === null ? null : lobbyHours * hourMs,
  };
}

function wishesOf({ queue, accept }: DateOptions): QueueWishes {
  const { matches, whileLive } = typeof queue === 'object' ? queue : {};
  return {
    queues: queue !== undefined && queue !== false,
    takesFrom: accept ?? null,
    queueMatches: matches ?? null,
    queueWhile: whileLive ?? 0,
  };
}

export interface DateKeeper {
  readonly season: SeasonActor | null;
  readonly queue: QueueActor | null;
  readonly onEvent: (event: AgentEvent) => void;
  /** The least pause before the lobby is dialed again; null: the day is not counted. */
  readonly redialPauseMs: ((isHolding: boolean) => number) | null;
  /** Resolves when the session may begin. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Takes what one session at a time has: the file of the fixtures, the place in the queue. */
  claim(): Promise<void>;
  /** Leaves it to another session. */
  release(): Promise<void>;
  /** Gives up the place in the queue while the bot is in its lobby still, within a second; null: it has none. */
  leaveQueue(): Promise<void> | null;
  /** An older session plays these matches to their end; called before `begin`. */
  inherit(matchIds: readonly string[]): void;
  /** What became of one of them. */
  freed(matchId: string, how: FreedHow): void;
  begin(): void;
  /** Gives up the place in the queue, and ends. */
  close(): Promise<void>;
}

/** Null: these options ask for nothing of it. @throws {OptionError} for a file of the day that cannot be used. */
export function keepDates(options: DateOptions, parts: DateParts): DateKeeper | null {
  const { keepsDay, keepsSeason, keepsQueue, startsAway } = datesOf(options);
  if (!keepsDay) return null;
  const { emit, needs, redial, recordFolder, wallNow, inspect, ...common } = parts;
  const limits = limitsOf(options);
  const watched = { ...common, wallNow, ...(inspect && { inspect }) };
  const onTrouble = (message: string): void => emit({ type: 'config.warning', message });
  const day: DayCounter = keepDay({
    ...common,
    wallNow,
    limits,
    emit,
    path: options.dayBook ?? null,
    rebuild: () => (recordFolder === null ? null : rebuiltDay(recordFolder, wallNow())),
  });
  let marks: readonly number[] = [];
  /** Of the season. What is only feared may not cost the hours that known fixtures need. */
  let wish: { isNeeded: boolean | 'maybe'; why: string } = { isNeeded: false, why: '' };
  let said = '';
  const hasFreeHours = (): boolean =>
    freeLobbyMs(day.keeper.book(), limits, { marks, wallNow: wallNow() }) !== 0;
  const sayWish = (): void => {
    const isNeeded = wish.isNeeded === 'maybe' ? hasFreeHours() : wish.isNeeded;
    const word = `${isNeeded} ${wish.why}`;
    if (word === said) return;
    said = word;
    needs.say('season', isNeeded, wish.why);
  };
  day.watch(() => {
    if (wish.isNeeded === 'maybe') sayWish();
  });
  const season: SeasonKeeper | null = !keepsSeason
    ? null
    : keepSeason({
        ...watched,
        dryRunAt: (typeof options.season === 'object' ? options.season.dryRunAt : undefined) ?? null,
        onTrouble,
        onNeed(isNeeded, why) {
          wish = { isNeeded, why };
          sayWish();
        },
      });
  const queue: QueueKeeper | null = !keepsQueue
    ? null
    : keepQueue({
        ...watched,
        ...wishesOf(options),
        limits,
        day,
        onTrouble,
        onNeed: (isNeeded, why) => needs.say('queue', isNeeded, why),
        onRedial: redial,
      });

  const seeker = seekMatches(needs, common.clock);
  let endLookIn: (() => void) | null = null;
  const seeks = (): boolean => keepsSeason && startsAway && mayHaveLeftMatch(day.keeper.book(), wallNow());

  const tellMarks = (): void => {
    const open = season === null ? [] : openFixtures(season.actor.getSnapshot().context);
    const next = open.map(({ startsAt }) => startsAt);
    if (next.length === marks.length && next.every((mark, index) => mark === marks[index])) return;
    marks = next;
    day.setMarks(marks);
    queue?.setMarks(marks);
  };

  return {
    season: season?.actor ?? null,
    queue: queue?.actor ?? null,
    redialPauseMs: day.redialPauseMs,
    onEvent(event) {
      day.onEvent(event);
      season?.onEvent(event);
      queue?.onEvent(event);
      seeker.onEvent(event);
    },
    async prepare(signal) {
      tellMarks();
      const dials =
        !startsAway || seeks() || (queue !== null && wantsLobby(queue.actor.getSnapshot().context));
      await day.prepare(dials, signal);
    },
    leaveQueue: () => queue?.leaveFirst() ?? null,
    async claim() {
      queue?.takeBack();
      await season?.prepare();
    },
    async release() {
      await Promise.all([queue?.give(), season?.release()]);
    },
    inherit(matchIds) {
      season?.inherit(matchIds);
      queue?.inherit(matchIds);
    },
    freed(matchId, how) {
      season?.freed(matchId, how);
      queue?.freed(matchId);
    },
    begin() {
      // Before anybody else says that nothing is needed.
      if (seeks()) seeker.begin();
      let isQueueBegun = false;
      const beginQueue = (): void => {
        if (isQueueBegun || queue === null) return;
        isQueueBegun = true;
        queue.begin();
        queue.setMarks(marks);
      };
      season?.actor.subscribe({
        next({ value }) {
          tellMarks();
          // Only now the queue knows what it must not run into.
          if (value.list !== 'reading') beginQueue();
        },
        error: beginQueue,
      });
      season?.begin();
      if (season !== null)
        endLookIn = lookInAfterSleep({
          ...common,
          needs,
          wallNow,
          listedAt: () => season.actor.getSnapshot().context.listedAt,
        });
    },
    async close() {
      seeker.close();
      endLookIn?.();
      await queue?.leave();
      queue?.close();
      await season?.close();
      await day.close();
    },
  };
}
