import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../src/protocol/encode.js';
import type { ClientFrame } from '../../src/protocol/frames.js';

function sent(frame: ClientFrame): unknown {
  const encoded = encodeFrame(frame);
  return encoded.ok ? JSON.parse(encoded.text) : encoded;
}

const turn = { type: 'turn_action', match_id: 'm', request_id: 'r', action: 'call' } as const;

describe('encodeFrame', () => {
  it.each<[ClientFrame]>([
    [{ type: 'authenticate', token: 't' }],
    [{ type: 'authenticate', match_id: 'm', token: '' }],
    [{ type: 'authenticate', match_id: 'm', ticket: 'k' }],
    [{ type: 'hello', match_id: 'm', supported_versions: ['1.0'], client_name: 'n', client_version: 'v' }],
    [
      {
        type: 'hello',
        match_id: 'm',
        supported_versions: ['1.0'],
        client_name: 'n',
        client_version: 'v',
        supported_games: [],
      },
    ],
    [turn],
    [{ ...turn, action: 'raise', params: { amount: 120 } }],
    [{ type: 'pong' }],
    [{ type: 'pong', match_id: 'm' }],
  ])('sends %j as it is', (frame) => {
    expect(sent(frame)).toEqual(frame);
  });

  it.each<[ClientFrame]>([
    [{ type: 'authenticate', token: 't' }],
    [{ type: 'hello', match_id: 'm', supported_versions: ['1.0'], client_name: 'n', client_version: 'v' }],
    [turn],
    [{ type: 'pong', match_id: 'm' }],
  ])('a field the protocol does not know does not leave with %j', (frame) => {
    expect(sent(Object.assign({ secret: 'x', seq: 1 }, frame))).toEqual(frame);
  });

  it('cuts the client name and version to their limits, never inside a character', () => {
    const frame: ClientFrame = {
      type: 'hello',
      match_id: 'm',
      supported_versions: ['1.0'],
      client_name: `${'n'.repeat(63)}😀`,
      client_version: 'v'.repeat(40),
    };
    expect(sent(frame)).toEqual({ ...frame, client_name: 'n'.repeat(63), client_version: 'v'.repeat(32) });
  });

  it('refuses more than 4096 bytes of UTF-8', () => {
    const room = 4096 - Buffer.byteLength(JSON.stringify({ ...turn, params: { note: '' } }));
    const fits = encodeFrame({
      ...turn,
      params: { note: `${'é'.repeat(Math.floor(room / 2))}${'x'.repeat(room % 2)}` },
    });
    expect(fits.ok && Buffer.byteLength(fits.text)).toBe(4096);
    const over = encodeFrame({ ...turn, params: { note: 'é'.repeat(Math.floor(room / 2) + 1) } });
    expect(over).toEqual({ ok: false, why: 'too_large' });
  });

  it('refuses what JSON cannot hold', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const throwing = {
      get amount(): number {
        throw new Error('no');
      },
    };
    for (const params of [
      { amount: 1n },
      cycle,
      { deep },
      throwing,
      { amount: Number.NaN },
      { x: [-Infinity] },
    ]) {
      expect(encodeFrame({ ...turn, params })).toEqual({ ok: false, why: 'not_encodable' });
    }
  });

  it('counts bytes as the wire does, up to the last one that fits', () => {
    const bytesOf = (action: string) => Buffer.byteLength(JSON.stringify({ ...turn, action }));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 9 }), (piece) => {
        const fitting = Math.floor((4096 - bytesOf('')) / (bytesOf(piece) - bytesOf('')));
        const most = encodeFrame({ ...turn, action: piece.repeat(fitting) });
        expect(most.ok && Buffer.byteLength(most.text)).toBe(bytesOf(piece.repeat(fitting)));
        const over = encodeFrame({ ...turn, action: piece.repeat(fitting + 1) });
        expect(over).toEqual({ ok: false, why: 'too_large' });
      }),
    );
  });
});
