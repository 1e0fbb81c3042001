import { describe, expect, it } from 'vitest';
import type { ChannelKind } from '../../../src/io/output/channel.js';
import { createOutlet, type Outlet } from '../../../src/io/output/outlet.js';
import { plainVoice } from '../../../src/io/output/voice.js';
import { createVirtualClock, type VirtualClock } from '../../../src/time/virtual-clock.js';
import { type FakeChannel, fakeChannel } from './fake-channel.js';

interface Opened {
  channel: FakeChannel;
  clock: VirtualClock;
  outlet: Outlet;
  heard: string[];
}

function open(kind: ChannelKind, room = Infinity): Opened {
  const channel = fakeChannel(kind, room);
  const clock = createVirtualClock();
  const heard: string[] = [];
  const outlet = createOutlet(channel, {
    clock,
    voice: () => plainVoice,
    onFault: (error) => heard.push(`fault ${String(error)}`),
    onGone: (error) => heard.push(`gone ${String(error)}`),
  });
  outlet.onFlow(() => heard.push('flows'));
  return { channel, clock, outlet, heard };
}

const kinds: ChannelKind[] = ['terminal', 'pipe', 'file'];

describe('an outlet', () => {
  it.each(kinds)('writes to a %s at once', (kind) => {
    const { channel, clock, outlet, heard } = open(kind);
    outlet.write('one\n');
    outlet.write(Buffer.from('two\n'));
    expect({ taken: channel.taken(), timers: clock.pending(), heard }).toEqual({
      taken: 'one\ntwo\n',
      timers: 0,
      heard: [],
    });
    expect([outlet.state, outlet.written, outlet.waitingLines()]).toEqual(['flowing', 8, 0]);
  });

  it.each(['EAGAIN', 'EINTR', 'ENOBUFS'])('loses nothing of a reader that is slow (%s)', (answer) => {
    const { channel, clock, outlet, heard } = open('pipe', 3);
    channel.answer = answer;
    outlet.write('one\ntwo\n');
    outlet.write('three\n');
    expect([channel.taken(), outlet.state, outlet.waitingLines()]).toEqual(['one', 'stalled', 3]);
    channel.room = 4;
    clock.advance(1_000);
    expect([channel.taken(), outlet.state]).toEqual(['one\ntwo', 'stalled']);
    channel.room = Infinity;
    clock.advance(1_000);
    expect([channel.taken(), outlet.state]).toEqual(['one\ntwo\nthree\n', 'flowing']);
    expect({ heard, timers: clock.pending() }).toEqual({ heard: ['flows'], timers: 0 });
  });

  it('asks a slow reader soon, and one that stands still less often', () => {
    const { channel, clock, outlet } = open('pipe', 0);
    outlet.write('x\n');
    outlet.write('y\n');
    expect(channel.attempts()).toBe(1);
    clock.advance(4);
    expect(channel.attempts()).toBe(2);
    clock.advance(60_000);
    expect(channel.attempts()).toBeLessThan(1_000);
  });

  it.each<[ChannelKind, number]>([
    ['terminal', 256 * 1024],
    ['pipe', 8 * 1024 * 1024],
    ['file', 8 * 1024 * 1024],
  ])('holds bounded memory for a %s that takes nothing, and says what it dropped', (kind, bytes) => {
    const { channel, clock, outlet } = open(kind, 0);
    const line = `${'x'.repeat(1_023)}\n`;
    outlet.write('first\n');
    const fitting = bytes / line.length;
    for (let i = 0; i < fitting + 100; i += 1) outlet.write(line);
    expect(outlet.waitingLines()).toBe(fitting + 101);
    channel.room = Infinity;
    clock.advance(1_000);
    outlet.write('then\n');
    const [first, ...lines] = channel.taken().split('\n').slice(0, -1);
    expect([first, lines.length, ...lines.slice(-2)]).toEqual([
      'first',
      fitting + 2,
      'warning: 100 lines missing here: not taken in time',
      'then',
    ]);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG', 'EROFS'])(
    'goes on with a file after %s, from the very byte, and tells it once for each time',
    (code) => {
      const { channel, clock, outlet, heard } = open('file', 5);
      channel.answer = code;
      outlet.write('one\ntwo\n');
      for (let i = 0; i < 10; i += 1) {
        outlet.write('three\n');
        clock.advance(1_000);
      }
      expect([outlet.state, heard]).toEqual(['failing', [`fault Error: ${code}: refused`]]);
      channel.room = 12;
      clock.advance(1_000);
      channel.room = Infinity;
      clock.advance(1_000);
      expect(channel.taken()).toBe(`one\ntwo\n${'three\n'.repeat(10)}`);
      expect([outlet.state, heard.at(-1), clock.pending()]).toEqual(['flowing', 'flows', 0]);
    },
  );

  it.each<[ChannelKind, string]>([
    ['pipe', 'EPIPE'],
    ['pipe', 'ECONNRESET'],
    ['terminal', 'EIO'],
    ['terminal', 'ENXIO'],
    ['file', 'EPIPE'],
  ])('knows from a %s with %s that nobody reads any more, and never tries again', (kind, code) => {
    const { channel, clock, outlet, heard } = open(kind, 0);
    outlet.write('one\n');
    channel.answer = code;
    clock.advance(1_000);
    outlet.write('two\n');
    clock.advance(60_000);
    expect({ state: outlet.state, heard, timers: clock.pending(), waiting: outlet.waitingLines() }).toEqual({
      state: 'gone',
      heard: [`gone Error: ${code}: refused`],
      timers: 0,
      waiting: 0,
    });
  });
});
