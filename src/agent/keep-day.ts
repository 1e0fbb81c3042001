/** Counts what an agent uses of the bot's day: time in the lobby, matches, dials; and says when something is used up. */
import { matchesCounted, matchesLeft, withFixture, withMatchOf } from '../budget/claims.js';
import type { DayBook, DayLimits, DayMatch } from '../budget/day-book.js';
import { dayPathOf } from '../budget/day-file.js';
import { type DayKeeper, openDayKeeper } from '../budget/day-keeper.js';
import { redialFloorMs, startWaitMs, withDial, withProvenDial } from '../budget/dial-pace.js';
import { freeLobbyMs, reservedLobbyMs, withLobbyTime } from '../budget/lobby-time.js';
import { seasonDefaults } from '../machines/season.context.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { onAbort } from '../network/on-abort.js';
import type { AgentEvent } from '../protocol/events.js';
import type { DayFigures } from '../protocol/queue-events.js';
import type { Clock, Times } from '../time/clock.js';
import { createOwnTimers } from '../time/own-timers.js';
import { untilMidnightMs } from '../time/utc-day.js';

const defaults = {
  /** How often time in the lobby is added: a session that is killed loses so much of it. */
  everyMs: 30_000,
  /** Lobby time alone is reported once a minute: less half a tick, as writing the file takes a moment. */
  reportMs: 45_000,
  /** A connection that lasted so long was a good one. */
  provenMs: 10_000,
  /** So long before a fixture no dial waits. */
  nearMs: 12 * 60_000,
} as const;

export interface KeptDay extends Times {
  /** The file; null: the usual one. */
  path: string | null;
  lobbyUrl: string;
  env: EnvironmentVariables;
  limits: DayLimits;
  clock: Clock;
  emit: (event: AgentEvent) => void;
  /** What is known of the day from recordings, for a file that is damaged. */
  rebuild: () => DayBook | null;
}

export interface DayCounter {
  readonly keeper: DayKeeper;
  /** Calls the listener with each book that differs from the one before. */
  readonly watch: (listener: (book: DayBook) => void) => () => void;
  /** The fixtures of today that are still to be played. */
  setMarks(marks: readonly number[]): void;
  /** Resolves when the lobby may be dialed. @param dials the session dials it at once. */
  prepare(dials: boolean, signal: AbortSignal): Promise<void>;
  /** The least pause before it is dialed again. */
  readonly redialPauseMs: (isHolding: boolean) => number;
  readonly onEvent: (event: AgentEvent) => void;
  close(): Promise<void>;
}

/** @throws {OptionError} for a file that was named and cannot be used. */
export function keepDay(day: KeptDay): DayCounter {
  const { lobbyUrl, env, limits, clock, now, wallNow, emit, rebuild } = day;
  const timers = createOwnTimers(clock);
  const listeners = new Set<(book: DayBook) => void>();
  let marks: readonly number[] = [];
  let onlineSince: number | null = null;
  /** The same, for as long as the book does not have it. */
  let uncountedSince: number | null = null;
  let isCounted = false;
  let hasDialed = false;
  let reported: DayFigures | null = null;
  let reportedAt = Number.NEGATIVE_INFINITY;
  /** What was said to be used up, on which day. */
  const said = new Set<string>();
  /** Matches that were counted, and may turn out to be those of fixtures. */
  const undecided = new Set<string>();

  const keeper = openDayKeeper({
    path: day.path ?? dayPathOf(lobbyUrl, env),
    isUsual: day.path === null,
    wallNow,
    rebuild,
    onTrouble: (message) => emit({ type: 'budget.trouble', message }),
    onChange(book, before) {
      // The day before what it brings: a lobby is entered because of it.
      if (book.day > before.day) emit({ type: 'budget.day', day: book.day });
      for (const listener of listeners) listener(book);
      tellCounted(book, before);
      report(book);
    },
  });

  function figuresOf(book: DayBook): DayFigures {
    return {
      day: book.day,
      matches: matchesCounted(book),
      claims: book.claims.length,
      matchesLimit: limits.matches,
      lobbyMs: Math.round(book.lobbyMs),
      lobbySince: uncountedSince === null ? null : Math.round(wallNow() - (now() - uncountedSince)),
      lobbyLimitMs: limits.lobbyMs,
      reservedMs: reservedLobbyMs(marks, wallNow()),
      dials: book.dials.count,
    };
  }

  /** @param isDue lobby time alone is told now. */
  function report(whole: DayBook, isDue = false): void {
    const book = {
      ...whole,
      matches: whole.matches.filter(({ matchId }) => !undecided.has(matchId)),
    };
    const figures = figuresOf(book);
    const isOnlyTime = reported !== null && isSameButTime(reported, figures);
    if (isOnlyTime && !isDue && now() < reportedAt + defaults.reportMs) return;
    reported = figures;
    reportedAt = now();
    emit({ type: 'budget.changed', figures });
    tellSpent(book);
  }

  /** A match may have been counted by another session of the bot. */
  function tellCounted(book: DayBook, before: DayBook): void {
    for (const match of book.matches) {
      const { matchId, kind, at } = match;
      if (before.matches.some((known) => known.matchId === matchId && known.kind === kind)) continue;
      // The match of a fixture is known as such when its opponent is.
      if (kind !== 'fixture' && kind !== 'house' && mayBeFixture(at)) undecided.add(matchId);
      else {
        undecided.delete(matchId);
        tellMatch(match);
      }
    }
  }

  const mayBeFixture = (at: number): boolean =>
    marks.some((mark) => at >= mark - seasonDefaults.earlyMs && at <= mark + seasonDefaults.windowMs);

  function tellMatch({ matchId, kind }: DayMatch): void {
    emit({ type: 'budget.counted', matchId, kind });
  }

  /** If it was a fixture's, that was told by now. */
  function decide(matchId: string): void {
    if (!undecided.has(matchId)) return;
    const match = keeper.book().matches.find((counted) => counted.matchId === matchId);
    undecided.delete(matchId);
    if (match === undefined) return;
    tellMatch(match);
    report(keeper.book());
  }

  function tellSpent(book: DayBook): void {
    const wall = wallNow();
    const until = wall + untilMidnightMs(wall);
    const say = (what: 'matches' | 'lobby_hours', message: string): void => {
      const key = `${book.day} ${what}`;
      if (said.has(key)) return;
      said.add(key);
      emit({ type: 'budget.spent', what, by: 'count', until, message });
    };
    // What the platform says was reported when it said so.
    const counted = { ...book, refusedUntil: { matches: null, lobbyHours: null }, claims: [] };
    if (matchesLeft(counted, limits, wall) === 0) {
      say(
        'matches',
        `${limits.matches === 1 ? 'the only match of the day is' : `the ${limits.matches} matches of the day are`} used up, until 00:00 UTC; fixtures are played all the same`,
      );
    }
    if (freeLobbyMs(counted, limits, { marks, wallNow: wall }) === 0) {
      say(
        'lobby_hours',
        `the lobby hours of the day are used up but for what its fixtures need, until 00:00 UTC`,
      );
    }
  }

  async function addTime(): Promise<void> {
    if (onlineSince === null) return;
    const at = now();
    const forMs = at - onlineSince;
    onlineSince = at;
    await keeper.change((book, wall) => {
      if (uncountedSince !== null) uncountedSince = Math.max(uncountedSince, at);
      return withLobbyTime(book, forMs, wall);
    });
  }

  const tick = (): void => {
    if (onlineSince === null) void keeper.refresh();
    else void addTime();
    decideOld();
    plan();
  };
  const plan = (): void => {
    const wall = wallNow();
    timers.later(Math.min(defaults.everyMs, untilMidnightMs(wall)), tick);
  };

  const countDial = (): Promise<DayBook> => {
    const isFirst = !hasDialed;
    hasDialed = true;
    return keeper.change((book, wall) => withDial(book, wall, isFirst));
  };

  /** After the season has heard of it, and the book of what that found. */
  const decideSoon = (matchId: string): void => {
    queueMicrotask(() => void keeper.refresh().then(() => decide(matchId)));
  };
  /** Another session plays them, and does not say against whom. */
  const decideOld = (): void => {
    for (const { matchId, at } of keeper.book().matches) {
      if (wallNow() >= at + seasonDefaults.windowMs) decide(matchId);
    }
  };

  let proven: unknown = null;
  function goOnline(): void {
    if (onlineSince === null) {
      onlineSince = now();
      uncountedSince = onlineSince;
      // After everybody was told that it is there.
      queueMicrotask(() => report(keeper.book(), true));
    }
    timers.cancel(proven);
    proven = timers.later(defaults.provenMs, () => void keeper.change(withProvenDial));
  }
  async function goOffline(): Promise<void> {
    timers.cancel(proven);
    if (onlineSince === null) return;
    const added = addTime();
    onlineSince = null;
    uncountedSince = null;
    // Nothing more is added until the lobby is entered again: what stands is told.
    await added;
    report(keeper.book(), true);
  }

  return {
    keeper,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setMarks(next) {
      marks = next;
      report(keeper.book(), true);
    },
    async prepare(dials, signal) {
      await keeper.refresh();
      report(keeper.book());
      plan();
      if (!dials) return;
      const waitMs = startWaitMs(keeper.book(), wallNow(), isNear(marks, wallNow()));
      const { unproven } = keeper.book().dials;
      if (waitMs > 0) {
        const message = `The last ${unproven} sessions of this bot did not keep their connection for 10 s: the lobby is dialed in ${Math.ceil(waitMs / 1_000)} s. What ends them is in their logs.`;
        emit({ type: 'budget.dial_waits', waitMs, dials: keeper.book().dials.count, message });
        await new Promise<void>((resolve) => {
          const timer = timers.later(waitMs, resolve);
          onAbort(signal, () => {
            timers.cancel(timer);
            resolve();
          });
        });
      }
      if (signal.aborted) return;
      await countDial();
      isCounted = true;
    },
    redialPauseMs: (isHolding) =>
      redialFloorMs(keeper.book(), wallNow(), isHolding || isNear(marks, wallNow())),
    onEvent(event) {
      if (event.type === 'lobby.connecting') {
        // The first one was counted before it was made.
        if (isCounted) isCounted = false;
        else void countDial();
      } else if (event.type === 'lobby.listening') goOnline();
      else if (isLobbyGone(event)) void goOffline();
      else if (event.type === 'match.announced') {
        const { matchId, rated } = event;
        void keeper.change((book, wall) => withMatchOf(book, { matchId, rated, at: Math.round(wall) }));
      } else if (event.type === 'match.started') decideSoon(event.matchId);
      else if (event.type === 'match.ended') decideSoon(event.result.matchId);
      else if (event.type === 'fixture.matched' || event.type === 'fixture.served') {
        const { matchId, fixture } = event;
        // The match of a dry run is one like any other.
        if (fixture.isInvented) return;
        undecided.delete(matchId);
        void keeper.change((book, wall) => withFixture(book, { matchId, at: Math.round(wall) }));
      }
    },
    async close() {
      await goOffline();
      timers.clear();
      await keeper.close();
    },
  };
}

/** The session has left its lobby, or lost it. */
export const isLobbyGone = ({ type }: AgentEvent): boolean =>
  type === 'lobby.lost' || type === 'lobby.left' || type === 'lobby.draining';

/** A fixture begins within twelve minutes, or waits for the bot. */
const isNear = (marks: readonly number[], wallNow: number): boolean =>
  marks.some((mark) => mark - defaults.nearMs <= wallNow);

function isSameButTime(one: DayFigures, other: DayFigures): boolean {
  const names = ['day', 'matches', 'claims', 'dials', 'matchesLimit', 'lobbyLimitMs'] as const;
  return names.every((name) => one[name] === other[name]);
}
