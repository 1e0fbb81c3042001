import { describe, expect, it } from 'vitest';
import {
  firstPlayerState,
  handList,
  type PlayerState,
  playerLines,
  playHandsOn,
  pressKey,
} from '../../../src/cli/commands/hand-player.js';
import { keysIn } from '../../../src/cli/surroundings/keys.js';
import { type ScreenOwner, terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { coveredCall, foldedRound, sharedMainPot, splitBoard } from '../../histories/example-hands.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

/** Pots of 100, 1, 20.9 and 40 big blinds. */
const hands = [coveredCall, foldedRound, sharedMainPot, splitBoard].map((hand, index) => ({
  ...hand,
  handNumber: index + 1,
}));
const list = handList(hands);

function pressed(...keys: string[]): PlayerState {
  return keys.reduce((state, key) => pressKey(state, key, list), firstPlayerState);
}

const at = (...keys: string[]): number => pressed(...keys).position + 1;

describe('the keys of the hand player', () => {
  it.each([
    [['n', 'right', ' '], 4],
    [['n', 'n', 'p'], 2],
    [['left'], 1],
    [['end', 'n'], 4],
    [['end', 'home'], 1],
    [['b'], 1],
    [['b', 'b'], 4],
    [['b', 'b', 'b'], 3],
    [['b', 'b', 'B'], 1],
    // From a hand that was come to otherwise the way begins at the biggest pot.
    [['n', 'b'], 1],
    [['b', 'b', 'n', 'b'], 1],
    [['b', 'b', 'b', 'b', 'b'], 2],
    [['3', 'enter'], 3],
    [['1', '2', 'enter'], 1],
    [['x'], 1],
  ])('%j leads to hand %i', (keys, hand) => {
    expect(at(...keys)).toBe(hand);
  });

  it('ends with q, escape and Ctrl-C', () => {
    expect(['q', 'escape', 'ctrl-c', 'n'].map((key) => pressed(key).isOver)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('reads what terminals send for them, and passes over the rest', () => {
    expect(keysIn('\u001b[Cn\u001bOD\u001b[1~\u001b[4~\r\u0003\u001b[5~\u001b[1;5A7')).toEqual([
      'right',
      'n',
      'left',
      'home',
      'end',
      'enter',
      'ctrl-c',
      '7',
    ]);
    expect(keysIn('\u001b')).toEqual(['escape']);
  });
});

describe('the hand player', () => {
  const size = { redact: (text: string) => text, columns: 80, rows: 24 };

  it('shows the hand, where it stands, and the size of its pot among all', () => {
    const lines = playerLines(pressed('b', 'b'), list, size);
    expect(lines[0]).toBe('hand 4 of match-1, blinds 10/20');
    expect(lines.at(-1)).toBe('4 of 4, pot 2 by size; n next, p before, b biggest pots, ? keys, q end');
    expect(playerLines(pressed('1', '2'), list, size).at(-1)).toBe('hand 12, and enter');
    expect(playerLines(pressed('?'), list, size).join('\n')).toContain('the next biggest pot');
  });

  it('keeps to the terminal', () => {
    const lines = playerLines(firstPlayerState, list, { ...size, columns: 40, rows: 9 });
    expect(lines.length).toBeLessThanOrEqual(9);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  });

  it('draws at each key, leaves the terminal as it was, and hears nothing any more', async () => {
    const written: string[] = [];
    let owner: ScreenOwner | undefined;
    let press: ((key: string) => void) | undefined;
    const screen = {
      size: () => ({ columns: 80, rows: 24 }),
      take(given: ScreenOwner) {
        owner = given;
        return {
          isBehind: () => false,
          write: (text: string) => void written.push(text),
          release: () => void written.push('released'),
        };
      },
    };
    const keys = {
      listen(listener: (key: string) => void) {
        press = listener;
        return () => {
          press = undefined;
        };
      },
    };
    const io = fakeIo();
    const shown = playHandsOn(screen, keys, hands, terminalOf(io));
    press?.('n');
    owner?.onResize();
    press?.('q');
    await shown;
    const drawn = written.filter((text) => text.includes('hand ')).map((text) => /hand \d/.exec(text)?.[0]);
    expect(drawn).toEqual(['hand 1', 'hand 2', 'hand 2']);
    expect(written[0]).toBe('\u001b[?1049h\u001b[?25l');
    expect(written.slice(-2)).toEqual(['\u001b[?25h\u001b[?1049l', 'released']);
    expect([press, io.listeners()]).toEqual([undefined, 0]);
  });
});
