/** A channel that takes what a test lets it take. */
import type { Channel, ChannelKind } from '../../../src/io/output/channel.js';

export interface FakeChannel extends Channel {
  /** Bytes that it still takes; none: it answers as `answer` says. */
  room: number;
  /** A code of the system, such as `EAGAIN`. */
  answer: string;
  taken(): string;
  attempts(): number;
}

export function fakeChannel(kind: ChannelKind, room = Infinity): FakeChannel {
  let taken = '';
  let attempts = 0;
  return {
    kind,
    room,
    answer: 'EAGAIN',
    write(bytes) {
      attempts += 1;
      if (this.room === 0) throw Object.assign(new Error(`${this.answer}: refused`), { code: this.answer });
      const size = Math.min(this.room, bytes.length);
      this.room -= size;
      taken += Buffer.from(bytes.subarray(0, size)).toString();
      return size;
    },
    taken: () => taken,
    attempts: () => attempts,
  };
}
