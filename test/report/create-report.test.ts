import { describe, expect, it } from 'vitest';
import type { CollectedMatch } from '../../src/histories/collection/collected-match.js';
import { readCollection } from '../../src/histories/collection/read-collection.js';
import { unpackHand } from '../../src/playback/packed-hand.js';
import { createReport, type ReportTerms } from '../../src/report/create-report.js';
import { makeFolder } from '../kit/folder.js';
import { linesOf, type MatchScript, scriptMatch, writeFiles } from '../kit/recorded-match.js';

const rise = [{ fromHand: 5, smallBlind: 10, bigBlind: 20, ante: 0 }];

async function collect(scripts: readonly MatchScript[]): Promise<CollectedMatch[]> {
  const folder = makeFolder();
  const played = scripts.map((script) => scriptMatch(script));
  writeFiles(
    folder,
    Object.fromEntries(played.map(({ matchId, records }) => [`${matchId}.jsonl`, linesOf(records)])),
  );
  const matches: CollectedMatch[] = [];
  for await (const match of readCollection([folder])) matches.push(match);
  return matches;
}

const terms: ReportTerms = { title: 'test', madeAt: 0 };

async function reportOf(matches: readonly CollectedMatch[], more: Partial<ReportTerms> = {}) {
  const report = createReport({ ...terms, ...more });
  for (const match of matches) report.add(match);
  return report.data();
}

/** No all-in, so that matches go on. */
const answers = [50, 75, 30, 20, 60, 5, 88, 40, 15, 72, 33, 10, 66, 81, 25];

const scripts: MatchScript[] = [
  { matchId: 'm1', seed: 'a', answers, stacks: [9_000, 9_000] },
  {
    matchId: 'm2',
    answers,
    stacks: [9_000, 9_000],
    seed: 'b',
    names: ['Ann', 'Cid'],
    blindSchedule: rise,
    startedAt: Date.UTC(2026, 10, 28),
  },
];

describe('a report', () => {
  it('sums what the matches ended with, by opponent and by version', async () => {
    const matches = await collect(scripts);
    const net = matches.reduce((sum, { netChips }) => sum + (netChips ?? 0), 0);
    const { statistics } = await reportOf(matches);
    expect(statistics?.matches).toBe(2);
    expect(statistics?.gains[0]?.lines[0]?.points.chips.sum.at(-1)).toBe(net);
    const byOpponent = statistics?.gains.find(({ by }) => by === 'opponent')?.lines ?? [];
    expect(byOpponent.map(({ name }) => name).toSorted()).toEqual(['Bob', 'Cid']);
    expect(byOpponent.reduce((sum, { chips }) => sum + chips, 0)).toBe(net);
    expect(statistics?.gains.find(({ by }) => by === 'version')?.lines.map(({ chips }) => chips)).toEqual([
      net,
    ]);
  });

  it('counts each decision once, with those that were answered for the bot', async () => {
    const matches = await collect(scripts);
    const decisions = matches.flatMap((match) => match.decisions);
    const { statistics } = await reportOf(matches);
    expect(statistics?.latency?.count).toBe(decisions.length);
    expect(statistics?.latencyLine?.decisions.at(-1)).toBe(decisions.length);
    expect(new Set(statistics?.latencyLine?.clock)).toEqual(new Set([5_000]));
    const late = decisions.filter(({ source }) => source === 'overdue').length;
    expect(statistics?.tables.find(({ id }) => id === 'answered')?.rows[0]?.slice(1, 3)).toEqual([
      String(decisions.length),
      String(late),
    ]);
  });

  it('has the hands as they were read, with each turn at its action', async () => {
    const matches = await collect(scripts);
    const { matches: packed } = await reportOf(matches);
    const hands = packed.flatMap(({ id, source, names, hands: own }) =>
      own.map((hand) => unpackHand(hand, { source, matchId: id, names })),
    );
    expect(hands.map(({ hand }) => hand)).toEqual(matches.flatMap((match) => match.hands));
    for (const { hand, turns } of hands)
      for (const { position, note } of turns) {
        expect(hand.history[position]?.seat).toBe(0);
        expect(note).toBeNull();
      }
  });

  it('has no hidden card of any seat in it with hideCards, and no note', async () => {
    const matches = await collect(scripts);
    const text = JSON.stringify(
      (await reportOf(matches, { hideCards: true, withNotes: true, withTexts: false })).matches,
    );
    const hidden = matches.flatMap(({ hands }) =>
      hands.flatMap(({ seats }) =>
        seats.flatMap(({ cards, hasShown }) => (hasShown || cards === null ? [] : [cards.join('')])),
      ),
    );
    expect(hidden.length).toBeGreaterThan(5);
    expect(text).not.toContain('draw');
    const { matches: shown } = await reportOf(matches, { hideCards: true });
    const dealt = shown.flatMap(({ hands }) =>
      hands.flatMap(({ s }) => s.filter(([, , , , , isShown]) => isShown === 0)),
    );
    expect(dealt.length).toBeGreaterThan(5);
    expect(dealt.every(([, , , , cards]) => cards === '')).toBe(true);
  });

  it('tells what bots noted when it is asked to', async () => {
    const { matches } = await reportOf(await collect(scripts), { withNotes: true });
    expect(JSON.stringify(matches)).toContain('"draw"');
  });

  it('keeps the biggest pots and the newest hands of too many', async () => {
    const matches = await collect([{ matchId: 'm1', maxHands: 30, stacks: [9_000, 9_000], answers }]);
    const all = matches.flatMap(({ hands }) => hands);
    const { matches: packed, totalHands } = await reportOf(matches, { hands: 8 });
    const numbers = packed.flatMap(({ hands }) => hands.map(({ n }) => n ?? 0));
    expect(totalHands).toBe(all.length);
    expect(numbers).toHaveLength(8);
    expect(numbers.slice(-4)).toEqual(all.slice(-4).map(({ handNumber }) => handNumber));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(packed[0]?.total).toBe(all.length);
  });

  it('says which matches are nobody of ours', async () => {
    const [match] = await collect([{ matchId: 'm1' }]);
    const { statistics, matches } = await reportOf([
      { ...(match as CollectedMatch), by: 'platform', seat: null },
    ]);
    expect(statistics).toBeNull();
    expect(matches[0]?.hands.length).toBeGreaterThan(0);
  });
});
