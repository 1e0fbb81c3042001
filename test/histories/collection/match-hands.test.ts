/** Hands of recordings, whatever was cut out of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectedMatch } from '../../../src/histories/collection/collected-match.js';
import { readCollection } from '../../../src/histories/collection/read-collection.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { historiesOfMatch } from '../../../src/histories/played-histories.js';
import { problemsOf } from '../../../src/histories/problems.js';
import type { JsonObject } from '../../../src/protocol/frames.js';
import type { RecordingRecord } from '../../../src/recording/recording-shape.js';
import { makeFolder } from '../../kit/folder.js';
import {
  headerOf,
  linesOf,
  type MatchScript,
  type ScriptedRecord,
  scriptMatch,
  writeFiles,
} from '../../kit/recorded-match.js';
import { randomTables } from '../random-hands.js';

async function onlyMatchOf(records: readonly (ScriptedRecord | RecordingRecord)[]): Promise<CollectedMatch> {
  const folder = makeFolder();
  writeFiles(folder, { 'match-1.jsonl': linesOf(records) });
  const matches: CollectedMatch[] = [];
  for await (const match of readCollection([folder])) matches.push(match);
  const [match] = matches;
  if (match === undefined || matches.length > 1) throw new Error(`There are ${matches.length} matches.`);
  return match;
}

/** As the bot at this seat knows a hand: its own cards, those that were shown, and those of whoever won by a fold. */
function asSeen(hand: HandHistory, seat: number): HandHistory {
  const folded = new Set(hand.history.flatMap((entry) => (entry.action === 'fold' ? [entry.seat] : [])));
  const live = hand.seats.filter((each) => !folded.has(each.seat)).map((each) => each.seat);
  const winner = live.length === 1 ? live[0] : null;
  const isDealtIn = hand.seats.some((each) => each.seat === seat);
  return {
    ...hand,
    source: 'recording',
    startedAt: null,
    hero: isDealtIn ? seat : null,
    seats: hand.seats.map((each) => ({
      ...each,
      cards: each.seat === seat || each.hasShown || each.seat === winner ? each.cards : null,
    })),
  };
}

const timeless = (hand: HandHistory): HandHistory => ({ ...hand, startedAt: null });
const isFrame = (record: RecordingRecord, type: string): boolean =>
  record.type === 'in' && record.frame['type'] === type;

/** The script of a hand that is played by these answers, two seats, our bot at the button. */
const oneHand = (answers: readonly number[], more: MatchScript = {}): MatchScript => ({
  maxHands: 1,
  answers,
  ...more,
});

describe('the hands of a recording', () => {
  it('are those that were played: two to six seats, antes, short stacks, side pots', async () => {
    await fc.assert(
      fc.asyncProperty(randomTables, fc.nat(5), async (table, place) => {
        const { oddChips: _, dealer: __, ...script } = table;
        const seat = place % script.stacks.length;
        const { played, records, facts } = scriptMatch({ ...script, seat, maxHands: 4 });
        const expected = historiesOfMatch(played);
        const match = await onlyMatchOf(records);
        expect(match.refused).toEqual([]);
        expect(match.hands.map(timeless).map(withoutLevel)).toEqual(
          expected.map((hand) => withoutLevel(asSeen(hand, seat))),
        );
        expect(match.netChips).toBe(played.seats[seat]?.netChips);
        const table2 = await onlyMatchOf(facts);
        expect(table2.hands.map(timeless).map(withoutLevel)).toEqual(
          expected.map(timeless).map(withoutLevel),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('have the level of posts that are not short', async () => {
    const { records } = scriptMatch({
      stacks: [1_000, 3, 1_000],
      maxHands: 3,
      blindSchedule: [{ fromHand: 3, smallBlind: 10, bigBlind: 20, ante: 2 }],
      answers: [50],
    });
    const { hands } = await onlyMatchOf(records);
    expect(hands[0]?.history.slice(0, 2)).toMatchObject([
      { action: 'post_small_blind', amount: 3 },
      { action: 'post_big_blind', amount: 10 },
    ]);
    expect(hands.map(({ level }) => level)).toEqual([
      { smallBlind: 5, bigBlind: 10, ante: 0 },
      { smallBlind: 5, bigBlind: 10, ante: 0 },
      { smallBlind: 10, bigBlind: 20, ante: 2 },
    ]);
  });

  it('are no show-down where one entry is the winner of a hand that was folded', async () => {
    const { records } = scriptMatch(oneHand([75, 5]));
    const { hands } = await onlyMatchOf(records);
    const entries = records.flatMap(({ record }) =>
      record.type === 'in' && record.frame['type'] === 'round_result'
        ? [((record.frame['result'] as JsonObject)['showdown'] as unknown[]).length]
        : [],
    );
    expect(entries).toEqual([1]);
    expect(hands[0]?.seats.map(({ hasShown }) => hasShown)).toEqual([false, false]);
  });

  it('have the cards of a winner that folded out the others, as known and not shown', async () => {
    // Our bot calls, the other one raises, and our bot folds.
    const { records, played } = scriptMatch(oneHand([50, 75, 5]));
    const { hands } = await onlyMatchOf(records);
    const [, other] = historiesOfMatch(played)[0]?.seats ?? [];
    expect(hands[0]?.seats[1]).toMatchObject({ cards: other?.cards, hasShown: false });
  });

  it('have no cards of an opponent that folded', async () => {
    const { records } = scriptMatch(oneHand([75, 5]));
    const { hands } = await onlyMatchOf(records);
    expect(hands[0]?.seats.map(({ cards }) => cards?.length ?? 0)).toEqual([2, 0]);
  });
});

describe('what is missing of a hand', () => {
  const isBoard = ({ record }: ScriptedRecord): boolean => isFrame(record, 'phase_change');

  it('may be its board at an all-in: the best hands have it', async () => {
    let read = 0;
    for (let seed = 0; seed < 30; seed += 1) {
      const { records, played } = scriptMatch(oneHand([99, 50], { seed: `seed ${seed}` }));
      const { hands, refused } = await onlyMatchOf(records.filter((one) => !isBoard(one)));
      // Two hands have all five cards between them, or the hand is left out.
      expect([hands.length, refused.map(({ code }) => code)]).toEqual(
        hands.length === 1 ? [1, []] : [0, ['no_board']],
      );
      if (hands.length === 0) continue;
      read += 1;
      expect(hands[0]?.board.toSorted()).toEqual(historiesOfMatch(played)[0]?.board.toSorted());
    }
    expect(read).toBeGreaterThan(3);
  });

  it('may be a board that nothing tells: the hand is in no sum', async () => {
    const { records } = scriptMatch(oneHand([50, 60, 60, 75, 5]));
    const gone = records.filter(
      ({ record }) => !isFrame(record, 'phase_change') && !isFrame(record, 'turn_request'),
    );
    const { hands, refused } = await onlyMatchOf(gone);
    expect(hands).toEqual([]);
    expect(refused).toMatchObject([{ handNumber: 1, code: 'no_board' }]);
  });

  it('may be its beginning, which one of our turns tells', async () => {
    const { records, played } = scriptMatch({
      stacks: [900, 1_000, 1_100],
      ante: 2,
      seat: 1,
      maxHands: 3,
      answers: [50, 75, 50, 50],
    });
    const gone = records.filter(({ record }) => !isFrame(record, 'round_start'));
    const { hands, refused } = await onlyMatchOf(gone);
    expect(refused).toEqual([]);
    expect(hands.map(timeless)).toEqual(historiesOfMatch(played).map((hand) => asSeen(hand, 1)));
  });

  it('may be its beginning, which nothing tells: the hand is in no sum', async () => {
    const { records } = scriptMatch({ maxHands: 3, answers: [50] });
    const gone = records.filter(
      ({ hand, record }) =>
        hand !== 2 || (!isFrame(record, 'round_start') && !isFrame(record, 'turn_request')),
    );
    const { hands, refused } = await onlyMatchOf(gone);
    expect(hands.map(({ handNumber }) => handNumber)).toEqual([1, 3]);
    expect(refused).toMatchObject([{ handNumber: 2, code: 'no_start' }]);
  });

  it('may be its end: all that happened is there, and it is in no sum', async () => {
    const { records, played } = scriptMatch(oneHand([50, 60, 60, 75, 5]));
    const fold = records.findIndex(({ record }) => isFrame(record, 'round_result')) - 1;
    const [hand] = historiesOfMatch(played);
    const { hands, netChips } = await onlyMatchOf(records.slice(0, fold));
    expect(hands).toHaveLength(1);
    expect(hands[0]).toMatchObject({ isFinished: false, board: hand?.board });
    expect(hands[0]?.history).toEqual(hand?.history.slice(0, -1));
    expect(hands[0]?.seats.map(({ stackAfter }) => stackAfter)).toEqual([null, null]);
    expect(netChips).toBeNull();
  });

  it('may be its end before our first turn: the posts follow from the stacks', async () => {
    const { records, played } = scriptMatch(
      oneHand([50], { stacks: [900, 1_000, 1_100, 7], ante: 2, seat: 2 }),
    );
    const start = records.findIndex(({ record }) => isFrame(record, 'round_start'));
    const { hands } = await onlyMatchOf(records.slice(0, start + 1));
    const posts = historiesOfMatch(played)[0]?.history.filter(({ action }) => action.startsWith('post_'));
    expect(hands).toMatchObject([{ isFinished: false, history: posts }]);
  });

  it('may be frames in its middle: nothing that came later is taken for what comes next', async () => {
    const { records, played } = scriptMatch(oneHand([50, 60, 60, 75, 50, 60, 75, 5]));
    const whole = historiesOfMatch(played)[0]?.history ?? [];
    const acts = [...records.keys()].filter((index) => {
      const record = records[index]?.record;
      return record !== undefined && isFrame(record, 'turn_result');
    });
    expect(acts.length).toBeGreaterThan(6);
    for (const index of acts.slice(0, -1)) {
      for (let end = index + 1; end < records.length - 4; end += 1) {
        const gap: RecordingRecord = { type: 'gap', at: 5, lost: 1 };
        const match = await onlyMatchOf([...records.slice(0, index), gap, ...records.slice(index + 1, end)]);
        const history = match.hands[0]?.history ?? [];
        expect(history).toEqual(whole.slice(0, history.length));
        expect(match.lostRecords).toBe(1);
      }
    }
  });

  it('is nothing where a process was killed and another one went on in the same hand', async () => {
    const { records, played, seat } = scriptMatch({ maxHands: 6 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: records.length - 1 }), async (at) => {
        const again = headerOf('match-1', { at: 7, pid: 2, participantId: 'p-match-1-0' });
        const match = await onlyMatchOf([...records.slice(0, at), again, ...records.slice(at)]);
        expect(match.hands.map(timeless)).toEqual(historiesOfMatch(played).map((hand) => asSeen(hand, seat)));
        expect(match.headers).toHaveLength(2);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a recording with fields that are missing, or are something else', () => {
  const wrong = [null, 7, 'x', -1, [], {}, [null], ['x'], true, 1e300] as const;

  it.each(['records', 'facts'] as const)('is read as far as it goes: %s', async (whose) => {
    const records = scriptMatch({ stacks: [500, 1_000, 40], ante: 1, maxHands: 3 })[whose];
    const whole = await onlyMatchOf(records);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(wrong.length)), { minLength: 1, maxLength: 12 }),
        async (faults) => {
          const copy: ScriptedRecord[] = structuredClone([...records]);
          const spoilt = new Set<number | null>();
          for (const [place, depth, value] of faults) {
            const { hand, record } = copy[place % copy.length] as ScriptedRecord;
            spoil(record, depth, wrong[value]);
            spoilt.add(hand);
          }
          const { hands, refused } = await onlyMatchOf(copy);
          for (const hand of hands) expect(problemsOf(hand)).toEqual([]);
          const numbers = [...hands, ...refused].map(({ handNumber }) => handNumber);
          expect(new Set(numbers).size).toBe(numbers.length);
          const sound = whole.hands.filter(({ handNumber }) => !spoilt.has(handNumber));
          expect(numbers).toEqual(expect.arrayContaining(sound.map(({ handNumber }) => handNumber)));
          // What is of no hand, such as the stakes, is of all of them.
          if (!spoilt.has(0)) expect(hands).toEqual(expect.arrayContaining(sound));
        },
      ),
      { numRuns: 100 },
    );
  });

  /** Puts a value in the place of one somewhere in the object, but for what makes it a record of this match. */
  function spoil(owner: unknown, depth: number, value: unknown): void {
    if (typeof owner !== 'object' || owner === null) return;
    const fields = Object.keys(owner).filter(
      (name) => !['type', 'schema', 'matchId', 'participantId'].includes(name),
    );
    const name = fields[depth % Math.max(1, fields.length)];
    if (name === undefined) return;
    const inner = (owner as JsonObject)[name];
    if (typeof inner === 'object' && inner !== null && depth % 7 < 5 && Object.keys(inner).length > 0)
      return spoil(inner, Math.floor(depth / 3), value);
    (owner as JsonObject)[name] = structuredClone(value);
  }
});

const withoutLevel = (hand: HandHistory): HandHistory => ({
  ...hand,
  level: { smallBlind: 0, bigBlind: 0, ante: 0 },
});
