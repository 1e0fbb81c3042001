import { describe, expect, it } from 'vitest';
import { createMessageBox } from '../../../../src/io/hosting/threads/bot-message-box.js';
import type { ThreadEnd } from '../../../../src/io/hosting/threads/bot-thread.js';
import { settled } from '../../../kit/bot-seat.js';

const end: ThreadEnd = { why: 'exited', message: 'It has ended.', error: null };

function openBox() {
  const box = createMessageBox();
  const heard: unknown[] = [];
  let isStarted = false;
  void box.started.then(() => {
    isStarted = true;
  });
  return {
    box,
    heard,
    listen: () =>
      box.listen({ onMessage: (message) => heard.push(message), onEnd: (how) => heard.push(how) }),
    async isStarted() {
      await settled();
      return isStarted;
    },
  };
}

describe('what a bot says from where it is', () => {
  it('is kept for whoever listens first, and what is no message is not heard', () => {
    const { box, heard, listen } = openBox();
    for (const word of [{ type: 'ready' }, { type: 'seat' }, null, { type: 'alive', id: 'x' }])
      box.receive(word);
    listen();
    box.receive({ type: 'revived' });
    box.end(end);
    box.receive({ type: 'revived' });
    expect([heard, box.isMade, box.isClosed]).toEqual([
      [{ type: 'ready' }, { type: 'revived' }, end],
      true,
      true,
    ]);
  });

  it('is not told any more once it is ended from here', () => {
    const { box, heard, listen } = openBox();
    listen();
    box.close();
    box.receive({ type: 'ready' });
    box.end(end);
    expect([heard, box.isClosed]).toEqual([[], true]);
  });

  it.each<[string, (box: ReturnType<typeof createMessageBox>) => void]>([
    ['its bot is made', (box) => box.receive({ type: 'ready' })],
    ['its bot cannot be made', (box) => box.receive({ type: 'unfit', message: 'x', cause: undefined })],
    ['it only waits', (box) => box.receive({ type: 'waiting' })],
    ['it is gone', (box) => box.end(end)],
    ['it is ended', (box) => box.close()],
  ])('says that the start is over when %s', async (_what, happen) => {
    const { box, isStarted } = openBox();
    box.receive({ type: 'alive', id: 1 });
    expect(await isStarted()).toBe(false);
    happen(box);
    expect(await isStarted()).toBe(true);
  });
});
