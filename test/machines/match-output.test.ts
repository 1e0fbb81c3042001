import { describe, expect, it } from 'vitest';
import { type MatchContext, newMatch } from '../../src/machines/match.context.js';
import { countsOf, handSummary, matchSummary } from '../../src/machines/match.output.js';
import type { MatchEnd } from '../../src/protocol/frames.js';

describe('the summary of a hand', () => {
  it('has stacks, winners and pot', () => {
    expect(handSummary({ stacks: [10, 0.5, -3], winner_seats: [0, 2], pot: 20 })).toEqual({
      stacks: [10, 0.5, -3],
      winners: [0, 2],
      pot: 20,
    });
  });

  it.each([
    [{}],
    [{ stacks: null, winner_seats: '01', pot: '20' }],
    [{ stacks: { 0: 1 }, winner_seats: 1, pot: Number.NaN }],
    [
      {
        stacks: ['1', null, Number.NaN, Number.POSITIVE_INFINITY],
        winner_seats: [0.5, '1', null],
        pot: null,
      },
    ],
    [{ pot: Number.POSITIVE_INFINITY }],
  ])('has empty lists and no pot where a game has none, or other things by these names: %o', (result) => {
    expect(handSummary(result)).toEqual({ stacks: [], winners: [], pot: null });
  });

  it('leaves out of its lists what is no number', () => {
    expect(handSummary({ stacks: [1, '2', 3], winner_seats: [0, null, 1], pot: 0 })).toEqual({
      stacks: [1, 3],
      winners: [0, 1],
      pot: 0,
    });
  });
});

describe('the result of a match', () => {
  const match = (more: Partial<MatchContext> = {}): MatchContext => ({
    ...newMatch({ matchId: 'm', gatewayUrl: 'ws://x', now: () => 7, random: () => 0 }),
    ...more,
  });
  const ended = (results: unknown) =>
    matchSummary(match({ seat: 1, end: { type: 'match_end', results } as MatchEnd })).result.netChips;

  it('has the chips of our seat, where the end of the match tells them', () => {
    const line = (seat: number, net_chips: unknown) => ({ seat, net_chips });
    expect(ended([line(0, -5), line(1, 5)])).toBe(5);
    expect(ended([line(1, 0)])).toBe(0);
    for (const results of [undefined, [], [line(0, -5)], [line(1, '5')], [line(1, Number.NaN)]]) {
      expect(ended(results)).toBe(null);
    }
    expect(matchSummary(match()).result.netChips).toBe(null);
  });

  it('of one that was given up says why, and of one that was played to its end does not', () => {
    const why = { abandonReason: 'refused', detail: 'no' } as const;
    expect(matchSummary(match(why)).result).toMatchObject({ outcome: 'abandoned', ...why, end: null });
    const end: MatchEnd = { type: 'match_end', reason: 'complete' };
    expect(matchSummary(match({ ...why, end })).result).toMatchObject({
      outcome: 'completed',
      abandonReason: null,
      detail: null,
      end,
    });
    expect(matchSummary(match()).result).toMatchObject({ outcome: 'abandoned', abandonReason: 'internal' });
  });

  it('counts as resumes the connections after the first', () => {
    const after = (connections: number) =>
      countsOf(match({ tally: { ...match().tally, connections } })).resumes;
    expect([0, 1, 2, 5].map(after)).toEqual([0, 0, 1, 4]);
  });
});
