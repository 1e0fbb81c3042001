import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bot } from '../../../src/bot/bot.js';
import { createBot } from '../../../src/io/hosting/create-bot.js';
import { loadBot } from '../../../src/io/hosting/load-bot.js';
import { BadBotError, OptionError } from '../../../src/protocol/errors.js';
import { type Clock, systemClock } from '../../../src/time/clock.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-bot-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

let written = 0;
function file(text: string, ext = 'mjs'): string {
  written += 1;
  const path = join(dir, `bot-${written}.${ext}`);
  writeFileSync(path, text);
  return path;
}

async function decides(path: string): Promise<unknown> {
  const bot = await createBot(await loadBot(path));
  return JSON.parse(JSON.stringify(bot.decide?.(JSON.parse('{}'), JSON.parse('{}'))));
}

async function faultOf(path: string): Promise<BadBotError> {
  const error: unknown = await loadBot(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof BadBotError) return error;
  throw new Error('it loaded', { cause: error });
}

const fold = `decide() { return { action: 'fold' }; }`;

describe('loadBot', () => {
  it.each([
    ['a class as default', `export default class { ${fold} }`, 'mjs'],
    ['an object as default', `export default { ${fold} };`, 'mjs'],
    [
      'a factory as default, beside other exports',
      `export const x = 1; export default () => ({ ${fold} });`,
      'mjs',
    ],
    ['the only class', `export const name = 'x'; export class MyBot { ${fold} }`, 'mjs'],
    ['the only instance', `class MyBot { ${fold} } export const bot = new MyBot();`, 'mjs'],
    ['a CommonJS class', `module.exports = class { ${fold} };`, 'cjs'],
    ['a CommonJS export', `exports.bot = { ${fold} };`, 'cjs'],
    ['a .js file', `export default { ${fold} };`, 'js'],
    [
      'TypeScript',
      `interface A { action: string } export default class { decide(): A { return { action: 'fold' }; } }`,
      'ts',
    ],
  ])('loads %s', async (_, text, ext) => {
    expect(await decides(file(text, ext))).toEqual({ action: 'fold' });
  });

  it('gives the file this very package as chipzen-agent', async () => {
    const path = file(
      `import { Action, Bot, type GameState } from 'chipzen-agent';
       export default class extends Bot { decide(_: GameState) { return Action.raiseTo(40); } }`,
      'ts',
    );
    expect(await createBot(await loadBot(path))).toBeInstanceOf(Bot);
    expect(await decides(path)).toEqual({ action: 'raise', amount: 40 });
  });

  it('gives it the table as chipzen-agent/holdem', async () => {
    const path = file(
      `import { Action } from 'chipzen-agent';
       import { Action as Same, createTable } from 'chipzen-agent/holdem';
       const table = createTable({ seats: 2, startingStack: 40, smallBlind: 1, bigBlind: 2, seed: '' });
       export default { decide: () => Action.raiseTo(Action === Same ? table.stacks[0] : 0) };`,
      'ts',
    );
    expect(await decides(path)).toEqual({ action: 'raise', amount: 40 });
  });

  it('gives it to a file that cannot wait for its imports, too', async () => {
    const path = file(
      `const { Action } = require('chipzen-agent');
       const { createSandbox } = require('chipzen-agent/sandbox');
       exports.bot = { decide: () => Action.raiseTo(typeof createSandbox === 'function' ? 40 : 0) };`,
      'cjs',
    );
    expect(await decides(path)).toEqual({ action: 'raise', amount: 40 });
  });

  it.each([
    ['a class', 'class { decide() { return Action.raiseTo(40); } }'],
    ['an object', '{ decide: () => Action.raiseTo(40) }'],
    ['a factory', '() => ({ decide: () => Action.raiseTo(40) })'],
  ])('takes %s that such a file exports as a whole', async (_, text) => {
    const path = file(`const { Action } = require('chipzen-agent'); module.exports = ${text};`, 'cjs');
    expect(await decides(path)).toEqual({ action: 'raise', amount: 40 });
  });

  it('loads the export that is asked for', async () => {
    const path = file(
      `export default { decide: () => ({ action: 'call' }) }; export const other = { ${fold} }; export const n = 1;`,
    );
    const decide = (await createBot(await loadBot(path, systemClock, 'other'))).decide as () => unknown;
    expect(decide()).toEqual({ action: 'fold' });
    for (const name of ['n', 'toString']) {
      await expect(loadBot(path, systemClock, name)).rejects.toEqual(
        new BadBotError(
          `${path} exports no bot named ${name}, but default (a bot), n (a number), other (a bot).`,
        ),
      );
    }
  });

  it('takes a module for one where all of it is in one line, as bundlers write it', async () => {
    const bundle = `"use strict";const no=0;export default{${fold}};`;
    expect(await decides(file(bundle, 'js'))).toEqual({ action: 'fold' });
    const script = `#!/usr/bin/env node\nmodule.exports={${fold}};`;
    expect(await decides(file(script, 'js'))).toEqual({ action: 'fold' });
  });

  it('asks which of several bots is meant', async () => {
    const path = file(`export class A { ${fold} } export class B { ${fold} }`);
    expect((await faultOf(path)).message).toBe(
      `${path} exports several bots: A (a class) and B (a class). Name one as FILE#NAME or with --bot-class NAME (in a program: export), or export it as default.`,
    );
  });

  it('says that there is no such file', async () => {
    await expect(loadBot(join(dir, 'none.ts'))).rejects.toThrow(
      new OptionError('bot file', `There is no bot file ${join(dir, 'none.ts')}.`),
    );
  });

  it('gives a file 120 s to load', async () => {
    const path = file('await new Promise(() => undefined); export default {};');
    const waits: unknown[] = [];
    const clock: Clock = {
      setTimeout: (fn, timeoutMs) => {
        waits.push(timeoutMs);
        fn();
      },
      clearTimeout: () => undefined,
    };
    await expect(loadBot(path, clock)).rejects.toEqual(
      new BadBotError(`${path} has not ended loading after 120 s: it awaits something that does not come.`),
    );
    expect(waits).toEqual([120_000]);
  });

  it.each([
    ['', 'nothing'],
    [`export default 5;`, 'default (a number)'],
    [`export default { play() {} };`, 'default (an object without decide)'],
    [`export const a = null; export const b = 'x';`, 'a (null), b (a string)'],
    [Array.from({ length: 10 }, (_, i) => `export const a${i} = 1;`).join(' '), 'a7 (a number) and 2 more'],
  ])('says what %j exports instead', async (text, found) => {
    const path = file(text);
    const { message } = await faultOf(path);
    expect(message).toContain(`${path} exports `);
    expect(message).toContain(
      `${found}. Export one bot as default: a class or object with decide(state), or a function that returns one.`,
    );
  });

  it.each([
    ['export default {', 'ParseError: Unexpected token at '],
    [`throw new TypeError('not today\\nsecond line')`, 'TypeError: not today'],
    [`import './not-there.mjs'; export default {};`, "imports './not-there.mjs', which is not there."],
  ])('says why %j cannot be loaded, in one line, with the cause', async (text, why) => {
    const path = file(text);
    const fault = await faultOf(path);
    expect(fault.message).toContain(`${path} cannot be loaded: `);
    expect(fault.message).toContain(why);
    expect(fault.message).not.toContain('second line');
    expect(fault.cause).toBeInstanceOf(Error);
  });
});

describe('the examples', () => {
  it.each(['calling-station.js', 'pairs-and-aces.js'])('%s loads and has decide', async (name) => {
    const bot = await createBot(await loadBot(join('examples', name)));
    expect(bot.decide).toBeTypeOf('function');
  });
});
