/** Bots that die, block or take too long in whole runs, by real clocks. */
import { describe, expect, it } from 'vitest';
import { botFiles, callerBody, runBots } from './arena-bots.js';

describe('a bot that is lost', () => {
  it('costs its pair, in which it folds on, and is named; the next pair has another one', async () => {
    const { dying } = botFiles({
      dying: `hands = 0; onRoundStart({ round_number }) { this.hand = round_number; } decide(s) { if (this.hand === 4) process.exit(3); return ${callerBody}; }`,
    });
    const result = await runBots({ bots: ['calling-station', dying], deals: 8 });
    const [pairing] = result.pairings;
    expect(pairing?.pairs).toBe(8);
    expect(pairing?.losses).toEqual(
      [0, 1].map((leg) => ({
        pair: 3,
        leg,
        bot: 1,
        why: 'exited',
        message: expect.stringContaining('exit code 3'),
      })),
    );
    expect(pairing?.lostPairs).toBe(1);
    expect(pairing?.answers[1]?.answeredFor).toBeGreaterThanOrEqual(2);
    expect(pairing?.answers[0]?.answeredFor).toBe(0);
    expect(result).toMatchObject({ end: 'complete', isRepeatable: false });
  });

  it('or blocks its thread, is ended and counted, too', async () => {
    const { blocking } = botFiles({
      blocking: `decide(s) { if (s.handNumber === 2) for (;;); return ${callerBody}; }`,
    });
    const { pairings } = await runBots({ bots: [blocking, 'calling-station'], deals: 3, clockMs: 150 });
    expect(pairings[0]?.losses.map(({ pair, leg, bot, why }) => ({ pair, leg, bot, why }))).toEqual([
      { pair: 1, leg: 0, bot: 0, why: 'blocked' },
      { pair: 1, leg: 1, bot: 0, why: 'blocked' },
    ]);
    expect(pairings[0]?.pairs).toBe(3);
  });

  it.each([
    ['objects', `const kept = []; for (;;) kept.push({ kept, text: String(kept.length) });`],
    ['one list that never ends', `for (let list = [1]; ; ) list = [...list, ...list];`],
    ['texts', `let text = 'x'; for (const kept = []; ; ) kept.push((text += text.slice(0, 1e6)).split(''));`],
    ['an abort', `process.abort();`],
  ])(
    'by what ends a whole process (%s) costs its pair alone, and the run goes on',
    { timeout: 120_000 },
    async (_, eats) => {
      const { eating } = botFiles({
        eating: `decide(s) { if (s.handNumber === 2) { ${eats} } return ${callerBody}; }`,
      });
      const { pairings, end } = await runBots({
        bots: [eating, 'calling-station'],
        deals: 3,
        isolate: 'process',
        workerMemoryMb: 64,
      });
      expect(end).toBe('complete');
      expect(pairings[0]).toMatchObject({ pairs: 3, lostPairs: 1 });
      expect(pairings[0]?.losses.map(({ pair, leg, bot }) => ({ pair, leg, bot }))).toEqual([
        { pair: 1, leg: 0, bot: 0 },
        { pair: 1, leg: 1, bot: 0 },
      ]);
    },
  );

  it('in every hand is given no fourth thread in its match, and the run ends all the same', async () => {
    const { dying } = botFiles({ dying: `decide() { process.exit(1); }` });
    const { pairings } = await runBots({ bots: [dying, 'calling-station'], deals: 12 });
    expect(pairings[0]?.pairs).toBe(12);
    expect(pairings[0]?.lostPairs).toBe(12);
    // It folds, or checks where that is free: what it has in the pot is what it loses.
    expect(pairings[0]?.contrasts[0]?.verdict.mean).toBeGreaterThan(0);
  });
});

it('what a bot does while it is loaded is not on the clock of its first turn', async () => {
  const { loading } = botFiles({
    loading: `await new Promise((resolve) => setTimeout(resolve, 1_500));
export default class { decide(s) { return ${callerBody}; } }`,
  });
  const { pairings, losses } = await runBots({
    bots: [loading, 'calling-station'],
    deals: 2,
    clockMs: 1_000,
  }).then((result) => ({ ...result, losses: result.pairings.flatMap((pairing) => pairing.losses) }));
  expect(losses).toEqual([]);
  expect(pairings[0]?.answers.map(({ answeredFor }) => answeredFor)).toEqual([0, 0]);
});

it('a turn that takes too long is answered for, and counted of that bot', async () => {
  const { slow } = botFiles({
    slow: `async decide(s, turn) { if (s.handNumber === 2 && s.phase === 'preflop') await new Promise((resolve) => setTimeout(resolve, 2500)); return ${callerBody}; }`,
  });
  const result = await runBots({ bots: ['calling-station', slow], deals: 3, clockMs: 1_000 });
  const [ofStation, ofSlow] = result.pairings[0]?.answers ?? [];
  expect(ofStation?.answeredFor).toBe(0);
  expect(ofSlow?.answeredFor).toBeGreaterThan(0);
  expect(ofSlow?.answeredFor).toBeLessThan(ofSlow?.turns ?? 0);
  expect(result.pairings[0]?.contrasts[0]?.undisturbed?.n).toBe(2);
  expect(result.isRepeatable).toBe(false);
});
