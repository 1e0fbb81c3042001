/** `chipzen-agent worker --arena` and `arena --nats` as users run them. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startNatsServer } from '../../io/hosting/remote/nats-server.js';
import { startWorker } from '../../io/hosting/remote/worker-process.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';

const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

function arena(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'arena', ...args], (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, out, err }),
    );
  });
}

it('a worker that dies in a block gives it back, and the result is that of one machine', async () => {
  const server = await startNatsServer('-js', '-sd', 'streams');
  afterTest(() => server.stop());
  const bot = join(makeFolder(), 'bot.mjs');
  writeFileSync(
    bot,
    `export default class { decide(s) {
  if (process.env.DIES !== undefined && s.handNumber === 30) process.kill(process.pid, 'SIGKILL');
  return { action: s.validActions.includes('check') ? 'check' : 'call' };
} }\n`,
  );
  const flags = ['--arena', '--json', '--jobs', '1', '--isolate', 'worker'];
  const work = async (env: NodeJS.ProcessEnv) => {
    const worker = await startWorker(bot, server.url, flags, env);
    afterTest(() => worker.child.kill('SIGKILL'));
    return worker;
  };
  const dying = await work({ DIES: '1' });
  const duel = [bot, 'random', '--deals', '300', '--seed', 'duel', '--json', '--isolate', 'worker'];
  const playing = arena(...duel, '--nats', server.url, '--give-back', '2');
  expect(await dying.ended).toBeNull();
  const second = await work({});
  const there = await playing;
  const here = await arena(...duel, '--jobs', '1');
  expect({ code: there.code, err: there.err }).toMatchObject({ code: 0 });
  expect(there.err).toMatch(/^run [0-9a-f]{12}: workers play, over nats:/);
  const { pairings, isRepeatable } = JSON.parse(here.out) as Record<string, unknown>;
  expect(JSON.parse(there.out)).toMatchObject({ pairings, isRepeatable, end: 'complete' });
  await second.says('"arena.left"');
  expect(second.output).toMatch(/"type":"arena.left".*"blocks":3/);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
});
