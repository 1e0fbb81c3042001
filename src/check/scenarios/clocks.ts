/** The two clocks of the platform (docs/protocol.md 4): the short one first, which is the bot's first turn after it was made. */
import type { TurnScenario } from './scenario.js';

interface ClockScenario extends TurnScenario {
  clockMs: number;
}

const hands: TurnScenario['hands'] = [
  {
    stacks: [10_000, 10_000],
    dealer: 1,
    holeCards: ['Ac Jd', 'Kd Qs'],
    board: 'Jh 7d 3c',
    line: ['raise 200', 'fold'],
  },
];

export const shortClock: ClockScenario = {
  id: 'clock-2s',
  title: 'a turn with a clock of 2 s',
  clockMs: 2_000,
  hands,
};

export const longClock: ClockScenario = {
  id: 'clock-30s',
  title: 'a turn with a clock of 30 s',
  clockMs: 30_000,
  hands,
};
