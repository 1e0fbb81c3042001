import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSerialQueue } from '../../../src/io/hosting/serial-queue.js';
import { deferred, settled } from '../../kit/bot-seat.js';

describe('the serial queue', () => {
  it("runs tasks at once, in the caller's turn, as long as none is asynchronous", () => {
    const queue = createSerialQueue();
    const ran: number[] = [];
    queue.add(() => void ran.push(1));
    expect(ran).toEqual([1]);
    queue.add(() => void ran.push(2));
    expect(ran).toEqual([1, 2]);
  });

  it('is idle when nothing runs or waits', async () => {
    const queue = createSerialQueue();
    const seen = [queue.isIdle];
    const slow = deferred();
    queue.add(() => {
      seen.push(queue.isIdle);
      return slow.promise;
    });
    seen.push(queue.isIdle);
    slow.resolve();
    await settled();
    expect([...seen, queue.isIdle]).toEqual([true, false, false, true]);
  });

  it('makes the next one wait for a promise', async () => {
    const queue = createSerialQueue();
    const ran: string[] = [];
    const slow = deferred();
    queue.add(() => {
      ran.push('slow begins');
      return slow.promise;
    });
    queue.add(() => void ran.push('next'));
    await settled();
    expect(ran).toEqual(['slow begins']);
    slow.resolve();
    await settled();
    queue.add(() => void ran.push('last'));
    expect(ran).toEqual(['slow begins', 'next', 'last']);
  });

  it('runs what a task adds after that task, not inside it', () => {
    const queue = createSerialQueue();
    const ran: string[] = [];
    queue.add(() => {
      ran.push('outer begins');
      queue.add(() => void ran.push('inner'));
      ran.push('outer ends');
    });
    expect(ran).toEqual(['outer begins', 'outer ends', 'inner']);
  });

  it('drops what has not begun, and takes more', async () => {
    const queue = createSerialQueue();
    const ran: string[] = [];
    const slow = deferred();
    queue.add(() => slow.promise);
    queue.add(() => void ran.push('dropped'));
    queue.clear();
    queue.add(() => void ran.push('kept'));
    slow.resolve();
    await settled();
    expect(ran).toEqual(['kept']);
  });

  it('goes through a long queue without growing the stack', async () => {
    const queue = createSerialQueue();
    const slow = deferred();
    let ran = 0;
    queue.add(() => slow.promise);
    for (let i = 0; i < 10_000; i += 1) queue.add(() => void (ran += 1));
    slow.resolve();
    await settled();
    expect(ran).toBe(10_000);
  });

  it('keeps the order and never runs two at a time, whatever is asynchronous', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), async (asynchronous) => {
        const queue = createSerialQueue();
        const ran: number[] = [];
        let running = 0;
        const run = (index: number) => {
          running -= 1;
          ran.push(index);
        };
        for (const [index, later] of asynchronous.entries()) {
          queue.add(() => {
            running += 1;
            expect(running).toBe(1);
            return later ? Promise.resolve().then(() => run(index)) : run(index);
          });
        }
        await settled();
        expect(ran).toEqual([...asynchronous.keys()]);
      }),
    );
  });
});
