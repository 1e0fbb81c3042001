import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createBoard } from '../../src/dashboard/board.js';
import type { MatchRow, SessionView } from '../../src/dashboard/page-view.js';
import { createStreams, type Sink, streamDefaults } from '../../src/dashboard/stream.js';
import { createVirtualClock } from '../support/virtual-clock.js';

/** A page that takes what it gets, or does not. */
class FakeSink extends EventEmitter implements Sink {
  writableNeedDrain = false;
  readonly written: string[] = [];
  destroyed = false;
  ended = false;
  writeHead(): void {}
  write(text: string): void {
    this.written.push(text);
  }
  end(text: string, done: () => void): void {
    this.written.push(text);
    this.ended = true;
    if (!this.writableNeedDrain) done();
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
  /** Names and data of the messages since the last call; heartbeats are `beat`. */
  messages(): unknown[] {
    const texts = this.written
      .splice(0)
      .join('')
      .split('\n\n')
      .filter((text) => text !== '');
    return texts.map((text) => {
      if (text.startsWith(':')) return 'beat';
      const [, event = text, data = '{}'] = /^event: (\w+)\ndata: (.*)$/s.exec(text) ?? [];
      const { matches = [] } = JSON.parse(data) as { matches?: MatchRow[] };
      return [event, ...matches.map(({ matchId }) => matchId)].join(' ');
    });
  }
}

function setUp() {
  const clock = createVirtualClock();
  const board = createBoard(() => ({}) as SessionView);
  const entries = new Map<string, ReturnType<typeof board.addMatch>>();
  const streams = createStreams({
    source: { kind: 'agent', board, startedAt: 0, release: () => undefined },
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
    expect(page.messages()).toEqual([`retry: ${streamDefaults.retryMs}`, 'opening m1']);
    clock.advance(1_000);
    change('m2');
    clock.advance(0);
    expect(page.messages()).toEqual(['changes m2']);
    for (let n = 0; n < 100; n += 1) change(n % 2 === 0 ? 'm1' : 'm3');
    clock.advance(streamDefaults.intervalMs - 1);
    expect(page.messages()).toEqual([]);
    clock.advance(1);
    expect(page.messages()).toEqual(['changes m1 m3']);
  });

  it('writes nothing to a page that is behind, and the sum of it as soon as it has caught up', () => {
    const { clock, join, change } = setUp();
    const slow = join();
    const quick = join();
    slow.messages();
    quick.messages();
    slow.writableNeedDrain = true;
    for (let n = 0; n < 20; n += 1) {
      change('m1');
      change(`m${n}`);
      clock.advance(streamDefaults.intervalMs);
    }
    expect(slow.messages()).toEqual([]);
    expect(quick.messages().length).toBeGreaterThan(15);
    slow.writableNeedDrain = false;
    clock.advance(streamDefaults.intervalMs);
    expect(slow.messages()).toEqual([
      `changes ${['m1', 'm0', ...Array.from({ length: 18 }, (_, n) => `m${n + 2}`)].join(' ')}`,
    ]);
  });

  it('drops a page that takes nothing for too long; when it comes back it gets everything', () => {
    const { clock, streams, join, change } = setUp();
    change('m1');
    const gone = join();
    gone.messages();
    gone.writableNeedDrain = true;
    change('m2');
    clock.advance(streamDefaults.maxBehindMs);
    expect({ destroyed: gone.destroyed, size: streams.size }).toEqual({ destroyed: false, size: 1 });
    clock.advance(streamDefaults.heartbeatMs);
    expect({ destroyed: gone.destroyed, size: streams.size }).toEqual({ destroyed: true, size: 0 });
    expect(join().messages()).toEqual([`retry: ${streamDefaults.retryMs}`, 'opening m1 m2']);
  });

  it('gives signs of life, and has no timer when nobody looks', () => {
    const { clock, join } = setUp();
    const page = join();
    page.messages();
    clock.advance(streamDefaults.heartbeatMs * 2);
    expect(page.messages()).toEqual(['beat', 'beat']);
    page.emit('close');
    clock.advance(streamDefaults.heartbeatMs);
    expect(clock.pending()).toBe(0);
  });

  it('turns away a page too many', () => {
    const { streams, join } = setUp();
    for (let n = 0; n < streamDefaults.maxClients; n += 1) join();
    expect(streams.add(new FakeSink(), null)).toBe(false);
  });

  it('takes secrets out of what it writes', () => {
    const { join, change } = setUp();
    change('a SECRET b');
    expect(join().messages().at(-1)).toBe('opening a [token] b');
  });

  it('tells the last state before it ends', async () => {
    const { streams, join, change, clock } = setUp();
    const page = join();
    page.messages();
    change('m1');
    await streams.close();
    expect(page.messages()).toEqual(['changes m1', 'end']);
    expect(page.ended).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('does not wait for ever for a page that does not take the end', async () => {
    const { streams, join, clock } = setUp();
    join().writableNeedDrain = true;
    const closed = streams.close();
    clock.advance(streamDefaults.closeTimeoutMs);
    await closed;
    expect(clock.pending()).toBe(0);
  });
});
