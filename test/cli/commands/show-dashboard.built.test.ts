import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import { listen, pageSecret, requestPage } from '../../dashboard/client.js';
import { makeFolder } from '../../kit/folder.js';
import { watchBots } from '../../kit/live-bots.js';
import { openPlatform } from '../../kit/platform.js';
import { type FakeIo, fakeIo } from '../surroundings/fake-surroundings.js';

/** An io, and the moment at which a line begins with this text. */
function ioUntil(start: string, env: NodeJS.ProcessEnv = {}): { io: FakeIo; told: Promise<void> } {
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { io: fakeIo(env, (line) => line.startsWith(start) && tell()), told };
}

const urlIn = (lines: string[]): string => /http:\S+/.exec(lines.join('\n'))?.[0] ?? '';

describe('--dashboard', () => {
  let sandbox: Sandbox;
  let folder: string;
  let bot: string;
  beforeEach(async () => {
    ({ sandbox } = await openPlatform({ seed: 'a', maxHands: 2, startingStack: 10_000 }));
    folder = makeFolder();
    bot = join(folder, 'bot.mjs');
    writeFileSync(bot, `export default { decide: () => ({ action: 'fold' }) };`);
  });

  function environment() {
    const { token, lobbyUrl, botId } = sandbox.addBot();
    return { botId, env: { CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl } };
  }

  it('ends when its port is taken, and so does the thread that was started for the bot', async () => {
    const threads = watchBots();
    const { env } = environment();
    const io = fakeIo(env);
    const taken = new URL(sandbox.url).port;
    expect(await runCli(['run', bot, '--dashboard', taken], io)).not.toBe(0);
    expect(io.err()[0]).toContain(taken);
    expect([threads.started(), threads.live()]).toEqual([1, 0]);
    threads.stop();
  });

  it('of run serves the session until it is over', async () => {
    const { env, botId } = environment();
    const { io, told } = ioUntil('online', env);
    const code = runCli(['run', bot, '--dashboard'], io);
    await told;
    const url = urlIn(io.err());
    expect(io.err()).toEqual([`The dashboard is at ${url}`]);
    const stream = await listen(url);
    await sandbox.result((await sandbox.dispatch(botId)).matchId);
    await stream.message(({ session }) => session?.completed === 1);
    const headers = { 'X-Dashboard-Secret': await pageSecret(url) };
    expect((await requestPage(`${url}control/drain`, { method: 'POST', headers })).status).toBe(202);
    expect(await code).toBe(0);
    await stream.ended;
    expect(await stream.message((_, event) => event === 'end')).toEqual({});
    await expect(requestPage(url)).rejects.toThrow('ECONNREFUSED');
  });

  it('of run has live matches played to their end when it drains; Ctrl-C after that is the second one', async () => {
    const { env, botId } = environment();
    writeFileSync(bot, `export default { decide: () => new Promise(() => undefined) };`);
    const { io, told } = ioUntil('online', env);
    const code = runCli(['run', bot, '--dashboard', '--drain-grace', '0'], io);
    await told;
    const url = urlIn(io.err());
    const stream = await listen(url);
    await sandbox.dispatch(botId);
    await stream.message(({ matches }) => matches[0]?.state === 'playing.deciding');
    await requestPage(`${url}control/drain`, {
      method: 'POST',
      headers: { 'X-Dashboard-Secret': await pageSecret(url) },
    });
    await stream.message(({ session }) => session?.state?.active[0] === 'draining');
    expect(await stream.message(({ session }) => session?.endReason === 'stopped')).toMatchObject({
      session: { live: 1 },
    });
    io.signal('SIGINT');
    expect(await code).toBe(0);
    expect(io.err().slice(1)).toEqual([
      'chipzen-agent: ending: told to stop.',
      'SIGINT: cutting live matches.',
    ]);
    await stream.ended;
  });

  it('of run has both buttons, and its stop cuts a live match at once', async () => {
    const { env, botId } = environment();
    writeFileSync(bot, `export default { decide: () => new Promise(() => undefined) };`);
    const { io, told } = ioUntil('online', env);
    const code = runCli(['run', bot, '--dashboard', '--drain-grace', '3600'], io);
    await told;
    const url = urlIn(io.err());
    const stream = await listen(url);
    expect(await stream.message(() => true)).toMatchObject({ kind: 'agent', controls: ['drain', 'stop'] });
    await sandbox.dispatch(botId);
    await stream.message(({ matches }) => matches[0]?.state === 'playing.deciding');
    const headers = { 'X-Dashboard-Secret': await pageSecret(url) };
    expect((await requestPage(`${url}control/stop`, { method: 'POST', headers })).status).toBe(202);
    expect(await code).toBe(0);
    await stream.ended;
  });

  it('of run takes the port it is given, and says so when that is not to be had', async () => {
    const { env } = environment();
    const first = fakeIo(env, (line) => line.startsWith('online') && first.signal('SIGINT'));
    const { port } = new URL(sandbox.url);
    expect(await runCli(['run', bot, '--dashboard', port], first)).toBe(2);
    expect(first.err()).toEqual([expect.stringContaining(`Port ${port} of 127.0.0.1 cannot be opened`)]);
    expect(await runCli(['run', bot, '--dashboard', 'x'], fakeIo(env))).toBe(2);
  });

  it('of sandbox serves every table, and its stop ends the platform', async () => {
    const { io, told } = ioUntil('Every table');
    const code = runCli(['sandbox', '--port', '0', '--dashboard'], io);
    await told;
    const url = urlIn(io.out().filter((line) => line.startsWith('Every table')));
    const stream = await listen(url);
    expect(await stream.message(() => true)).toMatchObject({ kind: 'sandbox', controls: ['stop'] });
    const headers = { 'X-Dashboard-Secret': await pageSecret(url) };
    await requestPage(`${url}control/stop`, { method: 'POST', headers });
    expect(await code).toBe(0);
    await stream.ended;
  });
});
