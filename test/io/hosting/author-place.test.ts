import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnyBot } from '../../../src/bot/bot.js';
import { authorPlaceOf, authorStackOf } from '../../../src/io/hosting/author-place.js';
import { createBot } from '../../../src/io/hosting/create-bot.js';
import { loadBot } from '../../../src/io/hosting/load-bot.js';
import { makeFolder } from '../../kit/folder.js';

/** What the bot of this file throws at its turn. */
async function thrownBy(path: string): Promise<unknown> {
  const bot: AnyBot = await createBot(await loadBot(path));
  try {
    await bot.decide?.(JSON.parse('{}'), JSON.parse('{}'));
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function write(files: Record<string, string>): string {
  const folder = makeFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** In two parts: tools that read this file would take it for its own. */
const mapping = ['sourceMapping', 'URL'].join('');

/** An error with a stack of these places, the innermost first. */
const errorAt = (...places: string[]): Error =>
  Object.assign(new Error('x'), {
    stack: ['Error: x', ...places.map((at) => `    at f (${at})`)].join('\n'),
  });

describe('the place of an error', () => {
  it('is the line of the TypeScript that was written, below types and enums that are gone when it runs', async () => {
    const folder = write({
      'bot.ts': `import { Action, type GameState } from 'chipzen-agent';
interface Plan {
  size: number;
  name?: { text: string };
}
enum Mood {
  Calm,
  Wild,
}
export default class {
  private plan: Plan = { size: Mood.Calm };
  decide(
    state: GameState,
  ): Action {
    const { plan }: { plan: Plan } =
      this;
    return plan
      .name!
      .text
      .length as never;
  }
}
`,
    });
    const path = join(folder, 'bot.ts');
    expect(authorPlaceOf(await thrownBy(path))).toBe(`${path}:19`);
  });

  it("is the author's call where this package throws", async () => {
    const folder = write({
      'bot.ts': `import { Action } from 'chipzen-agent';
export default {
  decide() {
    return (Action as any).raise(40);
  },
};
`,
    });
    const path = join(folder, 'bot.ts');
    const error = await thrownBy(path);
    expect(error).toMatchObject({
      name: 'TypeError',
      message:
        'There is no Action.raise. Write Action.raiseTo(total): the total to raise to on this street, in chips.',
    });
    expect(authorPlaceOf(error)).toBe(`${path}:4`);
  });

  it('is that of the first error inside, or of the cause, where the error has none', () => {
    const inner = errorAt('/bots/bot.js:7:1');
    const without = (error: Error): Error => Object.assign(error, { stack: 'Error: x' });
    expect(authorPlaceOf(without(new AggregateError([inner], 'x')))).toBe('/bots/bot.js:7');
    expect(authorPlaceOf(without(new Error('x', { cause: inner })))).toBe('/bots/bot.js:7');
    const round = without(new Error('x'));
    round.cause = round;
    expect(authorPlaceOf(round)).toBeNull();
  });

  it('is the source of a file that a compiler has made, by its source map', () => {
    const map = JSON.stringify({
      version: 3,
      sources: ['src/bot.ts'],
      names: [],
      // The second line of the file is the fifth of the source.
      mappings: ';AAIA',
    });
    const inline = Buffer.from(map).toString('base64');
    const folder = write({
      'bot.js': `one();\ntwo();\n//# ${mapping}=bot.js.map\n`,
      'bot.js.map': map,
      'inline.js': `one();\ntwo();\n//# ${mapping}=data:application/json;base64,${inline}\n`,
      'missing.js': `one();\ntwo();\n//# ${mapping}=nowhere.js.map\n`,
      'broken.js': `one();\ntwo();\n//# ${mapping}=data:application/json,{\n`,
      'plain.js': 'one();\ntwo();\n',
    });
    const source = `${join(folder, 'src/bot.ts')}:5`;
    const placeIn = (name: string) => authorPlaceOf(errorAt(`${join(folder, name)}:2:1`));
    expect(['bot.js', 'inline.js'].map(placeIn)).toEqual([source, source]);
    const others = ['missing.js', 'broken.js', 'plain.js', 'gone.js'];
    expect(others.map(placeIn)).toEqual(others.map((name) => `${join(folder, name)}:2`));
    expect(authorStackOf(`Error: x\n    at f (${join(folder, 'bot.js')}:2:1)\n    at node:fs:1:1`)).toBe(
      `Error: x\n    at f (${source})\n    at node:fs:1:1`,
    );
  });

  it.each([
    ['a text', 'lost'],
    ['an object that lies about its stack', Object.assign(Object.create(Error.prototype), { stack: 5 })],
    ['an error without a stack', Object.assign(new Error('x'), { stack: undefined })],
    [
      'an error whose stack cannot be read',
      Object.defineProperty(new Error('x'), 'stack', { get: () => fail() }),
    ],
    [
      'an error that only Node and this package took part in',
      Object.assign(new Error('x'), { stack: 'Error: x\n    at node:internal/timers:1:2' }),
    ],
  ])('is not known of %s', (_what, error) => {
    expect(authorPlaceOf(error)).toBeNull();
  });

  it("is the bot's call of another package, or the package where the bot did not call", () => {
    const inPackage = '/bots/node_modules/solver/index.js:3:7';
    expect(authorPlaceOf(errorAt(inPackage, '/bots/my bot (2).js:9:1'))).toBe('/bots/my bot (2).js:9');
    expect(authorPlaceOf(errorAt(inPackage, 'file:///bots/bot.mjs?v=2:9:1'))).toBe('/bots/bot.mjs:9');
    expect(authorPlaceOf(errorAt(inPackage, 'node:internal/timers:1:1'))).toBe(
      '/bots/node_modules/solver/index.js:3',
    );
    // Whoever started the session is behind XState.
    expect(authorPlaceOf(errorAt('/bots/node_modules/xstate/dist/x.js:1:1', '/bots/main.js:2:2'))).toBeNull();
  });
});

const fail = (): never => {
  throw new Error('not for you');
};
