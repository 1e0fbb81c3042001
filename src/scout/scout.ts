/** Asks for the public matches of bots, as many as are wanted and not there yet, and keeps them. */
import { PlatformAnswerError, PlatformRefusedError } from '../platform/platform-error.js';
import type { Participant, RecordedMatch } from '../platform/read-records.js';
import type { RecordsClient } from '../platform/records-client.js';
import { maxMatchesPerPage } from '../protocol/http-records.js';
import { didYouMean } from '../protocol/known-names.js';
import { botIdsIn, type MatchIndex } from './match-index.js';
import { emptyList, type ListPage, type MatchList, walkList } from './match-list.js';
import type { ScoutCache } from './scout-cache.js';
import { matchRichness, type ScoutedMatch } from './scouted-match.js';
import { type ScoutStop, stopOf } from './stops.js';

const defaults = {
  /** Pages between two writes of a list. */
  keepEvery: 10,
} as const;

const notFound = 404;

/** Why a match that a list names was not kept. */
export type LeftOut =
  /** Another game than poker. */
  | 'other_game'
  /** Still played, broken off, or of a status that is not known. */
  | 'not_completed'
  /** The platform has no hands of it. */
  | 'no_record'
  /** What came cannot be read, or was not all of it. */
  | 'unreadable'
  /** Nobody tells who sat where. */
  | 'no_seats'
  /** What is kept tells more. */
  | 'thinner';

export interface ScoutOptions {
  readonly records: Pick<RecordsClient, 'matchPage' | 'match' | 'handRows' | 'replayBody'>;
  readonly cache: ScoutCache;
  readonly index: MatchIndex;
  /** Names, or ids, of bots. */
  readonly names: readonly string[];
  /** Of each bot, the newest. */
  readonly maxMatches: number;
  /** Epoch milliseconds; matches that began earlier are not asked for. Null: no limit. */
  readonly since: number | null;
  /** Ask for matches that are there, too, and let them replace what tells more. */
  readonly isForced: boolean;
  readonly signal: AbortSignal;
  /** Epoch milliseconds of the wall clock. */
  readonly wallNow: () => number;
  readonly onProgress?: (progress: ScoutProgress) => void;
}

export type ScoutProgress =
  /** A page of a list came. `bot` is null for the list of all matches. */
  | { readonly type: 'list'; readonly bot: string | null; readonly page: number; readonly rows: number }
  /** A match of this bot was looked at; `done` of `of` now. */
  | { readonly type: 'match'; readonly bot: string; readonly done: number; readonly of: number };

/** What there is of one bot. */
export interface ScoutedBot {
  readonly name: string;
  /** None: nobody of this name is in the list. Null among them: the platform does not tell its id. */
  readonly botIds: readonly (string | null)[];
  /** A sentence where there is none: what may have been meant. */
  readonly hint: string | null;
  /** The ids of the matches that are kept now and were wanted, the newest first. */
  readonly matches: readonly string[];
  /** Of these, how many came now. */
  readonly fresh: number;
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
}

export interface ScoutReport {
  readonly bots: readonly ScoutedBot[];
  /** Null: it came to its end. What was kept until then stays. */
  readonly stopped: ScoutStop | null;
}

/** Never throws for what platform, network or disk do: the report says it. */
export async function scout(options: ScoutOptions): Promise<ScoutReport> {
  const bots = options.names.map((name) => new BotScout(name, options));
  let stopped: ScoutStop | null = null;
  try {
    await findNames(bots, options);
    for (const bot of bots) await bot.run();
  } catch (error) {
    stopped = stopOf(error, options.signal);
  }
  return { bots: bots.map((bot) => bot.report()), stopped };
}

/** Looks for the ids of names that no earlier run has met: in the list of all matches, from the newest on. */
async function findNames(bots: readonly BotScout[], options: ScoutOptions): Promise<void> {
  const { index, since } = options;
  for (const bot of bots) bot.meet(index.botIdsOf(bot.name));
  const missing = () => bots.filter(({ ids }) => ids.size === 0);
  if (missing().length === 0) return;
  const rows = await walkAndKeep(null, options, (found) => {
    for (const bot of missing()) bot.meet(botIdsIn(found, bot.name));
    return missing().length === 0 || isBefore(found.at(-1), since);
  });
  const names = new Set(rows.flatMap(({ participants }) => participants.flatMap(({ name }) => name ?? [])));
  for (const bot of missing())
    bot.hint = `No match of a bot named ${bot.name} is in the list.${didYouMean(bot.name, names)}`;
}

async function walkAndKeep(
  botId: string | null,
  { records, index, signal, onProgress }: ScoutOptions,
  isEnough: (rows: readonly RecordedMatch[]) => boolean,
  check: (page: ListPage) => void = () => undefined,
): Promise<RecordedMatch[]> {
  let list: MatchList = emptyList;
  let unkept = 0;
  let pages = 0;
  const keep = async () => {
    if (unkept > 0) await index.save(botId, list);
    unkept = 0;
  };
  try {
    return await walkList({
      before: index.load(botId),
      pageSize: maxMatchesPerPage,
      async pageOf(page) {
        if (unkept >= defaults.keepEvery) await keep();
        const answer = await records.matchPage(page, { ...(botId !== null && { botId }), signal });
        check(answer);
        return answer;
      },
      isEnough,
      onPage(next) {
        list = next;
        unkept += 1;
        pages += 1;
        onProgress?.({ type: 'list', bot: botId, page: pages, rows: next.rows.size });
      },
    });
  } finally {
    await keep();
  }
}

/** The server does not know the filter: its list is that of all matches. */
class UnfilteredError extends Error {}

/** The work for one name. */
class BotScout {
  readonly ids = new Set<string | null>();
  hint: string | null = null;
  readonly #matches: string[] = [];
  readonly #leftOut = new Map<LeftOut, number>();
  #fresh = 0;
  readonly name: string;
  readonly #options: ScoutOptions;

  constructor(name: string, options: ScoutOptions) {
    this.name = name;
    this.#options = options;
    if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(name)) this.ids.add(name);
  }

  meet(ids: ReadonlySet<string | null>): void {
    for (const id of ids) this.ids.add(id);
  }

  report(): ScoutedBot {
    return {
      name: this.name,
      botIds: [...this.ids],
      hint: this.hint,
      matches: this.#matches,
      fresh: this.#fresh,
      leftOut: Object.fromEntries(this.#leftOut),
    };
  }

  async run(): Promise<void> {
    const found = new Map<string, RecordedMatch>();
    for (const id of this.ids) for (const match of await this.#rowsOf(id)) found.set(match.matchId, match);
    const wanted = [...found.values()]
      .filter((match) => this.#isWanted(match, true))
      .toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))
      .slice(0, this.#options.maxMatches);
    for (const [index, match] of wanted.entries()) {
      this.#options.onProgress?.({ type: 'match', bot: this.name, done: index, of: wanted.length });
      const why = await this.#keep(match);
      if (why !== null) this.#leave(why);
      if (why === null || why === 'thinner') this.#matches.push(match.matchId);
    }
    this.#options.onProgress?.({ type: 'match', bot: this.name, done: wanted.length, of: wanted.length });
  }

  async #rowsOf(botId: string | null): Promise<RecordedMatch[]> {
    const isEnough = (rows: readonly RecordedMatch[]) =>
      rows.filter((match) => this.#isWanted(match, false)).length >= this.#options.maxMatches ||
      isBefore(rows.at(-1), this.#options.since);
    if (botId !== null) {
      try {
        return await walkAndKeep(botId, this.#options, isEnough, ({ matches, entries }) => {
          if (matches.length < entries) throw new UnfilteredError();
        });
      } catch (error) {
        if (!(error instanceof UnfilteredError)) throw error;
      }
    }
    const rows = await walkAndKeep(null, this.#options, isEnough);
    return rows.filter((match) => this.#seatIn(match) !== undefined);
  }

  /** Where this bot sat: by its id, and by its name where there is no id. */
  #seatIn({ participants }: RecordedMatch): Participant | undefined {
    return (
      participants.find(({ botId }) => botId !== null && this.ids.has(botId)) ??
      participants.find(({ botId, name }) => botId === null && name === this.name)
    );
  }

  #isWanted(match: RecordedMatch, isCounted: boolean): boolean {
    const why = this.#whyNot(match);
    if (isCounted && typeof why === 'string') this.#leave(why);
    return why === null;
  }

  /** Undefined: it is of another bot, or too old. */
  #whyNot(match: RecordedMatch): LeftOut | null | undefined {
    if (this.#seatIn(match) === undefined || isBefore(match, this.#options.since)) return undefined;
    if (match.gameType !== null && match.gameType !== 'poker') return 'other_game';
    return match.status === 'completed' ? null : 'not_completed';
  }

  #leave(why: LeftOut): void {
    this.#leftOut.set(why, (this.#leftOut.get(why) ?? 0) + 1);
  }

  /** @returns null: the match is kept. */
  async #keep(listed: RecordedMatch): Promise<LeftOut | null> {
    const { cache, isForced } = this.#options;
    // What is damaged is asked for again.
    if (!isForced && cache.has(listed.matchId) && cache.read(listed.matchId) !== null) return null;
    try {
      const scouted = await this.#ask(listed);
      if (typeof scouted === 'string') return scouted;
      if (!cache.write(scouted, isForced)) return 'thinner';
      this.#fresh += 1;
      return null;
    } catch (error) {
      if (error instanceof PlatformAnswerError) return 'unreadable';
      if (error instanceof PlatformRefusedError && error.status === notFound) return 'no_record';
      throw error;
    }
  }

  async #ask(listed: RecordedMatch): Promise<ScoutedMatch | LeftOut> {
    const { records, signal, wallNow } = this.#options;
    const { matchId } = listed;
    const match = hasSeats(listed) ? listed : richer(await records.match(matchId, { signal }), listed);
    if (hasSeats(match)) {
      try {
        const hands = await records.handRows(matchId, { signal });
        if (hands.length === 0) return 'no_record';
        return { match, source: 'hands', askedAt: wallNow(), hands, metadata: null };
      } catch (error) {
        // Its other source may tell what this one does not.
        if (!(error instanceof PlatformAnswerError)) throw error;
      }
    }
    const { hands, metadata } = await records.replayBody(matchId, { signal });
    if (!Array.isArray(hands) || hands.length === 0) return 'no_record';
    const seated = withSeatsOf(match, metadata);
    if (!hasSeats(seated)) return 'no_seats';
    return { match: seated, source: 'replay', askedAt: wallNow(), hands, metadata: asObject(metadata) };
  }
}

function isBefore(match: RecordedMatch | undefined, since: number | null): boolean {
  return since !== null && match !== undefined && match.startedAt !== null && match.startedAt < since;
}

const hasSeats = ({ participants }: RecordedMatch): boolean =>
  participants.every(({ seat }) => seat !== null);

function richer(a: RecordedMatch, b: RecordedMatch): RecordedMatch {
  const [left, right] = [matchRichness(a), matchRichness(b)];
  const differing = left.findIndex((count, index) => count !== right[index]);
  return differing === -1 || (left[differing] ?? 0) > (right[differing] ?? 0) ? a : b;
}

/** A replay names its players by seat: names that two seats have tell nothing. */
function withSeatsOf(match: RecordedMatch, metadata: unknown): RecordedMatch {
  const players = asObject(metadata)?.['players'];
  if (!Array.isArray(players)) return match;
  const seats = new Map<unknown, unknown>();
  for (const player of players) {
    const { name, seat } = asObject(player) ?? {};
    seats.set(name, seats.has(name) ? null : seat);
  }
  return {
    ...match,
    participants: match.participants.map((each) => {
      const seat = each.seat ?? seats.get(each.name);
      return { ...each, seat: typeof seat === 'number' ? seat : null };
    }),
  };
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
