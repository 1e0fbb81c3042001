import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLobbyFrame, decodeMatchFrame } from '../../src/protocol/decode.js';

const lobby = (frame: unknown) => decodeLobbyFrame(JSON.stringify(frame));
const match = (frame: unknown) => decodeMatchFrame(JSON.stringify(frame));
const malformed = (frameType: string | null) => ({ ok: false, why: 'malformed', frameType });

const matched = { type: 'matched', match_id: 'm', participant_id: 'p', gateway_ws_url: '/g' };

describe('what is no frame', () => {
  it.each([
    ['', 'not_json'],
    ['{', 'not_json'],
    ['{"type":"ping"}x', 'not_json'],
    ['null', 'not_an_object'],
    ['[]', 'not_an_object'],
    ['7', 'not_an_object'],
    ['"ping"', 'not_an_object'],
  ])('%j is %s', (text, why) => {
    expect(decodeLobbyFrame(text)).toEqual({ ok: false, why, frameType: null });
    expect(decodeMatchFrame(text)).toEqual({ ok: false, why, frameType: null });
  });

  it('an object without a type is malformed', () => {
    expect(lobby({})).toEqual(malformed(null));
    expect(lobby({ type: 5 })).toEqual(malformed(null));
  });

  it.each(['constructor', '__proto__', 'toString', 'session_control', 'session_token', 'PING', ''])(
    'type %j is unknown',
    (type) => {
      expect(match({ type })).toEqual({ ok: false, why: 'unknown_type', frameType: type });
    },
  );

  it('a type of the other leg is unknown', () => {
    expect(lobby({ type: 'turn_request', request_id: 'r' })).toMatchObject({ why: 'unknown_type' });
    expect(match(matched)).toMatchObject({ why: 'unknown_type' });
  });

  it('an unknown type is told without control characters and shortened', () => {
    expect(lobby({ type: `\u001b[31m\u202ered\n${'x'.repeat(100)}` })).toEqual({
      ok: false,
      why: 'unknown_type',
      frameType: `[31mred${'x'.repeat(57)}`,
    });
  });

  it('a frame nested too deeply to be written again is malformed', () => {
    const text = `{"type":"ping","x":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    expect(decodeMatchFrame(text)).toEqual(malformed('ping'));
  });

  it('a frame nested as deeply as a frame may be is read', () => {
    const text = `{"type":"ping","x":${'['.repeat(999)}${']'.repeat(999)}}`;
    expect(decodeMatchFrame(text).ok).toBe(true);
  });
});

describe('the envelope', () => {
  it('numbers that are not finite and fields of a wrong type are removed, unknown fields kept', () => {
    const text = '{"type":"ping","seq":1e999,"server_ts":[],"match_id":{},"extra":[1]}';
    expect(decodeLobbyFrame(text)).toEqual({ ok: true, frame: { type: 'ping', extra: [1] } });
  });

  it.each([
    ['lobby', decodeLobbyFrame, 'ping'],
    ['match', decodeMatchFrame, 'match_start'],
    ['match', decodeMatchFrame, 'match_end'],
  ] as const)(
    'a time of the %s that cannot be read stays, and no number is made of it',
    (_leg, decode, type) => {
      const told = decode(JSON.stringify({ type, server_ts: 'now', serverTimeMs: 5 }));
      expect(told).toMatchObject({ ok: true, frame: { server_ts: 'now' } });
      expect(told.ok && 'serverTimeMs' in told.frame).toBe(false);
    },
  );

  it('a server cannot put a number of its own in the place of its time', () => {
    expect(match({ type: 'ping', serverTimeMs: 5 })).toEqual({ ok: true, frame: { type: 'ping' } });
  });

  it('times are read from epoch milliseconds and from ISO dates, and that of the frame stays as it came', () => {
    const turn = { type: 'turn_request', request_id: 'r', valid_actions: [], state: {} };
    const iso = { server_ts: '2026-01-01T00:00:00.250Z', deadline_ts: '2026-01-01T00:00:02+00:00' };
    const epoch = { server_ts: 1_767_225_600_250, deadline_ts: 1_767_225_602_000 };
    expect(decodeMatchFrame(JSON.stringify({ ...turn, ...iso }))).toEqual({
      ok: true,
      frame: { ...turn, ...epoch, server_ts: iso.server_ts, serverTimeMs: epoch.server_ts },
    });
    expect(decodeMatchFrame(JSON.stringify({ ...turn, ...epoch }))).toEqual({
      ok: true,
      frame: { ...turn, ...epoch, serverTimeMs: epoch.server_ts },
    });
  });

  it('a `__proto__` of the frame is removed and changes no prototype', () => {
    const decoded = decodeLobbyFrame('{"__proto__":{"rated":true},"type":"ping"}');
    expect(decoded).toEqual({ ok: true, frame: { type: 'ping' } });
    expect(decoded.ok && Object.hasOwn(decoded.frame, '__proto__')).toBe(false);
  });

  it('a nested `__proto__` stays an own property', () => {
    const decoded = decodeMatchFrame('{"type":"phase_change","state":{"__proto__":{"pot":5}}}');
    if (!decoded.ok || decoded.frame.type !== 'phase_change') throw new Error('not decoded');
    expect(Object.getPrototypeOf(decoded.frame.state)).toBe(Object.prototype);
    expect(decoded.frame.state.pot).toBeUndefined();
  });
});

describe('lobby frames', () => {
  it('hello keeps its texts and drops what is not text', () => {
    expect(
      lobby({ type: 'hello', endpoint: 1, supported_versions: ['1.0', 2], capabilities: 'all', game: [] }),
    ).toEqual({ ok: true, frame: { type: 'hello', supported_versions: ['1.0'] } });
  });

  it('matched without flags is unrated and new', () => {
    expect(lobby(matched)).toEqual({ ok: true, frame: { ...matched, rated: false, resume: false } });
  });

  it('matched keeps its flags and clock', () => {
    const frame = { ...matched, rated: true, resume: true, decision_timeout_ms: 30_000, seq: 2 };
    expect(lobby(frame)).toEqual({ ok: true, frame });
  });

  it('flags that are no booleans are false, a clock that is none is removed', () => {
    expect(lobby({ ...matched, rated: 1, resume: 'true', decision_timeout_ms: 0 })).toEqual({
      ok: true,
      frame: { ...matched, rated: false, resume: false },
    });
  });

  it.each(['match_id', 'participant_id', 'gateway_ws_url'])('matched needs %s', (field) => {
    for (const value of [undefined, null, '', 5, {}, ['x']]) {
      expect(lobby({ ...matched, [field]: value })).toEqual(malformed('matched'));
    }
  });

  it('evict and error keep their texts', () => {
    expect(lobby({ type: 'evict', reason: 'replaced' })).toEqual({
      ok: true,
      frame: { type: 'evict', reason: 'replaced' },
    });
    expect(lobby({ type: 'error', code: 4, message: 'no' })).toEqual({
      ok: true,
      frame: { type: 'error', message: 'no' },
    });
  });
});

describe('match frames', () => {
  it('match_start lists only real seats and finds our own among them', () => {
    expect(
      match({
        type: 'match_start',
        seats: [null, { seat: 'one' }, { seat: 0, display_name: 7 }, { seat: 1, is_self: true }],
        turn_timeout_ms: 5000,
      }),
    ).toEqual({
      ok: true,
      frame: {
        type: 'match_start',
        seats: [{ seat: 0 }, { seat: 1, is_self: true }],
        turn_timeout_ms: 5000,
        your_seat: 1,
      },
    });
  });

  it('match_start says our seat itself when it can', () => {
    const frame = { type: 'match_start', seats: [{ seat: 1, is_self: true }], your_seat: 0 };
    expect(match(frame)).toEqual({ ok: true, frame });
    expect(match({ type: 'match_start', your_seat: 'left' })).toEqual({
      ok: true,
      frame: { type: 'match_start', seats: [] },
    });
  });

  it.each([
    ['round_start', 'state'],
    ['phase_change', 'state'],
    ['turn_result', 'details'],
    ['round_result', 'result'],
  ])('%s without a usable %s gets an empty one', (type, field) => {
    for (const value of [undefined, null, [], 'x']) {
      expect(match({ type, [field]: value })).toEqual({ ok: true, frame: { type, [field]: {} } });
    }
    expect(match({ type, [field]: { pot: 3 } })).toEqual({ ok: true, frame: { type, [field]: { pot: 3 } } });
  });

  it.each([-1, 0.5, 2 ** 53, '0', null, [0]])('a seat or a number of a round of %j is none', (odd) => {
    const seats = [
      { seat: odd, is_self: true },
      { seat: 2, is_self: true },
    ];
    const read = (fields: object) => {
      const decoded = match(fields);
      return decoded.ok ? decoded.frame : decoded;
    };
    expect([
      read({ type: 'match_start', your_seat: odd, seats }),
      read({ type: 'match_start', your_seat: odd, seats: [{ seat: odd, is_self: true }] }),
      read({ type: 'turn_request', request_id: 'r', seat: odd }),
      read({ type: 'turn_result', seat: odd, details: {} }),
      read({ type: 'round_start', round_number: odd, state: {} }),
    ]).toEqual([
      { type: 'match_start', your_seat: 2, seats: [{ seat: 2, is_self: true }] },
      { type: 'match_start', seats: [] },
      { type: 'turn_request', request_id: 'r', valid_actions: [], state: {} },
      { type: 'turn_result', details: {} },
      { type: 'round_start', state: {} },
    ]);
  });

  it('turn_request needs its request id and nothing else', () => {
    expect(match({ type: 'turn_request', request_id: 'r' })).toEqual({
      ok: true,
      frame: { type: 'turn_request', request_id: 'r', valid_actions: [], state: {} },
    });
    for (const request_id of [undefined, null, '', 5]) {
      expect(match({ type: 'turn_request', request_id })).toEqual(malformed('turn_request'));
    }
  });

  it('turn_request keeps what is of its type', () => {
    expect(
      match({
        type: 'turn_request',
        request_id: 'r',
        seat: 1,
        timeout_ms: -5,
        turn_duration_ms: 2000,
        deadline_ts: 12,
        valid_actions: ['fold', 3, null, 'call'],
        state: { pot: 1 },
      }),
    ).toEqual({
      ok: true,
      frame: {
        type: 'turn_request',
        request_id: 'r',
        seat: 1,
        turn_duration_ms: 2000,
        deadline_ts: 12,
        valid_actions: ['fold', 'call'],
        state: { pot: 1 },
      },
    });
  });

  it('turn_request takes what is legal from the state of its game where it is there', () => {
    const turn = { type: 'turn_request', request_id: 'r', state: { valid_actions: ['check', 3] } };
    const legal = (frame: object) => {
      const decoded = match(frame);
      return decoded.ok && decoded.frame.type === 'turn_request' && decoded.frame.valid_actions;
    };
    expect(legal(turn)).toEqual(['check']);
    expect(legal({ ...turn, valid_actions: ['call'] })).toEqual(['check']);
    expect(legal({ ...turn, valid_actions: ['call'], state: { valid_actions: 'check' } })).toEqual(['call']);
  });

  it('action_rejected of an older server offers check and fold, each time in a list of its own', () => {
    const first = match({ type: 'action_rejected', request_id: 'r', remaining_ms: 0 });
    expect(first).toEqual({
      ok: true,
      frame: { type: 'action_rejected', request_id: 'r', remaining_ms: 0, valid_actions: ['check', 'fold'] },
    });
    if (first.ok && first.frame.type === 'action_rejected') first.frame.valid_actions.length = 0;
    expect(match({ type: 'action_rejected' })).toEqual({
      ok: true,
      frame: { type: 'action_rejected', valid_actions: ['check', 'fold'] },
    });
    expect(match({ type: 'action_rejected', valid_actions: ['call'] })).toMatchObject({
      frame: { valid_actions: ['call'] },
    });
  });

  it('match_end keeps everything but results that are none', () => {
    const frame = { type: 'match_end', reason: { odd: true }, seq: 'one', forfeit_seat: 1, more: [1] };
    expect(match({ ...frame, results: [{ seat: 0 }, null, 5, [], { seat: 1 }] })).toEqual({
      ok: true,
      frame: { ...frame, results: [{ seat: 0 }, { seat: 1 }] },
    });
    expect(match({ ...frame, results: 'none' })).toEqual({ ok: true, frame });
  });

  it('reconnected with an open turn is that turn', () => {
    expect(
      match({
        type: 'reconnected',
        match_id: 'm',
        pending_request: { request_id: 'r', valid_actions: ['fold'] },
      }),
    ).toEqual({
      ok: true,
      frame: { type: 'turn_request', match_id: 'm', request_id: 'r', valid_actions: ['fold'], state: {} },
    });
  });

  it.each([[null], [[]], [{}], [{ request_id: '' }], [{ type: 'ping', request_id: 'r' }]])(
    'reconnected with %j is only told as such',
    (pending_request) => {
      expect(match({ type: 'reconnected', pending_request })).toMatchObject({
        frame: { type: 'reconnected' },
      });
    },
  );

  it('action_timeout is itself', () => {
    expect(match({ type: 'action_timeout', seat: 1 })).toEqual({
      ok: true,
      frame: { type: 'action_timeout', seat: 1 },
    });
  });
});

describe('any text', () => {
  const types = [
    'hello',
    'ping',
    'matched',
    'evict',
    'error',
    'match_start',
    'round_start',
    'turn_request',
    'turn_result',
    'phase_change',
    'round_result',
    'action_rejected',
    'match_end',
    'reconnected',
    'action_timeout',
  ];
  const fields = [
    'match_id',
    'participant_id',
    'gateway_ws_url',
    'rated',
    'resume',
    'seq',
    'seats',
    'your_seat',
    'state',
    'valid_actions',
    'request_id',
    'results',
    'pending_request',
    'details',
    'result',
    'timeout_ms',
    '__proto__',
  ];
  const frames = fc
    .tuple(
      fc.constantFrom(...types),
      fc.array(fc.tuple(fc.constantFrom(...fields), fc.json()), { maxLength: 8 }),
    )
    .map(
      ([type, entries]) => `{"type":"${type}"${entries.map(([key, json]) => `,"${key}":${json}`).join('')}}`,
    );

  it('is decoded or refused, never a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), frames), (text) => {
        for (const decode of [decodeLobbyFrame, decodeMatchFrame])
          expect(typeof decode(text).ok).toBe('boolean');
      }),
    );
  });

  it('gives frames that decode to themselves', () => {
    fc.assert(
      fc.property(frames, (text) => {
        const once = decodeMatchFrame(text);
        if (once.ok) expect(match(once.frame)).toEqual(once);
      }),
    );
  });
});
