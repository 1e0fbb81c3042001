/** The public records: matches, their hands, and bots (docs/protocol.md 7). */
import { OptionError } from '../protocol/errors.js';
import type { JsonObject } from '../protocol/frames.js';
import { maxHandsPerPage, maxMatchesPerPage } from '../protocol/http-records.js';
import { type Caller, type CallOptions, needed, objectOf, segmentOf } from './caller.js';
import { wholeOf } from './fields.js';
import { type ReadHands, readHandRows } from './read-hands.js';
import {
  type PublicBot,
  type RecordedMatch,
  type Replay,
  readMatch,
  readPublicBot,
  readReplay,
} from './read-records.js';

const noReplay = 'a replay: it has no list of hands';

const defaults = {
  /** A hundred times what the platform plays in a match. */
  maxHands: 100_000,
} as const;

/** Which matches are asked for. */
export interface MatchFilter extends CallOptions {
  /** Matches of this bot. */
  botId?: string;
  /** For instance `poker`. */
  gameType?: string;
  /** Matches a page, from 1 to 100. Default: 100. */
  pageSize?: number;
}

/** Which matches are asked for, page after page. */
export interface MatchWalk extends MatchFilter {
  /** Ids that are known already: they are left out, and a page of only such ones is the last. */
  known?: ReadonlySet<string>;
}

/** One page of the list of matches. */
export interface MatchPage {
  /** Of all pages; null: not told. */
  total: number | null;
  matches: RecordedMatch[];
  /** How many there were on the page: those that do not fit the filter, or cannot be read, are not in `matches`. */
  entries: number;
}

/** Public records of matches and bots: they need no token. */
export interface RecordsClient {
  /** One page of matches, the newest first. @param page from 1. */
  matchPage(page: number, filter?: MatchFilter): Promise<MatchPage>;
  /**
   * All matches, the newest first, page for page as they are asked for. Matches that end meanwhile push others to the
   * next page: none comes twice.
   */
  matches(walk?: MatchWalk): AsyncGenerator<RecordedMatch, void, undefined>;
  match(matchId: string, options?: CallOptions): Promise<RecordedMatch>;
  /**
   * All hands of a match, with the cards of both sides.
   *
   * @throws {PlatformAnswerError} also when fewer come than the platform counts: a part is not a record.
   */
  hands(matchId: string, options?: CallOptions): Promise<ReadHands>;
  /** The same hands as the platform tells them (`RecordedHandRow`), unread. @throws as `hands`. */
  handRows(matchId: string, options?: CallOptions): Promise<unknown[]>;
  /** The same match from its other source, which tells stacks, and no winners. */
  replay(matchId: string, options?: CallOptions): Promise<Replay>;
  /** The same as the platform tells it (`ReplayAnswer`), unread but for its list of hands. @throws as `replay`. */
  replayBody(matchId: string, options?: CallOptions): Promise<JsonObject>;
  bot(botId: string, options?: CallOptions): Promise<PublicBot>;
}

export function createRecordsClient(caller: Caller): RecordsClient {
  async function pageOf(page: number, filter: MatchFilter): Promise<MatchPage> {
    const { pageSize = maxMatchesPerPage, botId, gameType } = filter;
    requireWhole('page', page, Number.MAX_SAFE_INTEGER);
    requireWhole('pageSize', pageSize, maxMatchesPerPage);
    const query = { page, page_size: pageSize, bot_id: botId, game_type: gameType };
    const answer = await caller.askRecord('/api/matches', query, filter);
    const { list, beside } = caller.list(answer, ['matches'], 'a list of matches');
    const rows = needed(caller.rows(list, answer, readMatch), answer.where, 'a list of matches');
    return {
      total: wholeOf(beside['total']),
      matches: rows.filter((match) => fits(match, filter)),
      entries: list.length,
    };
  }

  async function* walk({
    known = new Set(),
    ...filter
  }: MatchWalk): AsyncGenerator<RecordedMatch, void, undefined> {
    const told = new Set<string>();
    const paging = createPaging(filter.pageSize ?? maxMatchesPerPage);
    for (let page = 1; ; page += 1) {
      const { total, matches, entries } = await pageOf(page, filter);
      const fresh = matches.filter(({ matchId }) => !told.has(matchId));
      for (const match of fresh) {
        told.add(match.matchId);
        if (!known.has(match.matchId)) yield match;
      }
      const isKnown = matches.length > 0 && matches.every(({ matchId }) => known.has(matchId));
      // A server that sends the same page for every number would never come to an end.
      const isRepeated = matches.length > 0 && fresh.length === 0;
      if (paging.isLast(entries, total) || isKnown || isRepeated) return;
    }
  }

  async function handRowsOf(matchId: string, options: CallOptions | undefined): Promise<unknown[]> {
    const path = `/api/matches/${segmentOf(matchId, 'matchId')}/hands`;
    const paging = createPaging(maxHandsPerPage);
    let rows: unknown[] = [];
    const numbers = new Set<number>();
    for (let page = 1; ; page += 1) {
      const answer = await caller.askRecord(path, { page, page_size: maxHandsPerPage }, options);
      const { list, beside } = caller.list(answer, ['hands'], 'a list of hands');
      const fresh = list.filter((row) => isNew(row, numbers));
      rows = rows.concat(fresh);
      needed(rows.length <= defaults.maxHands ? rows : null, answer.where, 'a record: it does not end');
      const count = wholeOf(beside['total']);
      const isLast = count === null ? paging.isLast(list.length, null) : rows.length >= count;
      if (!isLast && fresh.length > 0) continue;
      needed(count === null || rows.length >= count ? rows : null, answer.where, `all of the ${count} hands`);
      return rows;
    }
  }

  async function replayOf(matchId: string, options: CallOptions | undefined) {
    const path = `/api/matches/${segmentOf(matchId, 'matchId')}/replay`;
    const answer = await caller.askRecord(path, undefined, options);
    const body = objectOf(answer);
    needed(Array.isArray(body['hands']) ? body : null, answer.where, noReplay);
    return { body, answer };
  }

  return {
    matchPage: (page, filter = {}) => pageOf(page, filter),
    matches: (options = {}) => walk(options),
    async match(matchId, options) {
      const answer = await caller.askRecord(
        `/api/matches/${segmentOf(matchId, 'matchId')}`,
        undefined,
        options,
      );
      return needed(readMatch(objectOf(answer)), answer.where, 'a match: it has no id or no participants');
    },
    hands: async (matchId, options) => readHandRows(await handRowsOf(matchId, options)),
    handRows: handRowsOf,
    async replay(matchId, options) {
      const { body, answer } = await replayOf(matchId, options);
      return needed(readReplay(body), answer.where, noReplay);
    },
    replayBody: async (matchId, options) => (await replayOf(matchId, options)).body,
    async bot(botId, options) {
      const answer = await caller.askRecord(`/api/bots/${segmentOf(botId, 'botId')}`, undefined, options);
      return readPublicBot(objectOf(answer));
    },
  };
}

/** Whether a page is the last one. Servers may send fewer entries a page than were asked for. */
function createPaging(pageSize: number): { isLast(entries: number, total: number | null): boolean } {
  let seen = 0;
  let largest = 0;
  return {
    isLast(entries, total) {
      seen += entries;
      largest = Math.max(largest, entries);
      if (entries === 0) return true;
      return total === null ? entries < Math.min(pageSize, largest) : seen >= total;
    },
  };
}

/** Filters of a server that does not know them change nothing: what contradicts them is left out here. */
function fits({ gameType, participants }: RecordedMatch, filter: MatchFilter): boolean {
  if (filter.gameType !== undefined && gameType !== null && gameType !== filter.gameType) return false;
  const ids = participants.map(({ botId }) => botId);
  return filter.botId === undefined || ids.includes(null) || ids.includes(filter.botId);
}

/** Hands without a number cannot be told apart, and are all kept. */
function isNew(row: unknown, numbers: Set<number>): boolean {
  const number =
    typeof row === 'object' && row !== null ? wholeOf((row as { hand_number?: unknown }).hand_number) : null;
  if (number === null) return true;
  if (numbers.has(number)) return false;
  numbers.add(number);
  return true;
}

function requireWhole(name: string, value: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return;
  throw new OptionError(name, `The ${name} must be a whole number from 1 to ${max}.`);
}
