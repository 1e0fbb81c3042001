/**
 * A list of matches as far as it was paged through: blocks of rows without a gap, the newest first. Matches that end while
 * a list is paged through push the others on, and a walk that is cut off leaves a gap behind it, which a later one closes.
 */

import { type RecordedMatch, readMatch } from '../platform/read-records.js';
import { isObject } from '../protocol/checks.js';
import { matchRichness, rowOfMatch } from './scouted-match.js';

const defaults = {
  /** A server that has the same page for every number has no end. */
  maxRepeated: 3,
} as const;

interface Block {
  /** The newest first. */
  ids: string[];
  /** The platform has nothing older. */
  isEnd: boolean;
}

export interface MatchList {
  readonly blocks: readonly Block[];
  readonly rows: ReadonlyMap<string, RecordedMatch>;
}

export const emptyList: MatchList = { blocks: [], rows: new Map() };

/** One page of the platform's list. */
export interface ListPage {
  readonly matches: readonly RecordedMatch[];
  /** How many the page had, with those that cannot be read. */
  readonly entries: number;
  /** Of all pages; null: not told. */
  readonly total: number | null;
}

export interface ListWalk {
  /** What is known already. */
  readonly before: MatchList;
  readonly pageSize: number;
  readonly pageOf: (page: number) => Promise<ListPage>;
  /** Called with the rows from the newest on without a gap, after each page. True: no older ones are needed. */
  readonly isEnough: (rows: readonly RecordedMatch[]) => boolean;
  /** Called after each page, to be kept. */
  readonly onPage?: (list: MatchList) => void;
}

/**
 * Pages from the newest match on, past what is known already, until it is enough or there is no more.
 *
 * @returns the rows from the newest on without a gap.
 */
export async function walkList({
  before,
  pageSize,
  pageOf,
  isEnough,
  onPage,
}: ListWalk): Promise<RecordedMatch[]> {
  let list = before;
  let front: Block = { ids: [], isEnd: false };
  let size = pageSize;
  let page = 1;
  /** After a jump over known rows the next page has to overlap with them. */
  let isJump = false;
  /** Pages in a row without a new match. */
  let repeated = 0;
  const frontRows = () => front.ids.flatMap((id) => list.rows.get(id) ?? []);
  for (;;) {
    const { matches, entries, total } = await pageOf(page);
    if (page === 1 && entries > 0 && total !== null && entries < total) size = Math.min(size, entries);
    const ids = [...new Set(matches.map(({ matchId }) => matchId))];
    const known = new Set(front.ids);
    if (isJump && page > 1 && ids.length > 0 && !ids.some((id) => known.has(id))) {
      // Rows are gone from the list: what lies between may be unknown.
      page -= 1;
      continue;
    }
    const fresh = ids.filter((id) => !known.has(id));
    const isLast = entries === 0 || (total === null ? entries < size : (page - 1) * size + entries >= total);
    repeated = fresh.length === 0 && !isJump && page > 1 ? repeated + 1 : 0;
    front = { ids: [...front.ids, ...fresh], isEnd: isLast };
    const joined = joinBlocks([front, ...list.blocks.filter((block) => block !== front)]);
    const first = joined.find((block) => block.ids[0] === front.ids[0]) ?? front;
    isJump = first.ids.length > front.ids.length;
    front = first;
    list = { blocks: joined, rows: withRows(list.rows, matches) };
    onPage?.(list);
    const rows = frontRows();
    if (isEnough(rows) || front.isEnd || repeated > defaults.maxRepeated) return rows;
    page = isJump ? Math.floor((front.ids.length - 1) / size) + 1 : page + 1;
  }
}

/** Of two rows of a match the one that tells more counts, and of equals the newer one. */
function withRows(
  rows: ReadonlyMap<string, RecordedMatch>,
  more: Iterable<RecordedMatch>,
): Map<string, RecordedMatch> {
  const all = new Map(rows);
  for (const match of more) {
    const before = all.get(match.matchId);
    if (before === undefined || tellsAsMuch(match, before)) all.set(match.matchId, match);
  }
  return all;
}

function tellsAsMuch(next: RecordedMatch, before: RecordedMatch): boolean {
  const [a, b] = [matchRichness(next), matchRichness(before)];
  const differing = a.findIndex((count, index) => count !== b[index]);
  return differing === -1 || (a[differing] ?? 0) > (b[differing] ?? 0);
}

/** Blocks that have a row in common are one. */
function joinBlocks(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    if (block.ids.length === 0) continue;
    let whole = block;
    for (;;) {
      const own = new Set(whole.ids);
      const index = joined.findIndex(({ ids }) => ids.some((id) => own.has(id)));
      if (index === -1) break;
      const [other] = joined.splice(index, 1);
      if (other !== undefined) whole = joinTwo(other, whole);
    }
    joined.push(whole);
  }
  return joined;
}

/** Both are without a gap: what one has before their first common row the other does not reach. */
function joinTwo(a: Block, b: Block): Block {
  const inB = new Set(b.ids);
  const common = a.ids.find((id) => inB.has(id)) ?? '';
  const [fromA, fromB] = [a.ids.indexOf(common), b.ids.indexOf(common)];
  const ids = [
    ...a.ids.slice(0, fromA),
    ...b.ids.slice(0, fromB),
    ...a.ids.slice(fromA),
    ...b.ids.slice(fromB),
  ];
  return { ids: [...new Set(ids)], isEnd: a.isEnd || b.isEnd };
}

/** What two scouts have found out, together. */
export function joinLists(a: MatchList, b: MatchList): MatchList {
  return { blocks: joinBlocks([...a.blocks, ...b.blocks]), rows: withRows(a.rows, b.rows.values()) };
}

const schema = 1;

export function listText({ blocks, rows }: MatchList): string {
  const lines = [...rows.values()].map((match) => JSON.stringify(rowOfMatch(match)));
  return `{"schema":${schema},"blocks":${JSON.stringify(blocks)},"matches":[\n${lines.join(',\n')}\n]}\n`;
}

/** An empty list for a text that is none: everything can be asked for again. */
export function readList(text: string): MatchList {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return emptyList;
  }
  if (!isObject(body) || body['schema'] !== schema) return emptyList;
  const { blocks, matches } = body;
  if (!Array.isArray(blocks) || !Array.isArray(matches)) return emptyList;
  const read = matches.filter(isObject).map(readMatch);
  return {
    blocks: blocks
      .filter(isObject)
      .flatMap(({ ids, isEnd }) =>
        Array.isArray(ids)
          ? [{ ids: ids.filter((id) => typeof id === 'string'), isEnd: isEnd === true }]
          : [],
      ),
    rows: new Map(read.flatMap((match) => (match === null ? [] : [[match.matchId, match] as const]))),
  };
}
