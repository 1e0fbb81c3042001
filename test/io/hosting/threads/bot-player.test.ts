/** The bot's side of a thread, in a real one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createBotCode } from '../../../../src/io/hosting/code/bot-code.js';
import type { FromThread } from '../../../../src/io/hosting/threads/bot-messages.js';
import { startThread } from '../../../../src/io/hosting/threads/worker-thread.js';
import { createStoreHub } from '../../../../src/store/store-hub.js';
import { turnRequest } from '../../../kit/bot-seat.js';
import { createMailbox } from '../../../kit/mailbox.js';

const bot = `export default {
  async decide(state, turn) {
    turn.propose({ action: 'call' });
    await null;
    const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    process.stdout.write(timers + ' timers');
    const over = new Promise((resolve) => turn.signal.addEventListener('abort', resolve));
    throw Object.assign(new Error(timers + ' timers; ' + (await over).type), { name: 'TurnOver' });
  },
};`;

it('has no timer for a turn: the agent’s clock alone ends it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-player-'));
  const path = join(folder, 'bot.mjs');
  writeFileSync(path, bot);
  const asked = createMailbox<string>();
  const facts = createMailbox<FromThread>();
  const code = createBotCode(path).place();
  const store = createStoreHub();
  const options = { path, exportName: null, code, store, env: {}, memoryMb: null, onUnfit: () => undefined };
  const thread = startThread({ ...options, onOutput: (text) => asked.push(text) });
  thread.listen({
    onMessage: (message) => message.type === 'fact' && facts.push(message),
    onEnd: ({ message }) => asked.push(message),
  });
  thread.post({ type: 'seat', matchId: 'm1' });
  const now = Date.now();
  // Its deadline is over already: a clock would go off at once.
  const command = {
    type: 'bot.decide' as const,
    frame: turnRequest('q1'),
    deadlineAt: now,
    expiresAt: now + 1_000,
  };
  thread.post({ type: 'command', command, askedAt: now, event: 1 });
  expect(await asked.next()).toBe('0 timers');
  expect(thread.proposalFor('q1')).toEqual({ action: 'call' });
  const abort = { type: 'bot.abort' as const, requestId: 'q1' };
  thread.post({ type: 'command', command: abort, askedAt: now, event: 2 });
  expect(await facts.next()).toMatchObject({
    fact: { type: 'bot.failed', hook: 'decide', message: '0 timers; abort' },
  });
  await thread.end();
  rmSync(folder, { recursive: true });
});
