import { describe, expect, it } from 'vitest';
import type { BotLike, Turn } from '../../src/bot/bot.js';
import { createRandom } from '../../src/chance/random.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import { BadBotError, OptionError } from '../../src/protocol/errors.js';
import { replayHands, replayInputs } from '../../src/replay/replay-hands.js';
import type { ReplayedDecision, ReplayReport } from '../../src/replay/replay-report.js';
import { seatMatches } from '../../src/replay/seat-matches.js';
import { coveredCall, sharedMainPot, splitBoard, takenOnFlop } from '../histories/example-hands.js';
import { handOf } from '../histories/hands.js';
import { createTestClock } from '../kit/clock.js';

type Decide = (state: GameState, turn: Turn) => unknown;

/** A new bot for each match. */
const deciding =
  (decide: Decide, hooks: Partial<BotLike> = {}) =>
  () =>
    ({ ...hooks, decide }) as BotLike;

const passive = ({ validActions }: GameState) =>
  validActions.includes('check') ? Action.check() : Action.call();

/** What was played in `coveredCall` by seat 0. */
const asPlayed: Decide = ({ phase }) =>
  Action.raiseTo({ preflop: 30, flop: 60, turn: 1410 }[phase as 'preflop' | 'flop' | 'turn']);

const asPlayedBut = (street: string, other: Decide): Decide => {
  return (state, turn) => (state.phase === street ? other(state, turn) : asPlayed(state, turn));
};

const decisionsOf = ({ hands }: ReplayReport): ReplayedDecision[] =>
  hands.flatMap(({ decisions }) => decisions);

const verdicts = (report: ReplayReport) =>
  decisionsOf(report).map(
    ({ street, verdict, isHypothetical }) => `${street} ${verdict}${isHypothetical ? ' hypothetical' : ''}`,
  );

const codesOf = (report: ReplayReport): string[] => [
  ...decisionsOf(report).flatMap(({ faults }) => faults.map(({ code, times }) => `${code} ${times}`)),
  ...report.hands.flatMap(({ faults }) => faults.map(({ code, hook }) => `${code} in ${hook}`)),
];

/** Hands that differ only in their number. */
const many = (count: number, hand: HandHistory = coveredCall): HandHistory[] =>
  Array.from({ length: count }, (_, index) => ({ ...hand, handNumber: index + 1 }));

describe('replayHands', () => {
  it('says nothing of a bot that decides as was played, and plays each match once', async () => {
    let made = 0;
    const report = await replayHands(() => {
      made += 1;
      return { decide: asPlayed } as BotLike;
    }, [coveredCall]);
    expect(report).toMatchObject({
      passed: true,
      finished: true,
      mixes: false,
      hands: [],
      counts: { matches: 1, hands: 1, decisions: 3, same: 3, changed: 0, hypothetical: 0 },
    });
    // One to see whether it can be made, and one that plays.
    expect(made).toBe(2);
  });

  it('tells the first difference of a hand as real, and what follows as hypothetical', async () => {
    const report = await replayHands(deciding(passive), [coveredCall]);
    expect(verdicts(report)).toEqual([
      'preflop changed',
      'flop changed hypothetical',
      'turn changed hypothetical',
    ]);
    expect([report.passed, report.counts.changed, report.counts.hypothetical]).toEqual([false, 1, 2]);
  });

  it('says where it was: street, cards, pot, odds, and both answers', async () => {
    const [decision] = decisionsOf(
      await replayHands(deciding(asPlayedBut('turn', () => Action.check())), [coveredCall]),
    ).filter(({ verdict }) => verdict === 'changed');
    expect(decision).toMatchObject({
      street: 'turn',
      cards: ['Ah', 'Kd'],
      board: ['Kc', '7d', '2s', '9h'],
      pot: 180,
      toCall: 0,
      potOdds: null,
      played: { action: 'raise', amount: 1410, isOwn: true },
      answers: [{ action: 'check', amount: null, times: 2 }],
      runs: 2,
    });
    const [first] = decisionsOf(await replayHands(deciding(passive), [coveredCall]));
    expect([first?.toCall, first?.pot, first?.potOdds]).toEqual([5, 15, 0.25]);
  });

  it('counts another size of a raise as a difference', async () => {
    const report = await replayHands(deciding(asPlayedBut('flop', () => Action.raiseTo(61))), [coveredCall]);
    expect(verdicts(report)).toEqual(['preflop same', 'flop changed', 'turn same hypothetical']);
  });

  it('calls every hook, in the order of the frames', async () => {
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(name);
    await replayHands(
      deciding(
        (state, turn) => {
          seen.push(`decide ${state.phase}`);
          return asPlayed(state, turn);
        },
        {
          onMatchStart: note('match'),
          onRoundStart: note('hand'),
          onTurnResult: note('acted'),
          onPhaseChange: note('street'),
          onRoundResult: note('result'),
          onMatchEnd: note('end'),
        },
      ),
      [coveredCall],
    );
    expect(seen.join(' ')).toBe(
      'match hand decide preflop acted acted street acted decide flop acted acted street acted decide turn acted acted street result end',
    );
  });

  it('names what it throws, with its place, and goes on', async () => {
    const report = await replayHands(
      deciding(
        asPlayedBut('flop', () => {
          throw new Error('no idea');
        }),
      ),
      [coveredCall],
    );
    expect(verdicts(report)).toEqual(['preflop same', 'flop failed', 'turn same hypothetical']);
    const fault = decisionsOf(report)[1]?.faults[0];
    expect([fault?.code, fault?.message, fault?.times]).toEqual(['threw', 'no idea', 2]);
    expect(fault?.place).toMatch(/replay-hands\.test\.ts:\d+$/);
    expect([report.passed, report.counts.failed]).toEqual([false, 1]);
  });

  it('names what a hook throws in the hand where it does', async () => {
    let hands = 0;
    const onRoundResult = () => {
      hands += 1;
      if (hands % 2 === 0) throw new Error('cannot count');
    };
    const report = await replayHands(deciding(asPlayed, { onRoundResult }), many(2));
    expect(report.hands.map(({ handNumber }) => handNumber)).toEqual([2]);
    expect(codesOf(report)).toEqual(['hook_threw in onRoundResult']);
    expect(report.passed).toBe(false);
  });

  it.each([
    ['not_offered', () => ({ action: 'check' }), 'preflop', 'fold'],
    ['raise_too_small', () => Action.raiseTo(1), 'flop', 'raise'],
    ['not_an_action', () => 'raise', 'turn', 'check'],
  ])('names an answer that is not legal: %s', async (code, answer, street, sent) => {
    const report = await replayHands(deciding(asPlayedBut(street, answer)), [coveredCall]);
    const decision = decisionsOf(report).find((one) => one.street === street);
    expect(decision?.faults.map((fault) => fault.code)).toEqual([code]);
    expect(decision?.answers[0]?.action).toBe(sent);
    expect(report.passed).toBe(false);
  });

  describe('a bot that is late', () => {
    const replayLate = (slow: Decide, hands: readonly HandHistory[] = [coveredCall]) => {
      const clock = createTestClock();
      const inputs = seatMatches(hands, { hero: undefined, clockMs: 2_000 });
      const replaying = replayInputs(deciding(slow), inputs, { isolate: 'none' }, {
        ...clock,
        wallNow: undefined,
      } as never);
      return clock.passUntil(replaying, 'the replay');
    };

    it('is answered for, and named', async () => {
      const report = await replayLate(asPlayedBut('flop', () => new Promise(() => undefined)));
      expect(verdicts(report)).toEqual(['preflop same', 'flop failed', 'turn same hypothetical']);
      expect(codesOf(report)).toEqual(['late 2']);
      expect(report.passed).toBe(false);
    });

    it('is not named for being late once: a busy machine makes any bot so', async () => {
      let turns = 0;
      const report = await replayLate((state, turn) => {
        turns += 1;
        return turns === 1 ? new Promise(() => undefined) : asPlayed(state, turn);
      });
      expect([report.passed, report.hands, report.counts.same]).toEqual([true, [], 3]);
    });
  });

  describe('a bot that mixes', () => {
    const coin = (seed: string) => {
      const random = createRandom(seed);
      return deciding((state) => (random() < 0.5 ? Action.fold() : passive(state)));
    };
    /** A coin played: in half of the hands it folded, in the other half it called. */
    const called = handOf({ stacks: [100, 100], after: [110, 90], cards: ['AhKd', 'QsQc'], hero: 0 }, [
      'preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 check',
      'flop: 1 fold',
    ]);
    const folded = handOf({ stacks: [100, 100], after: [95, 105], cards: ['AhKd', 'QsQc'], hero: 0 }, [
      'preflop: 0 sb 5, 1 bb 10, 0 fold',
    ]);
    const tossed = Array.from({ length: 40 }, (_, index) => ({
      ...(index % 2 === 0 ? { ...called, board: ['Kc', '7d', '2s'] } : folded),
      handNumber: index + 1,
    }));

    it('has not changed, whatever two plays of it say', async () => {
      const report = await replayHands(coin('a'), tossed);
      expect(report.mixes).toBe(true);
      expect([report.counts.changed, report.passed]).toEqual([0, true]);
      expect(report.counts.mixes).toBeGreaterThan(20);
    });

    it('gets the frequency of each answer, with its interval', async () => {
      const report = await replayHands(coin('b'), tossed, { repeat: 25 });
      expect(report.counts.changed).toBe(0);
      for (const { answers, runs, share } of decisionsOf(report)) {
        expect([runs, answers.reduce((sum, { times }) => sum + times, 0)]).toEqual([25, 25]);
        expect(share.low).toBeLessThan(share.times / 25);
        expect(share.high).toBeGreaterThan(share.times / 25);
        expect(share.high - share.low).toBeLessThan(0.4);
      }
      const holding = decisionsOf(report).filter(({ share }) => share.low < 0.5 && share.high > 0.5).length;
      expect(holding / decisionsOf(report).length).toBeGreaterThan(0.85);
    });

    it('agrees with what it played as often as with itself, and less often once it has changed', async () => {
      const same = (await replayHands(coin('c'), tossed, { repeat: 20 })).agreement;
      expect(same?.difference.interval?.low).toBeLessThan(0);
      expect(same?.difference.interval?.high).toBeGreaterThan(0);
      const random = createRandom('d');
      const shy = deciding((state) => (random() < 0.9 ? Action.fold() : passive(state)));
      const changed = (await replayHands(shy, tossed, { repeat: 20 })).agreement;
      expect(changed?.withItself).toBeGreaterThan(0.75);
      expect(changed?.withPlayed).toBeLessThan(0.65);
      expect(changed?.difference.interval?.high).toBeLessThan(0);
    });

    it('has changed where what was played came in none of twenty plays', async () => {
      const random = createRandom('e');
      const bot = deciding(({ phase }) =>
        phase === 'flop' && random() < 0.5 ? Action.raiseTo(60) : Action.fold(),
      );
      const played = handOf({ stacks: [100, 100], after: [110, 90], cards: ['AhKd', 'QsQc'], hero: 0 }, [
        'preflop: 0 sb 5, 1 bb 10, 0 fold',
      ]);
      const mixed = {
        ...handOf(
          { stacks: [100, 100], after: [90, 110], board: 'Kc7d2s', cards: ['AhKd', 'QsQc'], hero: 0 },
          ['preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 check', 'flop: 1 check, 0 fold'],
        ),
        handNumber: 2,
      };
      const hands = [
        {
          ...played,
          seats: played.seats.map((seat) => ({ ...seat, stackAfter: seat.seat === 0 ? 95 : 105 })),
        },
        mixed,
      ];
      const some = await replayHands(bot, hands, { repeat: 19 });
      const enough = await replayHands(bot, hands, { repeat: 20 });
      expect([some.counts.changed, enough.counts.changed]).toEqual([0, 1]);
      expect(verdicts(enough)).toContain('preflop changed');
    });
  });

  it('does not compare what the bot did not choose', async () => {
    const timedOut = {
      ...coveredCall,
      history: coveredCall.history.map((entry) =>
        entry.street === 'flop' && entry.seat === 0 ? { ...entry, isTimeout: true } : entry,
      ),
    };
    const report = await replayHands(deciding(asPlayedBut('flop', () => Action.check())), [timedOut]);
    expect([report.counts.same, report.counts.notCompared, report.counts.hypothetical]).toEqual([2, 1, 0]);
    expect(report.passed).toBe(true);
  });

  it('compares only the hands that are asked for, and shows the bot those before them', async () => {
    const seen: number[] = [];
    const bot = deciding(passive, { onRoundStart: ({ round_number: hand }) => void seen.push(Number(hand)) });
    const report = await replayHands(bot, many(6), {
      hands: [
        [2, 2],
        [4, 5],
      ],
    });
    expect(report.hands.map(({ handNumber }) => handNumber)).toEqual([2, 4, 5]);
    expect([report.counts.hands, new Set(seen)]).toEqual([3, new Set([1, 2, 3, 4, 5])]);
  });

  it('takes the seat that is named where hands do not say whose they are', async () => {
    const hand = { ...coveredCall, hero: null };
    await expect(replayHands(deciding(passive), [hand]).catch((error: unknown) => error)).resolves.toEqual(
      new OptionError(
        'hero',
        "Nothing says which seat was the bot's: name it, or give its number (0 Ann, 1 Bob).",
      ),
    );
    const report = await replayHands(deciding(passive), [hand], { hero: 'bob' });
    expect([report.counts.same, report.counts.changed]).toEqual([5, 0]);
    expect((await replayHands(deciding(passive), [hand], { hero: '0' })).counts.changed).toBe(1);
    await expect(replayHands(deciding(passive), [hand], { hero: 'Zoe' })).rejects.toThrow(
      'There is no Zoe at the table: name it, or give its number (0 Ann, 1 Bob).',
    );
  });

  it('takes the matches against one opponent', async () => {
    const other = { ...takenOnFlop, matchId: 'match-2' };
    const report = await replayHands(deciding(passive), [coveredCall, other], { opponent: 'FAY' });
    expect(report.counts.matches).toBe(1);
    expect(report.hands[0]?.matchId).toBe('match-2');
  });

  it('leaves out hands that cannot be played, and says why', async () => {
    const unknownStacks = {
      ...coveredCall,
      handNumber: 2,
      seats: coveredCall.seats.map((seat) => ({ ...seat, stack: null, stackAfter: null })),
    };
    const unseen = {
      ...coveredCall,
      handNumber: 3,
      seats: coveredCall.seats.map((seat) => ({ ...seat, cards: null, hasShown: false })),
    };
    const outOfTurn = {
      ...handOf({ stacks: [100, 100], after: [95, 105], cards: ['AhKd'], hero: 0 }, [
        'preflop: 0 sb 5, 1 bb 10, 1 check, 0 fold',
      ]),
      handNumber: 4,
    };
    const unsound = { ...coveredCall, handNumber: 5, board: ['Kc', 'Kc', '2s'] };
    const report = await replayHands(deciding(asPlayed), [
      coveredCall,
      unknownStacks,
      unseen,
      outOfTurn,
      unsound,
    ]);
    expect(report.unplayed.map(({ handNumber, code }) => [handNumber, code])).toEqual([
      [2, 'no_stacks'],
      [3, 'no_cards'],
      [4, 'other_rules'],
      [5, 'unsound'],
    ]);
    expect([report.counts.hands, report.counts.same]).toEqual([1, 3]);
  });

  it('asks nobody after an all-in that was called before the flop', async () => {
    const streets = async (hero: number) => {
      const report = await replayHands(
        deciding(() => Action.fold()),
        [splitBoard],
        { hero },
      );
      return decisionsOf(report).map(({ street }) => street);
    };
    expect(await Promise.all([streets(0), streets(1)])).toEqual([['preflop'], ['preflop']]);
  });

  it('plays hands with side pots, antes and more seats', async () => {
    const report = await replayHands(deciding(passive), [
      { ...sharedMainPot, matchId: 'a' },
      { ...takenOnFlop, matchId: 'b' },
    ]);
    expect(report.unplayed).toEqual([]);
    expect(report.counts).toMatchObject({ matches: 2, hands: 2, decisions: 7 });
  });

  it('ends where it is told to, and has what was played until then', async () => {
    const stop = new AbortController();
    let turns = 0;
    const report = await replayHands(
      deciding((state, turn) => {
        turns += 1;
        if (turns === 7) {
          stop.abort();
          return new Promise(() => undefined);
        }
        return asPlayed(state, turn);
      }),
      many(50),
      { signal: stop.signal },
    );
    expect([report.finished, report.passed, report.counts.hands, report.counts.same]).toEqual([
      false,
      false,
      2,
      6,
    ]);
  });

  it('refuses a bot that cannot be made, and options that cannot be', async () => {
    const broken = () => {
      throw new Error('no tables here');
    };
    await expect(replayHands(broken, [coveredCall])).rejects.toThrow(BadBotError);
    await expect(replayHands(deciding(passive), [], { repeat: 0 })).rejects.toThrow(
      'The option repeat must be a whole number from 1 to 10000.',
    );
    await expect(replayHands(deciding(passive), [], { repeats: 2 } as never)).rejects.toThrow(OptionError);
  });
});
