import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function demo(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['demo', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

describe('demo with bots of files, isolated', () => {
  it('plays with the bot that --bot-class names, and says which there are', async () => {
    const file = join(makeFolder(), 'bots.mjs');
    const bot = (name: string, action: string) =>
      `export class ${name} { decide = () => ({ action: '${action}' }) }`;
    writeFileSync(file, `${bot('Folding', 'fold')} ${bot('Calling', 'call')} export const helper = () => 1;`);
    const args = ['--seed', 'a', '--hands', '2', '--bot', file];
    expect(await demo(...args)).toMatchObject({
      code: 6,
      err: expect.arrayContaining([
        `chipzen-agent: ${file} exports several bots: Calling (a class), Folding (a class) and helper (a function). Name one as FILE#NAME or with --bot-class NAME (in a program: export), or export it as default.`,
      ]),
    });
    expect(await demo(...args, '--bot-class', 'Calling')).toMatchObject({ code: 0 });
    expect(await demo('--seed', 'a', '--hands', '2', '--bot', `${file}#Calling`)).toMatchObject({ code: 0 });
    expect(await demo('--bot', `${file}#Calling`, '--bot-class', 'Folding')).toMatchObject({
      code: 2,
      err: [
        'chipzen-agent: Two bots are named: Calling behind the file, and Folding with --bot-class. Leave one of them out.',
      ],
    });
    expect(await demo(...args, '--bot-class', 'calling')).toMatchObject({
      code: 6,
      err: expect.arrayContaining([
        `chipzen-agent: ${file} exports no bot named calling, but Calling (a class), Folding (a class), helper (a function).`,
      ]),
    });
    expect(await demo('--bot-class', 'Calling')).toMatchObject({
      code: 2,
      err: ['chipzen-agent: Name the file of that bot with --bot.'],
    });
  });

  it('takes one of several bots of a file as opponent by its name, and calls it so', async () => {
    const file = join(makeFolder(), 'bots#2.mjs');
    const bot = (name: string) => `export class ${name} { decide = () => ({ action: 'fold' }) }`;
    writeFileSync(file, `${bot('Early')} ${bot('Late')}`);
    const args = ['--seed', 'a', '--hands', '2', '--opponent', `${file}#Late`, '--opponent', `${file}#Early`];
    const { code, out } = await demo(...args);
    expect(code).toBe(0);
    expect(out[0]).toMatch(/, against Late, Early, seed a$/);
    expect(await demo('--opponent', file)).toMatchObject({
      code: 6,
      err: expect.arrayContaining([expect.stringContaining('Name one as FILE#NAME')]),
    });
  });

  it('plays with a bot file, and goes on when that bot throws', async () => {
    const bot = join(makeFolder(), 'bot.mjs');
    writeFileSync(bot, `export default { decide() { throw new Error('no idea'); } };`);
    const { code, out } = await demo('--bot', bot, '--hands', '3', '--seed', 'a');
    expect(code).toBe(6);
    // Told once with its place, and counted from then on.
    const told = out.filter((line) => line.includes('the bot threw in decide: no idea'));
    expect(told).toEqual([expect.stringMatching(/no idea \(.*bot\.mjs:1\)$/)]);
    expect(out.at(-2)).toMatch(/^(\d+) decisions?, \1 of them answered by the agent;/);
    expect(out.at(-1)).toMatch(/^ {2}\d+ x in decide: no idea \(.*bot\.mjs:1\)$/);
  });
});
