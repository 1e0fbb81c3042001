/** The commands that take a bot file: what plays when it is saved, and what a bot that breaks costs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCommand } from '../../kit/built-command.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';

const passive = `decide({ validActions }) { return { action: validActions.includes('check') ? 'check' : 'call' }; }`;

async function runOf(extra: string[] = []) {
  const dir = makeFolder();
  const save = (name: string, text: string) => writeFileSync(join(dir, name), text);
  save('version.mjs', `export const version = 'one';`);
  save(
    'bot.mjs',
    `import { version } from './version.mjs';
export default class { constructor() { console.log('<' + version + '>'); } ${passive} }`,
  );
  const { sandbox } = await openPlatform({ maxHands: 2 });
  const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'saved' });
  const play = async () => {
    const { matchId } = await sandbox.dispatch(botId, { opponents: ['calling-station'] });
    await sandbox.result(matchId);
  };
  const run = startCommand(['run', join(dir, 'bot.mjs'), ...extra], {
    CHIPZEN_EXTBOT_TOKEN: token,
    CHIPZEN_LOBBY_URL: lobbyUrl,
  });
  await run.wrote('online, waiting for matches');
  return { run, save, play };
}

describe('run', () => {
  it('plays what was started, and says in one line that a file was saved', async () => {
    const { run, save, play } = await runOf();
    save('version.mjs', `export const version = 'two';`);
    const line =
      'version.mjs changed: what was started plays on; start again to play the new code, or use --watch';
    await run.wrote(line);
    await play();
    await play();
    run.interrupt();
    expect(await run.code()).toBe(0);
    expect(run.written()).not.toContain('<two>');
    expect(run.written().split(line)).toHaveLength(2);
  });

  it('plays what was started without isolation, too, and says so', async () => {
    const { run, save, play } = await runOf(['--isolate', 'none']);
    save('version.mjs', `export const version = 'two';`);
    await run.wrote(
      'version.mjs changed: what was started plays on; start again to play the new code. A bot in the thread of the agent cannot be loaded anew',
    );
    await play();
    run.interrupt();
    expect(await run.code()).toBe(0);
    expect(run.written()).toContain('<one>');
    expect(run.written()).not.toContain('<two>');
  });

  it('takes new code with --watch, and not what does not load', async () => {
    const { run, save, play } = await runOf(['--watch']);
    save('version.mjs', `export const version = ;`);
    await run.wrote('version.mjs changed, and cannot be played; the code before plays on.');
    await play();
    save('version.mjs', `export const version = 'two';`);
    await run.wrote('version.mjs changed: the next match plays the new code');
    const before = run.written().length;
    await play();
    await play();
    run.interrupt();
    expect(await run.code()).toBe(0);
    expect(run.written().slice(before)).not.toContain('<one>');
    expect(run.written().slice(before)).toContain('<two>');
  });
});

describe('commands without --watch', () => {
  it.each([
    ['demo', '--bot'],
    ['demo', '--opponent'],
    ['sandbox', '--opponent'],
  ])('say that a file was saved, and nothing of that flag: %s %s', async (command, flag) => {
    const file = join(makeFolder(), 'waits.mjs');
    // The bot of the demo never answers, so that its match goes on.
    const text = `export default class { decide() { return new Promise(() => undefined); } }`;
    writeFileSync(file, text);
    const rest = command === 'sandbox' ? ['--port', '0'] : ['--clock', '600'];
    const started = startCommand([command, flag, file, ...rest]);
    await started.wrote(command === 'sandbox' ? 'A match against' : 'against ');
    writeFileSync(file, `${text}\n`);
    await started.wrote('waits.mjs changed: what was started plays on; start again to play the new code.\n');
    started.interrupt();
    await started.code();
    expect(started.written()).not.toContain('--watch');
  });
});

describe('a bot that cannot be made any more', () => {
  it.each(['process', 'worker', 'none'])(
    'drains the session, and the exit code is 6: %s',
    async (isolate) => {
      const dir = makeFolder();
      const made = JSON.stringify(join(dir, 'made'));
      writeFileSync(
        join(dir, 'bot.mjs'),
        `import { existsSync, writeFileSync } from 'node:fs';
export default class {
  constructor() { if (existsSync(${made})) throw new Error('no table'); writeFileSync(${made}, ''); }
  ${passive}
}`,
      );
      const { sandbox } = await openPlatform({ maxHands: 2 });
      const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'unfit' });
      const run = startCommand(['run', join(dir, 'bot.mjs'), '--isolate', isolate], {
        CHIPZEN_EXTBOT_TOKEN: token,
        CHIPZEN_LOBBY_URL: lobbyUrl,
      });
      await run.wrote('online, waiting for matches');
      await sandbox.dispatch(botId, { opponents: ['calling-station'] });
      expect(await run.code()).toBe(6);
      expect(run.written()).toContain('chipzen-agent: The bot could not be made: no table');
    },
  );
});

describe('demo', () => {
  const breaking: [string, string, string][] = [
    ['process.exit()', 'decide() { process.exit(3); }', 'ended its own process with exit code 3'],
    ['an endless loop', 'decide() { for (;;); }', 'The bot still blocked its process'],
  ];
  const file = (body: string): string => {
    const path = join(makeFolder(), 'mine.mjs');
    writeFileSync(path, `export default class { ${body} }`);
    return path;
  };
  const game = ['--hands', '4', '--clock', '0.3'];

  it.each(breaking)('names %s of the bot, and plays the match to its end', async (_, body, words) => {
    const demo = startCommand(['demo', '--bot', file(body), ...game]);
    await demo.code();
    expect(demo.written()).toContain(words);
    expect(demo.written()).toContain('session over: 1 completed');
  });

  it.each(breaking)('names %s of an opponent, and plays the match to its end', async (_, body, words) => {
    const demo = startCommand(['demo', '--opponent', file(body), ...game]);
    expect(await demo.code()).toBe(0);
    expect(demo.written()).toContain('session over: 1 completed');
    expect(demo.written()).toContain(words);
  });

  it.each(['--bot', '--opponent'])('refuses a bot of other games: %s', async (flag) => {
    const demo = startCommand(['demo', flag, file(`decideRaw() { return { action: 'fold' }; }`)]);
    expect(await demo.code()).toBe(6);
    expect(demo.written()).toMatch(
      /The bot of \S*mine\.mjs has no decide\(state\), and the local platform plays poker/,
    );
    expect(demo.written()).not.toContain('sandbox at');
  });

  it.each(['--bot', '--opponent'])('refuses a constructor that throws: %s', async (flag) => {
    const demo = startCommand([
      'demo',
      flag,
      file(`constructor() { throw new Error('no table'); } decide() {}`),
    ]);
    expect(await demo.code()).toBe(6);
    expect(demo.written()).toContain('chipzen-agent: The bot could not be made: no table');
    expect(demo.written()).not.toContain('sandbox at');
  });
});
