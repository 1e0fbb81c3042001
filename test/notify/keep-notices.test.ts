import { describe, expect, it } from 'vitest';
import { keepNotices } from '../../src/notify/keep-notices.js';
import type { NoticeWay } from '../../src/notify/notice-ways.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { begin, end, start } from '../session-view/session-events.js';

const secret = 'cz_extbot_the-secret-of-this-bot';

/** A way whose deliveries end when the test says so. */
function openWay(name = 'a way') {
  const open: { json: string; signal: AbortSignal; end: (why?: string | null) => void }[] = [];
  const way: NoticeWay = {
    name,
    deliver: (json, signal) =>
      new Promise((resolve) => {
        open.push({ json, signal, end: (why = null) => resolve(why) });
        signal.addEventListener('abort', () => resolve('it did not answer in time'), { once: true });
      }),
  };
  return { way, open };
}

function keep(...ways: NoticeWay[]) {
  const clock = createVirtualClock();
  const troubles: string[] = [];
  const keeper = keepNotices({
    targets: [],
    ways,
    botId: null,
    secret,
    env: {},
    clock,
    onTrouble: (message) => troubles.push(message),
  });
  return {
    clock,
    troubles,
    keeper,
    events: (...events: AgentEvent[]) => {
      for (const event of events) keeper.onEvent({ ...event, at: start });
    },
  };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const ends = (n: number): AgentEvent[] => Array.from({ length: n }, (_, index) => end(index + 1, index));

describe('notices', () => {
  it('go to all targets, three at once', async () => {
    const one = openWay('one');
    const other = openWay('other');
    const { events } = keep(one.way, other.way);
    events(...ends(3));
    expect([one.open.length, other.open.length]).toEqual([2, 1]);
    one.open[0]?.end();
    await settle();
    expect([one.open.length, other.open.length]).toEqual([2, 2]);
  });

  it('are given up after 5 s, and the failure is told once for each target', async () => {
    const one = openWay('one');
    const { events, clock, troubles } = keep(one.way);
    events(...ends(2));
    clock.advance(4_999);
    await settle();
    expect(troubles).toEqual([]);
    clock.advance(1);
    await settle();
    expect(one.open.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(troubles).toEqual([
      'A notice did not get to one: it did not answer in time. It is told once; later notices are still tried.',
    ]);
    events(end(9, 1));
    expect(one.open).toHaveLength(3);
  });

  it('never have the token in them, nor has the sentence about a failure', async () => {
    const one = openWay('one');
    const { events, troubles } = keep(one.way);
    events(...begin(1, `ann ${secret}`), end(1, 1));
    expect(one.open[0]?.json).toContain('[token]');
    expect(one.open[0]?.json).not.toContain(secret);
    one.open[0]?.end(`it said ${secret}`);
    await settle();
    expect(troubles[0]).toContain('it said [token]');
    const target = `https://h/${secret}`;
    expect(() =>
      keepNotices({
        targets: [target],
        botId: null,
        secret,
        env: {},
        clock: createVirtualClock(),
        onTrouble: () => {},
      }),
    ).toThrow('The token of the bot stands in a URL or command to notify');
  });

  it('of a flood are the newest, and that others are lost is told', async () => {
    const one = openWay('one');
    const { events, troubles } = keep(one.way);
    events(...ends(100));
    expect(troubles).toEqual([expect.stringContaining('too many were waiting')]);
    for (let sent = 0; sent < one.open.length; sent++) {
      one.open[sent]?.end();
      await settle();
    }
    expect(one.open).toHaveLength(63);
    expect(JSON.parse(one.open.at(-1)?.json ?? '')).toMatchObject({ netChips: 99 });
  });

  it('are waited for at the end of the session, for 5 s', async () => {
    const one = openWay('one');
    const { events, keeper, clock } = keep(one.way);
    await keeper.close();
    events(...ends(1));
    let isClosed = false;
    const closing = keeper.close().then(() => {
      isClosed = true;
    });
    await settle();
    expect(isClosed).toBe(false);
    one.open[0]?.end();
    await closing;

    events(...ends(5));
    const cutting = keeper.close();
    clock.advance(5_000);
    await cutting;
    expect(one.open).toHaveLength(4);
  });
});
