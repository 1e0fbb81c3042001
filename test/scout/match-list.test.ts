/** Lists of matches that are paged through while they grow, are cut off, and are taken up again. */
import { describe, expect, it } from 'vitest';
import type { RecordedMatch } from '../../src/platform/index.js';
import {
  emptyList,
  joinLists,
  listText,
  type MatchList,
  readList,
  walkList,
} from '../../src/scout/match-list.js';

const match = (id: number, more: Partial<RecordedMatch> = {}): RecordedMatch => ({
  matchId: `m${id}`,
  gameType: 'poker',
  matchType: null,
  status: 'completed',
  rated: true,
  startedAt: id * 1_000,
  participants: [],
  ...more,
});

/** A platform whose list has the matches from 1 to `newest`, the newest first. */
function listOf(newest: number) {
  const pages: number[] = [];
  const server = { newest, pages, onPage: (_page: number): void => undefined };
  const pageOf = async (page: number, size: number) => {
    pages.push(page);
    server.onPage(page);
    const ids = Array.from({ length: server.newest }, (_, index) => server.newest - index);
    const matches = ids.slice((page - 1) * size, page * size).map((id) => match(id));
    return { matches, entries: matches.length, total: server.newest };
  };
  return { server, pageOf };
}

interface Walked {
  ids: string[];
  list: MatchList;
}

async function walk(
  { pageOf }: ReturnType<typeof listOf>,
  before: MatchList = emptyList,
  isEnough: (rows: readonly RecordedMatch[]) => boolean = () => false,
): Promise<Walked> {
  let list = before;
  const rows = await walkList({
    before,
    pageSize: 10,
    pageOf: (page) => pageOf(page, 10),
    isEnough,
    onPage: (next) => {
      list = next;
    },
  });
  return { ids: rows.map(({ matchId }) => matchId), list };
}

const downFrom = (newest: number, oldest = 1) =>
  Array.from({ length: newest - oldest + 1 }, (_, index) => `m${newest - index}`);

describe('a list', () => {
  it('is read to its end, each match once, while new ones push the others on', async () => {
    const platform = listOf(35);
    platform.server.onPage = (page) => {
      if (page === 2) platform.server.newest += 3;
    };
    expect((await walk(platform)).ids).toEqual(downFrom(35));
    expect(platform.server.pages).toEqual([1, 2, 3, 4]);
  });

  it('is read no further than it has to be', async () => {
    const platform = listOf(100);
    const { ids } = await walk(platform, emptyList, (rows) => rows.length >= 15);
    expect(ids).toEqual(downFrom(100, 81));
  });

  it('that is known is asked for its new matches alone', async () => {
    const platform = listOf(100);
    const { list } = await walk(platform);
    platform.server.newest = 112;
    platform.server.pages.length = 0;
    expect((await walk(platform, list)).ids).toEqual(downFrom(112));
    expect(platform.server.pages).toEqual([1, 2]);
  });

  it('that was cut off is taken up behind what is known, and no gap is left', async () => {
    const platform = listOf(100);
    let kept = emptyList;
    platform.server.onPage = (page) => {
      if (page === 5) throw new Error('refused');
    };
    const cut = walkList({
      before: emptyList,
      pageSize: 10,
      pageOf: (page) => platform.pageOf(page, 10),
      isEnough: () => false,
      onPage: (next) => {
        kept = next;
      },
    });
    await expect(cut).rejects.toThrow('refused');
    platform.server.onPage = () => undefined;
    platform.server.newest = 113;
    platform.server.pages.length = 0;
    const { ids, list } = await walk(platform, readList(listText(kept)));
    expect(ids).toEqual(downFrom(113));
    // 13 new ones on two pages, then on where the 40 known ones end.
    expect(platform.server.pages).toEqual([1, 2, 6, 7, 8, 9, 10, 11, 12]);
    expect(list.blocks).toEqual([{ ids: downFrom(113), isEnd: true }]);
  });

  it('with a gap in the middle is closed there', async () => {
    const platform = listOf(60);
    const old = await walk(platform, emptyList, (rows) => rows.length >= 20);
    platform.server.newest = 100;
    const both = await walk(platform, old.list, (rows) => rows.length >= 10);
    expect(both.list.blocks.map(({ ids }) => [ids[0], ids.at(-1)])).toEqual([
      ['m100', 'm91'],
      ['m60', 'm41'],
    ]);
    platform.server.pages.length = 0;
    const { ids, list } = await walk(platform, both.list, (rows) => rows.length >= 60);
    expect(ids).toEqual(downFrom(100, 41));
    expect(list.blocks).toHaveLength(1);
    // Page 1 has all that is known of the newest, page 5 begins with what is known again.
    expect(platform.server.pages).toEqual([1, 2, 3, 4, 5]);
  });

  it('from which matches are gone is read from before the gap on', async () => {
    const platform = listOf(100);
    const { list } = await walk(platform, emptyList, (rows) => rows.length >= 50);
    // The platform has forgotten some of the newest: what was known stands further ahead now.
    const short = {
      ...platform,
      pageOf: async (page: number, size: number) => {
        const ids = [...downFrom(100, 99), ...downFrom(70)].slice((page - 1) * size, page * size);
        return { matches: ids.map((id) => match(Number(id.slice(1)))), entries: ids.length, total: 72 };
      },
    };
    const { ids } = await walk(short, list);
    // In what order does not matter: no match is missing.
    expect(ids.toSorted()).toEqual(downFrom(100).toSorted());
  });

  it('of a server that has one page for every number ends', async () => {
    let asked = 0;
    const rows = await walkList({
      before: emptyList,
      pageSize: 10,
      pageOf: async () => {
        asked += 1;
        return { matches: [match(1)], entries: 10, total: 1_000 };
      },
      isEnough: () => false,
    });
    expect([rows.length, asked]).toEqual([1, 5]);
  });

  it('keeps of each match the row that tells more', async () => {
    const pages = (row: RecordedMatch) => ({
      before: emptyList,
      pageSize: 10,
      isEnough: () => false,
      pageOf: async () => ({ matches: [row], entries: 1, total: 1 }),
    });
    const seat = (netChips: number | null) => ({ seat: 0, name: 'a', botId: 'b', netChips, handsWon: null });
    const rich = match(1, { participants: [seat(500)] });
    const thin = match(1, { status: 'in_progress', participants: [seat(null)] });
    for (const [first, second] of [
      [rich, thin],
      [thin, rich],
    ] as const) {
      let list = emptyList;
      await walkList({ ...pages(first), onPage: (next) => (list = next) });
      expect(await walkList({ ...pages(second), before: list })).toEqual([rich]);
    }
  });
});

describe('the file of a list', () => {
  it('comes back as it was, and one that is none is an empty list', async () => {
    const { list } = await walk(listOf(12));
    expect(readList(listText(list))).toEqual(list);
    for (const text of ['', '{', '[]', '{"schema":2}', '\0\0']) expect(readList(text)).toEqual(emptyList);
  });

  it('of two scouts has what both have found', async () => {
    const platform = listOf(50);
    const one = await walk(platform, emptyList, (rows) => rows.length >= 20);
    platform.server.newest = 55;
    const two = await walk(platform, emptyList, (rows) => rows.length >= 10);
    const joined = joinLists(one.list, two.list);
    expect(joined.blocks).toEqual([{ ids: downFrom(55, 31), isEnd: false }]);
    expect(joined.rows.size).toBe(25);
  });
});
