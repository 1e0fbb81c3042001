/** Who beats whom. Every deck is played twice with the seats changed, so that the cards favour nobody. */
import { describe, expect, it } from 'vitest';
import type { BotLike } from '../../src/bot/bot.js';
import { EquityBot } from '../../src/house/equity-bot.js';
import { houseBots } from '../../src/house/house-bots.js';
import { playMatch } from './house-table.js';

const bigBlind = 10;
const decks = 400;

function make(name: string): BotLike {
  if (name === 'equity') return new EquityBot({ seed: name, maxSamples: 200, now: () => 0 });
  const bot = houseBots[name]?.(name);
  if (!bot) throw new Error(`No house bot ${name}`);
  return bot;
}

/** What the first wins, in big blinds a hand, and the half width of the 99 % confidence interval. */
async function duel(names: [string, string]): Promise<{ mean: number; error: number }> {
  const results: number[] = [];
  const [first, second] = names.map(make) as [BotLike, BotLike];
  for (let deck = 0; deck < decks; deck += 1) {
    const options = { seed: `deck-${deck}`, startingStack: 100 * bigBlind, maxHands: 1 };
    const home = await playMatch([first, second], options);
    const away = await playMatch([second, first], options);
    results.push(((home.netChips[0] ?? 0) + (away.netChips[1] ?? 0)) / 2 / bigBlind);
  }
  const mean = results.reduce((sum, result) => sum + result, 0) / decks;
  const variance = results.reduce((sum, result) => sum + (result - mean) ** 2, 0) / (decks - 1);
  return { mean, error: 2.58 * Math.sqrt(variance / decks) };
}

describe('heads-up with a hundred big blinds', () => {
  it.each<[string, string]>([
    ['tight-aggressive', 'calling-station'],
    ['tight-aggressive', 'random'],
    ['equity', 'calling-station'],
    ['equity', 'random'],
  ])('%s beats %s beyond chance', async (...names) => {
    const { mean, error } = await duel(names);
    expect(mean - error).toBeGreaterThan(0);
  });
});
