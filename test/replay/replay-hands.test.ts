import { describe, expect, it } from 'vitest';
import type { GameState } from '../../src/holdem/game-state.js';
import { replayHands } from '../../src/replay/replay-hands.js';
import { coveredCall } from '../histories/example-hands.js';

const passive = ({ validActions }: GameState) => ({
  action: validActions.includes('check') ? 'check' : 'call',
});

describe('replayHands', () => {
  it('tells the first difference of a hand as real and what follows as hypothetical', async () => {
    const report = await replayHands(() => ({ decide: passive }), [coveredCall]);
    const [hand] = report.hands;
    expect(
      hand?.decisions.map(({ street, verdict, isHypothetical }) => [street, verdict, isHypothetical]),
    ).toEqual([
      ['preflop', 'changed', false],
      ['flop', 'changed', true],
      ['turn', 'changed', true],
    ]);
  });
});
