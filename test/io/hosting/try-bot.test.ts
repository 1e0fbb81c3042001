import { describe, expect, it } from 'vitest';
import type { BotSource } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import { tryBot } from '../../../src/io/hosting/try-bot.js';
import { BadBotError } from '../../../src/protocol/errors.js';
import { type Clock, systemClock } from '../../../src/time/clock.js';

const bot = { decide: () => Action.fold() };

describe('tryBot', () => {
  it('makes one bot of a factory, and leaves an instance alone', async () => {
    let made = 0;
    const factory = async () => {
      made += 1;
      return bot;
    };
    await tryBot(factory, systemClock);
    await tryBot(bot, systemClock);
    expect(made).toBe(1);
  });

  it('keeps the error of a constructor as the cause', async () => {
    const broken = new Error('no model file');
    class Broken {
      decide = bot.decide;
      constructor() {
        throw broken;
      }
    }
    const error: unknown = await tryBot(Broken, systemClock).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BadBotError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^The bot could not be made: no model file \(test\/io\/hosting\/try-bot\.test\.ts:\d+\)$/,
      ),
      cause: broken,
    });
  });

  it('gives a factory 120 s', async () => {
    const waits: unknown[] = [];
    const clock: Clock = {
      setTimeout: (fn, timeoutMs) => {
        waits.push(timeoutMs);
        fn();
      },
      clearTimeout: () => undefined,
    };
    const never: BotSource = () => new Promise(() => undefined);
    await expect(tryBot(never, clock)).rejects.toEqual(
      new BadBotError('The bot could not be made: its factory has not ended after 120 s.'),
    );
    expect(waits).toEqual([120_000]);
  });
});
