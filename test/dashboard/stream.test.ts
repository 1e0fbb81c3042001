import { describe, expect, it } from 'vitest';
import { createBoard } from '../../src/dashboard/board.js';
import type { MatchRow, SessionView } from '../../src/dashboard/page-view.js';
import { createSessionHands } from '../../src/dashboard/session-hands.js';
import { createStreams, streamDefaults } from '../../src/dashboard/stream.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { FakeSink } from '../web/fake-sink.js';

/** Names and data of the messages since the last call; heartbeats are `beat`. */
const told = (page: FakeSink): unknown[] =>
  page.messages().map((text) => {
    if (text.startsWith(':')) return 'beat';
    const [, event = text, data = '{}'] = /^event: (\w+)\ndata: (.*)$/s.exec(text) ?? [];
    const { matches = [] } = JSON.parse(data) as { matches?: MatchRow[] };
    return [event, ...matches.map(({ matchId }) => matchId)].join(' ');
  });

function setUp() {
  const clock = createVirtualClock();
  const board = createBoard(() => ({}) as SessionView);
  const entries = new Map<string, ReturnType<typeof board.addMatch>>();
  const streams = createStreams({
    source: {
      kind: 'agent',
      board,
      startedAt: 0,
      hands: createSessionHands('agent'),
      release: () => undefined,
    },
    controls: [],
    redact: (json) => json.replaceAll('SECRET', '[token]'),
    clock,
    now: clock.now,
  });
  return {
    clock,
    streams,
    join(sink = new FakeSink()) {
      expect(streams.add(sink, null)).toBe(true);
      return sink;
    },
    change(matchId: string) {
      const known = entries.get(matchId);
      if (known === undefined)
        entries.set(
          matchId,
          board.addMatch(matchId, () => ({ matchId }) as MatchRow),
        );
      else board.touch(known, 'row');
    },
  };
}

describe('the stream', () => {
  it('begins with everything, and tells changes together, five times a second', () => {
    const { clock, join, change } = setUp();
    change('m1');
    const page = join();
    expect(told(page)).toEqual([`retry: ${streamDefaults.retryMs}`, 'opening m1']);
    clock.advance(1_000);
    change('m2');
    clock.advance(0);
    expect(told(page)).toEqual(['changes m2']);
    for (let n = 0; n < 100; n += 1) change(n % 2 === 0 ? 'm1' : 'm3');
    clock.advance(streamDefaults.intervalMs - 1);
    expect(told(page)).toEqual([]);
    clock.advance(1);
    expect(told(page)).toEqual(['changes m1 m3']);
  });

  it('writes nothing to a page that is behind, and the sum of it as soon as it has caught up', () => {
    const { clock, join, change } = setUp();
    const slow = join();
    const quick = join();
    told(slow);
    told(quick);
    slow.stall();
    for (let n = 0; n < 20; n += 1) {
      change('m1');
      change(`m${n}`);
      clock.advance(streamDefaults.intervalMs);
    }
    expect(told(slow)).toEqual([]);
    expect(told(quick).length).toBeGreaterThan(15);
    slow.drain();
    clock.advance(streamDefaults.intervalMs);
    expect(told(slow)).toEqual([
      `changes ${['m1', 'm0', ...Array.from({ length: 18 }, (_, n) => `m${n + 2}`)].join(' ')}`,
    ]);
  });

  it('drops a page that takes nothing for too long; when it comes back it gets everything', () => {
    const { clock, streams, join, change } = setUp();
    change('m1');
    const gone = join();
    told(gone);
    gone.stall();
    change('m2');
    clock.advance(streamDefaults.maxBehindMs - 1);
    expect({ isOpen: gone.isOpen, size: streams.size }).toEqual({ isOpen: true, size: 1 });
    clock.advance(1);
    expect({ isOpen: gone.isOpen, size: streams.size }).toEqual({ isOpen: false, size: 0 });
    expect(told(join())).toEqual([`retry: ${streamDefaults.retryMs}`, 'opening m1 m2']);
  });

  it('gives signs of life, and has no timer when nobody looks', () => {
    const { clock, join } = setUp();
    const page = join();
    told(page);
    clock.advance(streamDefaults.heartbeatMs * 2);
    expect(told(page)).toEqual(['beat', 'beat']);
    page.emit('close');
    clock.advance(streamDefaults.heartbeatMs);
    expect(clock.pending()).toBe(0);
  });

  it('turns away a page too many', () => {
    const { streams, join } = setUp();
    for (let n = 0; n < streamDefaults.maxPages; n += 1) join();
    expect(streams.add(new FakeSink(), null)).toBe(false);
  });

  it('takes secrets out of what it writes', () => {
    const { join, change } = setUp();
    change('a SECRET b');
    expect(told(join()).at(-1)).toBe('opening a [token] b');
  });

  it('tells the last state before it ends', async () => {
    const { streams, join, change, clock } = setUp();
    const page = join();
    told(page);
    change('m1');
    await streams.close();
    expect(told(page)).toEqual(['changes m1', 'end']);
    expect(page.isEnded).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('does not wait for ever for a page that does not take the end', async () => {
    const { streams, join, clock } = setUp();
    join().stall();
    const closed = streams.close();
    clock.advance(streamDefaults.closeTimeoutMs);
    await closed;
    expect(clock.pending()).toBe(0);
  });
});
