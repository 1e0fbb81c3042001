/** The threads of a bot file, before there is an agent. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotPool } from '../../../../src/io/hosting/pool/bot-pool.js';
import { threadsOfModule } from '../../../../src/io/hosting/pool/module-threads.js';
import { BadBotError, OptionError } from '../../../../src/protocol/errors.js';
import { type Clock, systemClock } from '../../../../src/time/clock.js';
import { createVirtualClock } from '../../../../src/time/virtual-clock.js';
import { matchStart } from '../../../kit/bot-seat.js';
import { watchBots } from '../../../kit/live-bots.js';

/** Threads translate their sources, and the machine may have other work. */
const patient = { timeout: 15_000 };

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

function threadsOf(source: string, clock: Clock = systemClock): BotPool {
  const file = join(folder, 'bot.mjs');
  writeFileSync(file, source);
  pool = threadsOfModule(
    { module: file },
    {
      place: 'thread',
      secret: 'a-secret',
      env: { CHIPZEN_TOKEN: 'a-secret', MOOD: 'calm' },
      onOutput: (text) => {
        said += text;
      },
      clock,
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

  describe('of which one is in a call of the system that does not come back', () => {
    let pipe: string;
    let opened: number[] = [];
    beforeEach(() => {
      pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
    });
    /** A pipe is opened as soon as both of its ends are: the thread goes on, and ends. */
    afterEach(() => {
      opened.push(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
      for (const fd of opened) closeSync(fd);
      opened = [];
    });
    /** Says by a file that it is about to be there. */
    const blocking = () => `
      import { openSync, writeFileSync } from 'node:fs';
      const block = () => {
        writeFileSync(${JSON.stringify(`${pipe}.in`)}, '');
        openSync(${JSON.stringify(pipe)});
      };`;
    const blocked = () => expect.poll(() => existsSync(`${pipe}.in`), patient).toBe(true);
    const left = (matchId: string | null) => ({
      matchId,
      message:
        'A thread of the bot does not end: it is in a call of the system, such as execFileSync. It is left behind.',
    });

    it('are closed without it after a second, and it is named by its match', async () => {
      const live = watchBots();
      const clock = createVirtualClock();
      const threads = threadsOf(
        `${blocking()} export default { decide: () => block(), onMatchStart: block };`,
        clock,
      );
      await threads.prepare();
      const thread = threads.take();
      thread.post({ type: 'seat', matchId: 'm1' });
      thread.post({
        type: 'command',
        askedAt: 0,
        event: 1,
        command: { type: 'bot.observe', frame: matchStart },
      });
      await blocked();
      const closing = threads.close();
      await expect.poll(live.live, patient).toBe(1);
      live.stop();
      clock.advance(1_000);
      expect(await closing).toEqual([left('m1')]);
      expect(await threads.close()).toEqual([left('m1')]);
    });

    it('are closed without it also while it still loads the bot, and nobody waits any longer', async () => {
      const clock = createVirtualClock();
      const threads = threadsOf(`${blocking()} block();`, clock);
      const prepared = threads.prepare();
      await blocked();
      const closing = threads.close();
      await expect(prepared).resolves.toBeUndefined();
      clock.advance(1_000);
      expect(await closing).toEqual([left(null)]);
      expect(clock.pending()).toBe(0);
    });

    it.each([
      ['in such a call', () => `${blocking()} block();`],
      ['in a loop', () => 'for (;;);'],
    ])('are refused when the file is %s after the limit of its loading', async (_, source) => {
      const clock = createVirtualClock();
      const threads = threadsOf(source(), clock);
      const prepared = threads.prepare();
      clock.advance(120_999);
      clock.advance(1);
      await expect(prepared).rejects.toEqual(
        new BadBotError(
          `${join(folder, 'bot.mjs')} has not ended loading after 121 s: it blocks its thread.`,
        ),
      );
    });
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
      threadsOfModule(missing, {
        place: 'thread',
        secret: '',
        env: {},
        onOutput: () => undefined,
        clock: systemClock,
      });
    expect(make).toThrow(OptionError);
  });
});
