/** The log file of the built command: what is in it when the process ends, however it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';
import { freePort } from '../../kit/free-port.js';
import { withoutLoadingNote } from '../../kit/loading-note.js';
import { openPlatform } from '../../kit/platform.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

let dir: string;
let bot: string;
let log: string;
let platform: Sandbox;
beforeEach(async () => {
  dir = makeFolder();
  bot = join(dir, 'bot.mjs');
  log = join(dir, 'agent.log');
  writeFileSync(bot, `export default { decide: () => ({ action: 'fold' }) };`);
  ({ sandbox: platform } = await openPlatform({ maxHands: 3 }));
});

interface Started {
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** The most bytes of a file; what is beyond fails as on a full disk. */
  fileBytes?: number;
  /** Sent when the output has "online" in it. */
  signal?: NodeJS.Signals;
}

async function start({ args, env = {}, fileBytes, signal }: Started) {
  const limit = fileBytes === undefined ? [] : ['prlimit', `--fsize=${fileBytes}`];
  const [program = '', ...rest] = [...limit, process.execPath, main, ...args];
  const child = spawn(program, rest, { cwd: dir, env: { PATH: process.env.PATH, HOME: dir, ...env } });
  afterTest(() => child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  let isSent = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
    if (signal === undefined || isSent || !said.out.includes('online')) return;
    isSent = true;
    child.kill(signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const [code, endedBy]: unknown[] = await once(child, 'close');
  return { code, endedBy, out: said.out, err: withoutLoadingNote(said.err) };
}

const lines = () =>
  readFileSync(log, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line): Record<string, unknown> => JSON.parse(line));
const events = () => lines().map(({ event }) => event);

function settings(bad?: string) {
  const seat = platform.addBot();
  return { ...seat, env: { CHIPZEN_EXTBOT_TOKEN: bad ?? seat.token, CHIPZEN_LOBBY_URL: seat.lobbyUrl } };
}

describe('--log-file', () => {
  it('has the session from its first line to its last, for its user alone, and no token', async () => {
    const { env, token, botId } = settings();
    const dispatched = platform.dispatch(botId);
    const { code, err } = await start({ args: ['run', bot, '--max-matches', '1', '--log-file', log], env });
    await dispatched;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(lines()[0]).toMatchObject({ level: 30, event: 'command.started', command: 'run' });
    expect(events()).toEqual(
      expect.arrayContaining(['lobby.listening', 'match.started', 'match.ended', 'lobby.ended']),
    );
    expect(events()).not.toContain('hand.started');
    expect(lines().at(-1)).toMatchObject({ event: 'command.ended', exitCode: 0, msg: 'ended' });
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(readFileSync(log, 'utf8')).not.toContain(token);
  });

  it.each([
    ['SIGTERM', 0, null, ['lobby.draining', 'lobby.ended', 'command.ended']],
    ['SIGKILL', null, 'SIGKILL', ['lobby.listening']],
  ] as const)('has its last lines after %s', async (signal, code, endedBy, last) => {
    const ended = await start({ args: ['run', bot, '--log-file', log], env: settings().env, signal });
    expect(ended).toMatchObject({ code, endedBy });
    expect(events().slice(-last.length)).toEqual(last);
  });

  it('has why the command failed, before and during the session', async () => {
    const { env } = settings('cz_extbot_00000000000000000000000000000000');
    const args = ['run', bot, '--log-file', log];
    expect(await start({ args, env })).toMatchObject({ code: 3 });
    expect(lines().at(-1)).toMatchObject({
      level: 50,
      event: 'command.failed',
      code: 'authentication_failed',
      exitCode: 3,
      detail: expect.stringMatching(/refused the token/),
    });
    expect(await start({ args, env: {} })).toMatchObject({ code: 2 });
    expect(lines().at(-1)).toMatchObject({ event: 'command.failed', code: 'missing_url', exitCode: 2 });
  });

  it('plays on when the file cannot grow, and says so once', async () => {
    const { env, botId } = settings();
    const dispatched = platform.dispatch(botId);
    const args = ['run', bot, '--max-matches', '1', '--log-file', log, '--log-level', 'trace'];
    const { code, out, err } = await start({ args, env, fileBytes: 600 });
    await dispatched;
    expect({ code, last: out.split('\n').find((line) => line.startsWith('session over')) }).toEqual({
      code: 0,
      last: 'session over: 1 completed, 0 abandoned; no more matches were asked for',
    });
    const [failing, lost, ...more] = err.trim().split('\n');
    expect(failing).toMatch(
      /^warning: The log file .*agent\.log cannot be written to; it is tried again, .* \(EFBIG\)\.$/,
    );
    expect(lost).toMatch(
      /^warning: \d+ lines of the log file .*agent\.log lost: it could not be written to\.$/,
    );
    expect(more).toEqual([]);
    expect(statSync(log).size).toBe(600);
  });

  it('says what is wrong with a file that cannot be opened', async () => {
    const args = ['run', bot, '--log-file', join(dir, 'no', 'x.log')];
    const { code, err } = await start({ args, env: settings().env });
    expect({ code, err }).toEqual({
      code: 2,
      err: `chipzen-agent: The log file ${dir}/no/x.log cannot be written to: there is no folder ${dir}/no.\n`,
    });
  });

  it('is there for workers as well', async () => {
    const nats = `nats://me:geheim@127.0.0.1:${await freePort()}`;
    expect(await start({ args: ['worker', bot, '--nats', nats, '--log-file', log] })).toMatchObject({
      code: 4,
    });
    expect(lines().map(({ event, code }) => [event, code])).toEqual([
      ['command.started', undefined],
      ['command.failed', 'nats_unavailable'],
    ]);
    expect(readFileSync(log, 'utf8')).not.toContain('geheim');
  });
});

describe('--config', () => {
  it('reads this file and no other, wherever it is', async () => {
    const { token, lobbyUrl } = platform.addBot();
    const own = join(dir, 'my.toml');
    writeFileSync(own, `[external_api]\nurl = "${lobbyUrl}"\ntoken = "${token}"\n`, { mode: 0o600 });
    writeFileSync(join(dir, 'chipzen.toml'), 'not TOML at all');
    expect(await start({ args: ['run', bot, '--config', own], signal: 'SIGTERM' })).toMatchObject({
      code: 0,
    });
  });

  it('is an error when there is no such file', async () => {
    const { code, err } = await start({ args: ['run', bot, '--config', 'other.toml'], env: settings().env });
    expect({ code, err }).toEqual({
      code: 2,
      err: `chipzen-agent: There is no configuration file ${dir}/other.toml. Check the path, or leave it out.\n`,
    });
  });
});
