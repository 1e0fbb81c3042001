import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/bot/bot.js';
import { loadOpponents } from '../../../src/cli/commands/opponent.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import { CallingStation } from '../../../src/house/calling-station.js';
import { EquityBot } from '../../../src/house/equity-bot.js';
import { houseBotNames } from '../../../src/house/house-bot-names.js';
import { RandomBot } from '../../../src/house/random-bot.js';
import { BadBotError, OptionError } from '../../../src/protocol/errors.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-opponent-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const fold = `decide() { return { action: 'fold' }; }`;
const state = JSON.parse('{}') as GameState;
const turn = JSON.parse('{}') as Turn;

describe('loadOpponents', () => {
  it('finds house bots by name and others by file, in the order given', async () => {
    const folder = file('my-bot.mjs', `export default class { ${fold} }`);
    const found = await loadOpponents(['equity', folder, 'calling-station', 'equity']);
    expect(found.map(({ name }) => name)).toEqual(['equity', 'my-bot', 'calling-station', 'equity']);
    expect(await found[0]?.make('a')).toBeInstanceOf(EquityBot);
    expect(await found[2]?.make('a')).toBeInstanceOf(CallingStation);
    expect(await (await found[1]?.make('a'))?.decide(state, turn)).toEqual({ action: 'fold' });
    expect(await loadOpponents([])).toEqual([]);
  });

  it.each([
    ['a class', `export default class { ${fold} }`, false],
    ['a factory', `export default () => ({ ${fold} })`, false],
    ['an async factory', `export default async () => ({ ${fold} })`, false],
    ['an object', `export default { ${fold} }`, true],
  ])('makes the bot of %s; only an object plays more than one match', async (what, text, isShared) => {
    const [opponent] = await loadOpponents([file(`${what.replaceAll(' ', '-')}.mjs`, text)]);
    const [first, second] = [await opponent?.make('a'), await opponent?.make('b')];
    expect(first?.decide(state, turn)).toEqual({ action: 'fold' });
    expect(first === second).toBe(isShared);
  });

  it.each(['bot.js', 'bot.cjs', 'bot.ts', 'bot.mts', 'a.b.mjs'])('takes %s for a file', async (name) => {
    const text = name.endsWith('cjs') ? `module.exports = { ${fold} };` : `export default { ${fold} };`;
    const [opponent] = await loadOpponents([file(name, text)]);
    expect(opponent?.name).toBe(name.slice(0, name.lastIndexOf('.')));
  });

  it('takes what has a folder in front of it for a file, whatever house bots there are', async () => {
    mkdirSync(join(dir, 'bots'));
    const random = file('bots/random', '');
    await expect(loadOpponents([join(dir, 'bots')])).rejects.toThrow(
      new OptionError('bot file', `${join(dir, 'bots')} is a folder. Give the bot file in it.`),
    );
    await expect(loadOpponents([random])).rejects.toThrow(BadBotError);
    expect(await (await loadOpponents(['random']))[0]?.make('a')).toBeInstanceOf(RandomBot);
  });

  it.each(['nobody', '', 'toString', 'no\u001bbody'])('says what there is instead of %j', async (name) => {
    await expect(loadOpponents(['random', name])).rejects.toThrow(
      new OptionError(
        'opponent',
        `There is no house bot "${name.replace('\u001b', '')}". There are ${houseBotNames.join(', ')}; a bot file is possible too, such as ./my-bot.ts, or ./my-bots.ts#Name where it exports several.`,
      ),
    );
  });

  it('says that there is no such file', async () => {
    const path = join(dir, 'none.ts');
    await expect(loadOpponents([path])).rejects.toThrow(
      new OptionError('bot file', `There is no bot file ${path}.`),
    );
  });

  it.each([
    ['object', 'export default { decideRaw() {} };'],
    ['factory', 'export default async () => ({ decideRaw() {} });'],
  ])('refuses to make a bot for other games than poker: %s', async (what, text) => {
    const path = file(`raw-${what}.mjs`, text);
    const [opponent] = await loadOpponents([path]);
    await expect((async () => opponent?.make('a'))()).rejects.toThrow(
      new BadBotError(
        `The bot of ${path} has no decide(state), and the local platform plays poker: give it that method.`,
      ),
    );
  });

  it('finds the house bots in a file, too', async () => {
    const path = file(
      'mine.ts',
      `import { houseBots } from 'chipzen-agent/sandbox';
       export default () => houseBots.equity('mine');`,
    );
    const [opponent] = await loadOpponents([path]);
    expect(await opponent?.make('a')).toBeInstanceOf(EquityBot);
  });
});
