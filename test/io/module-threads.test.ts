/** The threads of a bot file, before there is an agent. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotPool } from '../../src/io/bot-worker-pool.js';
import { systemClock } from '../../src/io/clock.js';
import { threadsOfModule } from '../../src/io/module-threads.js';
import { OptionError } from '../../src/protocol/errors.js';

let folder: string;
let said: string;
let pool: BotPool | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chipzen-threads-'));
  said = '';
});
afterEach(async () => {
  await pool?.close();
  pool = null;
  rmSync(folder, { recursive: true });
});

function threadsOf(source: string): BotPool {
  const file = join(folder, 'bot.mjs');
  writeFileSync(file, source);
  pool = threadsOfModule(
    { module: file },
    {
      secret: 'a-secret',
      env: { CHIPZEN_TOKEN: 'a-secret', MOOD: 'calm' },
      onOutput: (text) => {
        said += text;
      },
      clock: systemClock,
    },
  );
  return pool;
}

describe('the threads of a bot file', () => {
  it('start once, whoever asks for the first one, and know no secret', async () => {
    const threads = threadsOf(`
      process.stdout.write(JSON.stringify([process.env.MOOD, process.env.CHIPZEN_TOKEN ?? null]));
      export default { decide: () => ({ action: 'fold' }) };
    `);
    await Promise.all([threads.prepare(), threads.prepare()]);
    await threads.prepare();
    await threads.close();
    expect(said).toBe('["calm",null]');
  });

  it('may be closed while the bot is still loaded: nobody waits any longer', async () => {
    const threads = threadsOf('await new Promise(() => setInterval(() => {}, 1_000));');
    const prepared = threads.prepare();
    await threads.close();
    await expect(prepared).resolves.toBeUndefined();
  });

  it('are refused for a file that is not there', () => {
    const missing = { module: join(folder, 'none.mjs') };
    const make = () =>
      threadsOfModule(missing, { secret: '', env: {}, onOutput: () => undefined, clock: systemClock });
    expect(make).toThrow(OptionError);
  });
});
