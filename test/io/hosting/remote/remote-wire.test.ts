import { describe, expect, it } from 'vitest';
import { createRemoteBacklog } from '../../../../src/io/hosting/remote/remote-backlog.js';
import { type Signed, shiftTimes, type ToSeat } from '../../../../src/io/hosting/remote/remote-messages.js';
import {
  createAssembler,
  encodeParts,
  isSigned,
  isToSeat,
} from '../../../../src/io/hosting/remote/remote-wire.js';
import { checkName, parseServerUrl } from '../../../../src/io/hosting/remote/server-url.js';
import { turnRequest } from '../../../kit/bot-seat.js';

const decide = (id: string): ToSeat => ({
  type: 'command',
  command: { type: 'bot.decide', frame: turnRequest(id), deadlineAt: 1_800, expiresAt: 2_000 },
  askedAt: 1_000,
  event: 3,
});
const abort = (requestId: string): ToSeat => ({
  type: 'command',
  command: { type: 'bot.abort', requestId },
  askedAt: 0,
  event: 3,
});
const signed = (message: Signed['message']): Signed => ({ seat: 's', message });

describe('messages over NATS', () => {
  it('go in parts that the server takes, and come out whole', () => {
    const message = signed({ type: 'unfit', message: 'ä'.repeat(1_000), cause: null });
    const parts = encodeParts(message, 400);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.every(({ length }) => length <= 400)).toBe(true);
    const assemble = createAssembler(isSigned);
    expect(parts.map(assemble)).toEqual([...parts.slice(1).map(() => null), message]);
    expect(encodeParts(signed({ type: 'beat' }), 400).map(assemble)).toEqual([signed({ type: 'beat' })]);
  });

  it('of more than 64 MiB are not sent', () => {
    const state = 'x'.repeat(64 * 1024 * 1024);
    expect(() => encodeParts(signed({ type: 'snapshot', event: 1, state }), 1_000_000)).toThrow('too large');
  });

  it.each<[string, unknown]>([
    ['no object', 3],
    ['no seat', { message: { type: 'beat' } }],
    ['a type that there is not', { seat: 's', message: { type: 'toString' } }],
    [
      'an answer without an action',
      { seat: 's', message: { type: 'fact', fact: { type: 'bot.decided', requestId: 'r', answer: {} } } },
    ],
    [
      'a fact that only the agent may tell',
      { seat: 's', message: { type: 'fact', fact: { type: 'bot.overdue', requestId: 'r' } } },
    ],
  ])('are not heard when they are %s', (_what, value) => {
    expect(isSigned(value)).toBe(false);
  });

  it('that are no JSON, or have no mark, are not heard and spoil nothing', () => {
    const assemble = createAssembler(isToSeat);
    const texts = ['', 'x', '.{', '.null'].map((text) => assemble(Buffer.from(text)));
    expect(texts).toEqual([null, null, null, null]);
    expect(assemble(Buffer.from('.{"type":"release"}'))).toEqual({ type: 'release' });
  });

  it('carry errors by their words, and big integers as text', () => {
    const error = new RangeError('no');
    const [part = Buffer.of()] = encodeParts(
      signed({
        type: 'fact',
        fact: { type: 'bot.failed', hook: 'decide', message: 'no', error: { error, n: 3n } },
      }),
      100_000,
    );
    expect(createAssembler(isSigned)(part)?.message).toMatchObject({
      fact: { error: { error: { name: 'RangeError', message: 'no', stack: error.stack }, n: '3' } },
    });
  });

  it('have times from now, so that clocks need not agree', () => {
    expect(shiftTimes(decide('r'), -1_500)).toMatchObject({
      askedAt: -500,
      command: { deadlineAt: 300, expiresAt: 500 },
    });
    expect(shiftTimes({ type: 'beat' }, 5)).toEqual({ type: 'beat' });
  });
});

describe('what waits for a worker', () => {
  it('is all but decisions that nobody waits for any more', () => {
    const backlog = createRemoteBacklog();
    for (const message of [decide('a'), abort('a'), decide('b'), decide('c')]) backlog.add(message);
    expect(backlog.take()).toEqual([abort('a'), decide('c')]);
    expect(backlog.take()).toEqual([]);
  });

  const observe = (text: string): ToSeat => ({
    type: 'command',
    command: { type: 'bot.observe', frame: { type: 'round_start', state: { text } } },
    askedAt: 0,
    event: 1,
  });

  it('is bounded in bytes, however many messages they are', () => {
    const large = createRemoteBacklog();
    const small = createRemoteBacklog();
    const fits = (backlog: ReturnType<typeof createRemoteBacklog>, message: ToSeat, count: number) =>
      Array.from({ length: count }, () => backlog.add(message)).indexOf(false);
    expect(fits(large, observe('x'.repeat(1024 * 1024)), 20)).toBe(15);
    // What is as small as can be takes some room as well.
    expect(fits(small, { type: 'beat' }, 20_000)).toBeGreaterThan(15_000);
    expect(large.take()).toHaveLength(20);
    expect(large.add(observe('x'))).toBe(true);
  });

  it('has room for what a match is shown again, and for the decision after it', () => {
    const backlog = createRemoteBacklog();
    const frame = { type: 'round_start' as const, state: { text: 'x'.repeat(1024 * 1024) } };
    const events = Array.from({ length: 20 }, () => ({ type: 'bot.observe' as const, frame }));
    expect(backlog.add({ type: 'revive', recollection: { known: [], snapshot: null, events } })).toBe(true);
    const asked = Array.from({ length: 30_000 }, () => backlog.add(decide('q')));
    expect(asked.every(Boolean)).toBe(true);
  });
});

describe('the URL of a NATS server', () => {
  it('holds where it is and who one is there, and is shown without the latter', () => {
    expect(parseServerUrl('nats://me:p%40ss@one:4222, nats://two')).toEqual({
      servers: ['one:4222', 'two'],
      shown: 'nats://one:4222,nats://two',
      isEncrypted: false,
      user: 'me',
      pass: 'p@ss',
    });
    expect(parseServerUrl('tls://secret@one')).toEqual({
      servers: ['one'],
      shown: 'tls://one',
      isEncrypted: true,
      token: 'secret',
    });
  });

  it.each(['', 'one', 'http://one', 'nats://', 'nats://one/path', 'nats://one,'])('is refused: %s', (url) => {
    expect(() => parseServerUrl(url)).toThrow('Give the NATS server as nats://HOST:PORT');
  });

  it('has a percent sign in its credentials as a code, or is refused without being shown', () => {
    expect(() => parseServerUrl('nats://me:50%@one')).toThrow('write %25 for the sign itself');
    expect(() => parseServerUrl('nats://me:50%@one')).not.toThrow('50%@');
  });

  it('comes with a name that is one part of a subject', () => {
    expect(checkName('holdem_6-max')).toBe('holdem_6-max');
    for (const name of ['', 'a.b', '*', '>', 'a b', 'x'.repeat(65)])
      expect(() => checkName(name)).toThrow('letters');
  });
});
