/** The matches of a platform, from the request for one to its result. */
import { randomUUID } from 'node:crypto';
import type { FormatName } from '../../holdem/match-formats.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { OptionError } from '../../protocol/errors.js';
import type { MatchEnd } from '../../protocol/frames.js';
import type { MatchOrigin } from '../../records/played-match.js';
import type { MatchRecorder, RecordBook } from '../../records/record-book.js';
import type { Timers } from '../../time/timers.js';
import type { Accounts } from '../memory/accounts.js';
import type { Journal } from '../memory/journal.js';
import type { Digest, JournalMatch } from '../memory/journal-digest.js';
import type { JournalPlayer } from '../memory/journal-entry.js';
import { seatLimits } from '../terms/game-options.js';
import { houseBotId } from '../terms/house-bot-id.js';
import { type NamedBot, type Opponent, type Player, playerOf } from '../terms/players.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import { decisionClock, type Settings } from '../terms/sandbox-options.js';
import { unknownMatch } from '../terms/unknown-ids.js';
import type { Dialect } from '../wire/dialect.js';
import type { MatchBook } from './match-book.js';
import { createMatchRun, type MatchRun, type MatchRunOptions } from './match-run.js';

/** The opponents of a bot, and the terms of the match. */
export interface DispatchOptions {
  /** Default: the house bot `calling-station`, as often as the format has seats. */
  opponent?: Opponent;
  /** Up to five opponents in the order of their seats; instead of `opponent`. */
  opponents?: readonly Opponent[];
  /** Announced to the bots; the match moves the ratings in the public records. Default: false. */
  rated?: boolean;
  /** The clock of one decision in this match, in milliseconds before `speed`. Default: the sandbox's. */
  decisionTimeoutMs?: number;
}

/** The players of a match, and its terms. */
export interface PlayOptions extends Pick<DispatchOptions, 'rated' | 'decisionTimeoutMs'> {
  /** Two to six, in the order of their seats. */
  players: readonly Opponent[];
}

/** A match as `matches()` lists it. */
export interface MatchSummary {
  matchId: string;
  /** `dispatching` before it is announced, `waiting` for its players, `playing`, or `ended`. */
  state: MatchRun['state'];
  rated: boolean;
  /** The number of the current or last hand; 0 before the first. */
  hand: number;
  /** In seat order; `botId` is null for a bot that runs inside the sandbox. */
  seats: { name: string; botId: string | null; participantId: string }[];
}

/** What `start` is told besides the players. */
export interface MatchTerms
  extends Pick<MatchRunOptions, 'seed' | 'rated' | 'decisionTimeoutMs' | 'isAskedFor'> {
  origin: MatchOrigin;
  /** The fixture that it is made for. */
  fixture?: string;
}

/** Formats whose matches a token asks for on the platform, however they are started here. */
const askedForFormats: readonly FormatName[] = ['house-bot', 'queue'];

export interface Matches {
  /** Makes the match as soon as all its remote bots are online. */
  readonly play: (options: PlayOptions) => Promise<{ matchId: string }>;
  /**
   * Makes the bots of the matches of an earlier run. The function that it resolves with continues these matches at once,
   * and remembers those that were over.
   */
  prepare(digest: Digest, guests: readonly NamedBot[]): Promise<() => void>;
  /**
   * Makes the match at once.
   *
   * @throws {StateWriteError} when the journal cannot take it; there is no such match then.
   */
  start(players: readonly Player[], terms: MatchTerms): MatchRun;
  /** So many of the next matches break before they are announced. */
  failDispatch(count: number): void;
  /** The seed of the next match. */
  nextSeed(): string;
  readonly list: () => MatchSummary[];
  readonly result: (matchId: string) => Promise<MatchEnd>;
  close(): void;
}

/** What matches need of the lobby. */
export interface Announcer {
  /** Resolves when all of these bots are in the lobby. */
  online(botIds: readonly string[]): Promise<void>;
  /** Announces the match to its remote bots. */
  announceAll(run: MatchRun): void;
}

export interface MatchesOptions {
  settings: Settings;
  dialect: Dialect;
  timers: Timers;
  accounts: Accounts;
  book: MatchBook;
  journal: Journal;
  records: RecordBook;
  announcer: Announcer;
  emit: EmitSandbox;
}

export function createMatches(options: MatchesOptions): Matches {
  const { settings, timers, accounts, book, journal, records, announcer, emit } = options;
  const awaited = new Map<string, { resolve(end: MatchEnd): void; reject(error: Error): void }[]>();
  let made = 0;
  let toFail = 0;
  let closed = false;

  function nextSeed(): string {
    made += 1;
    return `match:${made}:${settings.seed}`;
  }

  function add(
    match: Pick<
      MatchRunOptions,
      'matchId' | 'players' | 'rated' | 'seed' | 'decisionTimeoutMs' | 'isAskedFor' | 'participantIds'
    >,
    { origin, isEarlier }: { origin: MatchOrigin; isEarlier: boolean },
  ): { run: MatchRun; record: MatchRecorder } {
    const { matchId, rated, players } = match;
    const record = records.open({
      matchId,
      origin,
      rated,
      seats: players.map(seatToRecord),
      isEarlier,
    });
    const run = createMatchRun({
      ...options,
      ...match,
      onFact: record.note,
      onEnded(end) {
        record.end(end);
        book.retire(matchId);
        for (const waiter of awaited.get(matchId) ?? []) waiter.resolve(end);
        awaited.delete(matchId);
      },
    });
    book.add(run);
    return { run, record };
  }

  async function prepare(digest: Digest, guests: readonly NamedBot[]): Promise<() => void> {
    const prepared: { match: JournalMatch; players: Player[] | null }[] = [];
    for (const match of digest.matches) {
      const { players, seed } = match.start;
      prepared.push({ match, players: await playersOf(players, seed, guests, match.end !== null) });
    }
    return () => {
      made = digest.made;
      for (const { match, players } of prepared) restore(match, players);
    };
  }

  /** @param players null when one of its bots does not exist any more. */
  function restore({ start: match, ...history }: JournalMatch, players: Player[] | null): void {
    const end = history.end as MatchEnd | null;
    const isAskedFor = match.isAskedFor ?? false;
    const { run, record } = add(
      { ...match, isAskedFor, players: players ?? absent(match.players) },
      { origin: match.origin ?? 'challenge', isEarlier: history.hasBegun || end !== null },
    );
    run.restore({ ...history, end });
    if (end !== null) {
      record.end(end);
      book.retire(match.matchId);
    } else if (players === null) run.force('error');
  }

  async function playersOf(
    players: readonly JournalPlayer[],
    seed: string,
    guests: readonly NamedBot[],
    isOver: boolean,
  ): Promise<Player[] | null> {
    if (isOver) return absent(players);
    try {
      return await Promise.all(
        players.map((player, index) => {
          const opponent =
            'botId' in player ? player : (guests.find(({ name }) => name === player.house) ?? player.house);
          return playerOf(opponent, `${index}:${seed}`, (botId) => accounts.bot(botId));
        }),
      );
    } catch {
      return null;
    }
  }

  /** Players for a match that is not played any more: the owners of the seats, and house bots that fold. */
  function absent(players: readonly JournalPlayer[]): Player[] {
    return players.map((player) => {
      const bot = 'botId' in player ? accounts.bot(player.botId) : undefined;
      if (bot !== undefined) return { kind: 'remote', bot };
      const name = 'house' in player ? player.house : player.botId;
      return { kind: 'house', name, bot: { decide: () => ({ action: 'fold' }) } };
    });
  }

  const start: Matches['start'] = (players, { origin, fixture, ...terms }) => {
    const { seed, rated, decisionTimeoutMs, isAskedFor } = terms;
    const matchId = randomUUID();
    const participantIds = players.map(() => randomUUID() as string);
    // A match that cannot be written is not made.
    journal.write({
      t: 'match',
      n: made,
      matchId,
      seed,
      rated,
      decisionTimeoutMs,
      ...(isAskedFor && { isAskedFor }),
      origin,
      ...(fixture !== undefined && { fixture }),
      players: players.map((player) =>
        player.kind === 'remote' ? { botId: player.bot.botId } : { house: player.name },
      ),
      participantIds,
    });
    const { run } = add({ matchId, players, participantIds, ...terms }, { origin, isEarlier: false });
    emit({ type: 'match.created', matchId, players: run.seats.map(({ name }) => name) });
    if (toFail > 0) {
      toFail -= 1;
      run.force('error');
      return run;
    }
    const announce = () => {
      run.open();
      if (run.state !== 'ended') announcer.announceAll(run);
    };
    if (settings.dispatchDelayMs === 0) announce();
    else timers.after(settings.dispatchDelayMs, announce);
    return run;
  };

  async function play({ players, rated = false, ...more }: PlayOptions): Promise<{ matchId: string }> {
    const decisionTimeoutMs =
      more.decisionTimeoutMs === undefined
        ? settings.decisionTimeoutMs
        : decisionClock(more.decisionTimeoutMs, settings);
    const isAskedFor = askedForFormats.includes(settings.format);
    const seed = nextSeed();
    const seated = await seat(players, seed);
    const botIds = seated.flatMap((player) => (player.kind === 'remote' ? [player.bot.botId] : []));
    if (closed) throw new Error('The sandbox was closed.');
    if (botIds.length > 0) await announcer.online(botIds);
    const terms = { seed, origin: 'challenge', rated, decisionTimeoutMs, isAskedFor } as const;
    return { matchId: start(seated, terms).matchId };
  }

  async function seat(players: readonly Opponent[], seed: string): Promise<Player[]> {
    if (!Array.isArray(players) || players.length < seatLimits.min || players.length > seatLimits.max) {
      throw new OptionError(
        'opponents',
        `A match has a list of ${seatLimits.min} to ${seatLimits.max} players.`,
      );
    }
    const seated = await Promise.all(
      players.map((player, index) => playerOf(player, `${index}:${seed}`, (botId) => accounts.bot(botId))),
    );
    const bots = seated.flatMap((player) => (player.kind === 'remote' ? [player.bot] : []));
    if (new Set(bots).size < bots.length) {
      throw new OptionError('opponent', 'A bot cannot play against itself.');
    }
    return seated;
  }

  return {
    play,
    start,
    prepare,
    nextSeed,
    failDispatch(count) {
      toFail = count;
    },
    list: () =>
      book.all().map(({ matchId, state, rated, hand, seats }) => ({
        matchId,
        state,
        rated,
        hand,
        seats: seats.map(({ name, botId, participantId }) => ({ name, botId, participantId })),
      })),
    result(matchId) {
      const run = book.match(matchId);
      if (run === undefined) return Promise.reject(unknownMatch(matchId));
      if (run.end !== null) return Promise.resolve(run.end);
      if (closed) return Promise.reject(new Error('The sandbox was closed.'));
      return new Promise((resolve, reject) => {
        awaited.set(matchId, [...(awaited.get(matchId) ?? []), { resolve, reject }]);
      });
    },
    close() {
      closed = true;
      for (const run of book.all()) run.cut();
      for (const waiter of [...awaited.values()].flat()) waiter.reject(new Error('The sandbox was closed.'));
      awaited.clear();
    },
  };
}

/** A house bot is known by its id; another bot inside the platform has none. */
function seatToRecord(player: Player): { name: string; botId: string | null } {
  if (player.kind === 'remote') return { name: player.bot.name, botId: player.bot.botId };
  const isKnown = houseBotNames.some((name) => name === player.name);
  return { name: player.name, botId: isKnown ? houseBotId(player.name) : null };
}
