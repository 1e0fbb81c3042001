import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeForAgent,
  encodeForBot,
  openSnapshot,
  readAgent,
  readBot,
} from '../../../../src/io/hosting/processes/bot-process-pipe.js';

const mb = 2 ** 20;

describe('the pipe of a process', () => {
  it('gives the messages that were written, however its bytes are cut', () => {
    const messages = [
      { type: 'ready' },
      { type: 'fact', fact: { odd: [undefined, Number.NaN, 1n, new Map([[1, new Date(0)]])] } },
      { type: 'alive', id: 7 },
    ];
    const bytes = Buffer.concat(messages.map(encodeForAgent));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const reader = readBot();
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const read = places.slice(1).flatMap((end, index) => reader.read(bytes.subarray(places[index], end)));
        expect(read).toEqual(messages);
      }),
    );
  });

  it('carries an error with its name, its sentence and its stack', () => {
    const error = new RangeError('too far');
    const [read] = readBot().read(encodeForAgent({ type: 'x', error } as { type: string }));
    expect(read).toEqual({ type: 'x', error });
    expect((read as { error: Error }).error.stack).toBe(error.stack);
  });

  it('keeps a snapshot as bytes, which only a bot opens', () => {
    const state = new Map([['seen', new Set([1, 2])]]);
    const [read] = readBot().read(encodeForAgent({ type: 'snapshot', event: 12, state } as { type: string }));
    const { state: bytes, ...rest } = read as { state: unknown };
    expect(rest).toEqual({ type: 'snapshot', event: 12 });
    expect(bytes).toBeInstanceOf(Uint8Array);
    const [back] = readAgent().read(encodeForBot({ type: 'revive', state: bytes } as { type: string }));
    expect(openSnapshot((back as { state: unknown }).state)).toEqual(state);
  });

  it.each<[string, object, RegExp]>([
    [
      'a message of more than 1 MB',
      { type: 'fact', text: 'x'.repeat(mb) },
      /^It has \d+ bytes, and at most 1048576/,
    ],
    [
      'a snapshot of more than 16 MB',
      { type: 'snapshot', event: 1, state: new Uint8Array(16 * mb) },
      /^It has \d+ bytes, and at most 16777216/,
    ],
    ['a function', { type: 'fact', odd: () => 1 }, /could not be cloned/],
  ])('does not write %s', (_what, message, why) => {
    expect(() => encodeForAgent(message as { type: string })).toThrow(why);
  });

  it('reads what an agent says at any length', () => {
    const message = { type: 'revive', text: 'x'.repeat(2 * mb) };
    expect(readAgent().read(encodeForBot(message))).toEqual([message]);
  });

  const header = (length: number, kind: number) => {
    const bytes = Buffer.alloc(5);
    bytes.writeUInt32LE(length, 0);
    bytes.writeUInt8(kind, 4);
    return bytes;
  };
  it.each<[string, Buffer]>([
    ['text', Buffer.from('hello there')],
    ['a message that is said to be too long', header(mb + 1, 0)],
    ['a snapshot that is said to be too long', header(16 * mb + 1, 1)],
    ['a kind that there is not', header(1, 2)],
    ['a snapshot without a number', Buffer.concat([header(1, 1), Buffer.alloc(1)])],
    ['bytes that are no value', Buffer.concat([header(4, 0), Buffer.from('abcd')])],
  ])('refuses %s before it keeps more of it', (_what, bytes) => {
    expect(() => readBot().read(bytes)).toThrow(Error);
  });

  it('never gives anything but messages or an error, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const framed = Buffer.concat([header(bytes.length, 0), bytes]);
        try {
          readBot().read(framed);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
