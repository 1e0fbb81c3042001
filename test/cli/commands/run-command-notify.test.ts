import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function run(...notify: string[]) {
  const { sandbox } = await openPlatform({ maxHands: 3 });
  const bot = sandbox.addBot();
  const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: bot.token, PATH: process.env.PATH });
  const targets = notify.flatMap((target) => ['--notify', target]);
  const args = ['--isolate', 'none', '--max-matches', '1', '--url', bot.lobbyUrl, ...targets];
  const ended = runCli(['run', 'examples/calling-station.js', ...args], io);
  return { sandbox, bot, io, ended };
}

describe('run --notify', () => {
  it('tells of a match before the command ends, and of what cannot be told once', async () => {
    const file = join(makeFolder(), 'notices');
    const { sandbox, bot, io, ended } = await run(`cat >> '${file}'; env >> '${file}'`, 'exit 7');
    await expect.poll(() => io.out().join('\n')).toContain('online');
    await sandbox.dispatch(bot.botId, { opponent: 'calling-station' });
    expect(await ended).toBe(0);
    const [json = '', ...variables] = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(json)).toMatchObject({
      kind: 'match',
      opponents: ['calling-station'],
      text: expect.stringMatching(/^Match against calling-station ended: /),
    });
    expect(variables.join('\n')).toContain('PATH=');
    expect(variables.join('\n')).not.toContain(bot.token);
    const warnings = io.err().filter((line) => line.includes('notice'));
    expect(warnings).toEqual([
      'warning: A notice did not get to the command: it ended with 7. It is told once; later notices are still tried.',
    ]);
  });

  it.each([
    ['ftp://host/x', 'must be a whole one that begins with https:// or http://'],
    ['', "argument '' is invalid. Give a URL or a command."],
  ])('refuses "%s" before anything is dialed', async (target, why) => {
    const { io, ended } = await run(target);
    expect(await ended).toBe(2);
    expect(io.err().join('\n')).toContain(why);
  });
});
