import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.js';
import { version } from '../../src/protocol/version.js';
import { fakeIo } from './surroundings/fake-surroundings.js';

const bot = join('examples', 'calling-station.js');

async function cli(args: string[], env: NodeJS.ProcessEnv = {}) {
  const io = fakeIo(env);
  const code = await runCli(args, io);
  return { code, out: io.out(), err: io.err() };
}

/** In the order of the help. */
const commands = [
  'demo',
  'init',
  'dev',
  'check',
  'arena',
  'run',
  'doctor',
  'fixtures',
  'queue',
  'opponents',
  'challenge',
  'challenges',
  'accept',
  'status',
  'service',
  'worker',
  'ledger',
  'rating',
  'review',
  'replay',
  'report',
  'profile',
  'scout',
  'export',
  'import',
  'sandbox',
  'proxy',
  'charts',
  'completion',
];

describe('the command line', () => {
  it('tells its version', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, out: [version], err: [] });
  });

  it.each([
    ['--help'],
    ['run', '--help'],
    ['check', '--help'],
    ['sandbox', '--help'],
    ['demo', '--help'],
    ['help', 'run'],
  ])('helps on %s %s', async (...args) => {
    const { code, out, err } = await cli(args);
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out[0]).toMatch(/^Usage: chipzen-agent /);
  });

  it.each(['sandbox', 'demo'])(
    'names the formats that %s knows, and the one that it plays',
    async (command) => {
      const help = (await cli([command, '--help'])).out.join(' ').replaceAll(/\s+/g, ' ');
      expect(help).toContain(
        '"season", "house-bot", "queue", "ranked", "upload", "sit-and-go", default: "season"',
      );
    },
  );

  it('says what a bot may take by default, and which proxy is taken', async () => {
    const help = (await cli(['run', '--help'])).out.join(' ').replaceAll(/\s+/g, ' ');
    expect(help).toMatch(/--worker-memory <MB> [^(]*\(default: a quarter of the machine's, 256 to 4096;/);
    expect(help).toContain('HTTPS_PROXY, ALL_PROXY or HTTP_PROXY names an HTTP proxy to go through');
  });

  it.each([
    ['run', 'README.md'],
    ['check', 'docs/checking.md'],
    ['arena', 'docs/arena.md'],
    ['worker', 'docs/scale.md'],
    ['sandbox', 'docs/sandbox.md'],
    ['proxy', 'README.md'],
    ['demo', 'README.md'],
    ['doctor', 'docs/operating.md'],
    ['report', 'docs/report.md'],
    ['fixtures', 'docs/operating.md'],
    ['status', 'docs/operating.md'],
    ['service', 'docs/operating.md'],
    ['replay', 'docs/replaying.md'],
    ['scout', 'docs/scouting.md'],
    ['profile', 'docs/scouting.md'],
    ['challenge', 'README.md'],
    ['ledger', 'docs/ledger.md'],
    ['rating', 'docs/ledger.md'],
  ])('has each flag of %s in %s', async (command, document) => {
    const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
    const help = (await cli([command, '--help'])).out;
    const flags = help.flatMap((line) => /^ {2}(?:-\w, )?(--[a-z-]+)/.exec(line)?.[1] ?? []);
    expect(flags.filter((flag) => !text.includes(flag) && flag !== '--help')).toEqual([]);
    expect(flags.length).toBeGreaterThan(3);
  });

  it('lists its commands in the order in which an author meets them, a line each', async () => {
    const help = (await cli(['--help'])).out;
    const listed = help.slice(help.indexOf('Write a bot, on this machine alone:'));
    expect(listed.flatMap((line) => /^ {2}([a-z]+) /.exec(line)?.[1] ?? [])).toEqual([...commands, 'help']);
    // A description that does not fit is continued in a line that begins with many spaces.
    expect(help.filter((line) => /^ {4}/.test(line))).toEqual([]);
    expect(help.join('\n')).toContain('6 bot error');
  });

  it.each(commands)('shows examples of %s, and what each argument is', async (command) => {
    const help = (await cli([command, '--help'])).out;
    const examples = help.slice(help.indexOf('Examples:') + 1);
    expect(examples[0]).toContain(`chipzen-agent ${command}`);
    expect(help.join('\n')).not.toMatch(/as for `?run`?\n|default: \[\]/);
  });

  it.each([
    [[]],
    [['fly']],
    [['run']],
    [['run', bot, 'more']],
    [['run', bot, '--no-such-option']],
    [['run', bot, '--env', 'production']],
    [['run', bot, '--max-matches', '0']],
    [['run', bot, '--drain-grace', 'soon']],
    [['run', bot, '--log-level', 'loud']],
    [['sandbox', '--port', '65536']],
    [['sandbox', '--blinds', '10']],
    [['demo', '--opponent', 'nobody']],
    [['demo', '--hands', '-3']],
    [['arena', 'random', 'equity', '--report']],
    [['arena', 'random', 'equity', '--details=yes']],
    [['arena', 'random', 'equity', '--give-back', '2']],
    [['arena', 'random', 'equity', '--nats-name', 'a']],
    [['arena', 'random', 'equity', '--nats', 'http://h']],
    [['worker', '--arena', '--nats', 'http://h']],
  ])('ends with 2 and says why for %j', async (args) => {
    const { code, out, err } = await cli(args);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err.length).toBeGreaterThan(0);
  });

  it.each(['--state', '--season', '--write-config'])('takes no empty name of a file for %s', async (flag) => {
    const { code, err } = await cli(['sandbox', flag, '']);
    expect(code).toBe(2);
    expect(err.join(' ')).toContain('Give the name of a file.');
  });

  it.each([
    [
      'no token',
      ['run', bot, '--bot-id', 'b'],
      {},
      2,
      /^chipzen-agent: There is no token\. Set CHIPZEN_EXTBOT_TOKEN/,
    ],
    [
      'no bot id',
      ['run', bot],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_long_enough' },
      2,
      /^chipzen-agent: There is no bot id.* --bot-id or --url .*"chipzen-agent sandbox --write-config"/,
    ],
    [
      'a bad environment',
      ['run', bot],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_x', CHIPZEN_ENV: 'x' },
      2,
      /CHIPZEN_ENV/,
    ],
    [
      'plain ws',
      ['run', bot, '--url', 'ws://h.example/x'],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_long_enough' },
      2,
      /wss:/,
    ],
    ['no such file', ['run', 'none.ts'], {}, 2, /^chipzen-agent: There is no bot file .*none\.ts\.$/],
    ['an empty file name', ['run', ''], {}, 2, /^chipzen-agent: The name of the bot file is empty\.$/],
    ['no bot at all', ['run'], {}, 2, /^chipzen-agent: Name a bot file, or workers with --nats\.$/],
    ['a file beside workers', ['run', bot, '--nats', 'nats://h'], {}, 2, /leave it out here\.$/],
    [
      'a worker without a server',
      ['worker', bot, '--nats', 'http://h'],
      {},
      2,
      /^chipzen-agent: Give the NATS server as nats:/,
    ],
    [
      'workers without a server',
      ['run', '--nats', 'nats://127.0.0.1:1', '--bot-id', 'b'],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_long_enough' },
      4,
      /^chipzen-agent: The NATS server nats:\/\/127\.0\.0\.1:1 cannot be reached/,
    ],
    [
      'the placeholder of the README',
      ['run', bot, '--bot-id', 'b'],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_...' },
      3,
      /^chipzen-agent: CHIPZEN_EXTBOT_TOKEN is the placeholder of the documentation\. /,
    ],
    ...['--log-keep', '--log-size'].map((flag): [string, string[], NodeJS.ProcessEnv, number, RegExp] => [
      `${flag} without a log file`,
      ['run', bot, flag, '3', '--bot-id', 'b'],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_long_enough' },
      2,
      new RegExp(`^chipzen-agent: ${flag} is of a log in a file: give --log-file FILE as well\\.$`),
    ]),
    ['a folder', ['run', 'examples'], {}, 2, /^chipzen-agent: .*examples is a folder\. Give the bot file/],
    ...[['worker'], ['none']].map(([mode = '']): [string, string[], NodeJS.ProcessEnv, number, RegExp] => [
      `a file without a bot, isolated: ${mode}`,
      ['run', 'package.json', '--isolate', mode, '--bot-id', 'b'],
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_long_enough' },
      6,
      /^chipzen-agent: .*package\.json exports /,
    ]),
  ])('ends with one sentence for %s', async (_, args, env, code, sentence) => {
    const told = await cli(args, env);
    expect({ code: told.code, out: told.out, lines: told.err.length }).toEqual({ code, out: [], lines: 1 });
    expect(told.err[0]).toMatch(sentence);
  });

  it.each([
    [['run', bot, '--tokn=cz_extbot_SECRET']],
    [['run', 'cz_extbot_SECRET']],
    [['run', bot, 'cz_extbot_SECRET', '--verbose']],
    [['run', bot, '--env', 'cz_extbot_SECRET']],
    [['run', bot, '--max-matches', 'cz_extbot_SECRET']],
    [['run', bot, '--bot-id', 'b', '--token', 'cz_extbot_x', '--url', 'http://cz_extbot_SECRET']],
    [['cz_extbot_SECRET']],
    [['help', 'cz_extbot_SECRET']],
    [['run', 'cz_extbot_SECRET', '--verbose']],
  ])('does not repeat a token in the wrong place: %j', async (args) => {
    const { out, err } = await cli(args);
    expect([...out, ...err].join('\n')).not.toContain('SECRET');
  });

  it('shows where the token was', async () => {
    expect(await cli(['run', bot, '--tokn=cz_extbot_SECRET'])).toMatchObject({
      code: 2,
      out: [],
      err: ["error: unknown option '--tokn=[token]'"],
    });
  });

  it.each([
    [['--verbose', 'run', 'none.ts'], {}],
    [['run', 'none.ts', '--verbose'], {}],
    [['run', 'none.ts'], { DEBUG: '1' }],
  ])('shows the stack with %j %j', async (args, env) => {
    const { code, err } = await cli(args, env);
    expect(code).toBe(2);
    expect(err[0]).toMatch(/^chipzen-agent: There is no bot file/);
    expect(err.slice(1).some((line) => /^\s+at .*bot-module/.test(line))).toBe(true);
  });
});
