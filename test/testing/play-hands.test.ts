import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Bot } from '../../src/bot/bot.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import { playHands } from '../../src/testing/play-hands.js';
import { makeFolder } from '../kit/folder.js';

class Caller extends Bot {
  override decide({ validActions }: GameState): Action {
    return validActions.includes('check') ? Action.check() : Action.call();
  }
}

describe('hands between bots', () => {
  it('are played to the last one, and told by seat', async () => {
    const { hands, netChips, decisions, slowestMs, mistakes } = await playHands(
      [Caller, 'tight-aggressive', 'random'],
      {
        hands: 12,
        seed: 'three',
      },
    );
    expect({ hands, mistakes, sum: netChips.reduce((sum, chips) => sum + chips, 0) }).toEqual({
      hands: 12,
      mistakes: [],
      sum: 0,
    });
    expect(decisions.every((count) => count > 0)).toBe(true);
    expect(slowestMs.every((ms) => ms > 0 && ms < 2_000)).toBe(true);
  });

  it('are the same with the same seed, and others with another', async () => {
    const play = async (seed: string) =>
      (await playHands([Caller, 'calling-station'], { hands: 20, seed })).netChips;
    expect(await play('one')).toEqual(await play('one'));
    expect(await play('one')).not.toEqual(await play('other'));
  });

  it('end early when one seat has all chips', async () => {
    class Shover extends Bot {
      override decide(): Action {
        return Action.allIn();
      }
    }
    const { hands, netChips } = await playHands([Shover, 'calling-station'], {
      hands: 1_000,
      startingStack: 500,
    });
    expect(hands).toBeLessThan(1_000);
    expect(netChips.map(Math.abs)).toEqual([500, 500]);
  });

  it('call the hooks of a bot, with its own private fields', async () => {
    const calls: string[] = [];
    class Watcher extends Caller {
      #ended = 0;
      override onMatchStart(): void {
        calls.push('start');
      }
      override onRoundResult(): void {
        this.#ended += 1;
      }
      override onMatchEnd(): void {
        calls.push(`end after ${this.#ended}`);
      }
    }
    await playHands([Watcher, 'calling-station'], { hands: 3 });
    expect(calls).toEqual(['start', 'end after 3']);
  });

  it('take a file, and what plays in it', async () => {
    const file = join(makeFolder(), 'bot.mjs');
    writeFileSync(
      file,
      `export default {
        decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'fold' }),
      };`,
    );
    const { mistakes, netChips } = await playHands([pathToFileURL(file), 'calling-station'], { hands: 4 });
    expect(netChips[0]).toBeLessThan(0);
    expect(mistakes).toEqual([]);
  });
});

describe('mistakes', () => {
  it('are told with the state they were made in: what is not legal, what throws', async () => {
    let turns = 0;
    const { mistakes } = await playHands(
      [
        {
          decide(): Action {
            turns += 1;
            if (turns === 1) return Action.raiseTo(101);
            if (turns === 2) return Action.check();
            throw new Error('no idea');
          },
        },
        'calling-station',
      ],
      { hands: 1, seed: 'a' },
    );
    expect(mistakes.slice(0, 1)).toEqual([
      {
        seat: 0,
        hand: 1,
        hook: 'decide',
        why: 'A raise is to a whole number from 200 to 10000, not to 101.',
        state: expect.objectContaining({ phase: 'preflop', toCall: 50 }),
      },
    ]);
    expect(mistakes.at(-1)).toMatchObject({
      seat: 0,
      hook: 'decide',
      why: 'decide threw: no idea',
      error: new Error('no idea'),
      state: { handNumber: 1 },
    });
    expect(mistakes.filter(({ why }) => why.includes('no idea'))).toHaveLength(turns - 2);
  });

  it('are told of a hook that throws', async () => {
    class Fragile extends Caller {
      override onRoundStart(): void {
        throw new Error('not today');
      }
    }
    const { mistakes } = await playHands(['calling-station', Fragile], { hands: 2 });
    expect(mistakes).toEqual([
      {
        seat: 1,
        hand: 1,
        hook: 'onRoundStart',
        why: 'onRoundStart threw: not today',
        error: new Error('not today'),
      },
      {
        seat: 1,
        hand: 2,
        hook: 'onRoundStart',
        why: 'onRoundStart threw: not today',
        error: new Error('not today'),
      },
    ]);
  });

  it('are told of a bot that does not answer in time', async () => {
    const never = { decide: () => new Promise<Action>(() => undefined) };
    const { mistakes } = await playHands([never, 'calling-station'], { hands: 1, clockMs: 20 });
    expect(mistakes[0]).toEqual({
      seat: 0,
      hand: 1,
      hook: 'decide',
      why: 'decide had no answer after 20 ms.',
    });
  });
});

describe('what cannot play', () => {
  it.each([
    ['one bot', [Caller], 'A match has two to six bots'],
    ['seven', Array.from({ length: 7 }, () => Caller), 'A match has two to six bots'],
    [
      'an unknown house bot',
      [Caller, 'nobody'],
      'There is no house bot "nobody". There are random, calling-station',
    ],
  ])('%s is refused', async (_what, bots, sentence) => {
    await expect(playHands(bots)).rejects.toMatchObject({
      code: 'bad_option',
      message: expect.stringContaining(sentence),
    });
  });

  it('a class without decide, and one whose constructor throws, are refused', async () => {
    class Empty {
      readonly name = 'empty';
    }
    class Broken extends Caller {
      constructor() {
        super();
        throw new Error('no chips');
      }
    }
    await expect(playHands([Empty as never, Caller])).rejects.toMatchObject({ code: 'bad_bot' });
    await expect(playHands([Broken, Caller])).rejects.toThrow('The bot could not be made: no chips');
  });

  it('hands that are none are refused', async () => {
    await expect(playHands([Caller, Caller], { hands: 0 })).rejects.toMatchObject({ code: 'bad_option' });
  });
});
