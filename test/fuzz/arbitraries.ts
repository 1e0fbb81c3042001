/** Input that is almost right: frames, files and arguments with something wrong in them. */
import fc from 'fast-check';

/** Names and texts that have hurt programs before. */
const nasty = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  '',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ud800',
  '\ufeff',
  'é'.repeat(3),
  '💥',
  '%00',
  '..',
  '//',
  '\\',
  "'",
  '`',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '${7*7}',
];

const nastyNumber = fc.constantFrom(
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  5e-324,
  Number.MAX_SAFE_INTEGER,
);

const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 40 }), fc.string());
const key = fc.oneof({ weight: 1, arbitrary: text }, { weight: 2, arbitrary: fc.constantFrom(...nasty) });

/** Any JSON value, with hostile keys and numbers. */
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), nastyNumber, fc.double(), text),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

/** The texts of frames as they should be, by what they are. */
const frames: readonly Record<string, unknown>[] = [
  {
    type: 'hello',
    match_id: 'm',
    seq: 1,
    server_ts: 1,
    supported_versions: ['1.0'],
    selected_version: '1.0',
    game: {},
  },
  { type: 'ping' },
  {
    type: 'matched',
    match_id: 'm',
    participant_id: 'p',
    gateway_ws_url: '/ws',
    rated: true,
    decision_timeout_ms: 5,
  },
  { type: 'evict', reason: 'Replaced' },
  { type: 'error', code: 'c', message: 'm' },
  {
    type: 'match_start',
    seats: [{ seat: 0, is_self: true }],
    game_config: {},
    turn_timeout_ms: 5,
    your_seat: 0,
  },
  {
    type: 'round_start',
    round_id: 'r',
    round_number: 1,
    state: { your_hole_cards: ['Ah', 'Kd'], stacks: [1, 2] },
  },
  {
    type: 'turn_request',
    seat: 0,
    request_id: 'q',
    timeout_ms: 5,
    deadline_ts: '2026-01-01T00:00:00.000Z',
    valid_actions: ['fold', 'raise'],
    state: {
      phase: 'flop',
      board: ['2c', '3d', '4h'],
      your_hole_cards: ['Ah', 'Kd'],
      pot: 5,
      opponent_stacks: [9],
      min_raise: 2,
      max_raise: 9,
      action_history: [{ seat: 0, action: 'raise', amount: 5, phase: 'preflop', is_timeout: false }],
    },
  },
  {
    type: 'turn_result',
    seat: 0,
    details: { action: 'fold', amount: 0, pot: 1, stacks: [1], is_timeout: true },
  },
  { type: 'phase_change', state: { phase: 'turn', board: ['2c'] } },
  { type: 'round_result', round_id: 'r', round_number: 1, result: { winner_seats: [0], stacks: [1] } },
  { type: 'action_rejected', request_id: 'q', reason: 'r', remaining_ms: 5, valid_actions: ['fold'] },
  { type: 'match_end', reason: 'complete', results: [{ seat: 0, net_chips: 1 }], total_hands_played: 1 },
  {
    type: 'reconnected',
    pending_request: { type: 'turn_request', request_id: 'q', valid_actions: [], state: {} },
  },
  { type: 'action_timeout', request_id: 'q' },
  { type: 'authenticate', token: 'cz_extbot_x', match_id: 'm' },
  { type: 'turn_action', match_id: 'm', request_id: 'q', action: 'raise', params: { amount: 5 } },
  { type: 'pong', match_id: 'm' },
];

/** Puts `value` somewhere into a copy of `root`: at a path of keys that may or may not be there. */
function graft(root: unknown, path: readonly number[], name: string, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(root));
  let place: unknown = copy;
  for (const step of path) {
    if (typeof place !== 'object' || place === null) break;
    const keys = Object.keys(place);
    const next: unknown = (place as Record<string, unknown>)[keys[step % (keys.length || 1)] ?? ''];
    if (typeof next !== 'object' || next === null) break;
    place = next;
  }
  // A list takes no text for its length.
  if (typeof place === 'object' && place !== null && !(Array.isArray(place) && name === 'length')) {
    Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

/** A frame with one thing in it changed for another. */
const bentFrame = fc
  .tuple(
    fc.constantFrom(...frames),
    fc.array(fc.nat(9), { maxLength: 3 }),
    fc.nat(9),
    fc.oneof(fc.constant(null), key),
    json,
  )
  .map(([frame, path, index, name, value]) => {
    const names = Object.keys(frame);
    return JSON.stringify(graft(frame, path, name ?? names[index % names.length] ?? 'type', value));
  });

/** Text with a few of its characters changed. */
function damaged(source: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      source,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('cut', 'put', 'twice'), text), { maxLength: 3 }),
    )
    .map(([whole, changes]) =>
      changes.reduce((now, [where, how, more]) => {
        const at = where % (now.length + 1);
        if (how === 'cut') return now.slice(0, at) + now.slice(at + 1 + (where % 7));
        return how === 'put' ? now.slice(0, at) + more + now.slice(at) : now + now.slice(at);
      }, whole),
    );
}

const deep = fc
  .tuple(fc.constantFrom('[', '{"a":', '[[],{"":'), fc.integer({ min: 1, max: 5_000 }))
  .map(([open, times]) => open.repeat(times));

/** What a server or a client may send as one text frame. */
export const frameText = fc.oneof(
  { weight: 6, arbitrary: bentFrame },
  { weight: 3, arbitrary: damaged(bentFrame) },
  { weight: 1, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: deep },
);

export const urlText = damaged(
  fc.oneof(
    fc.constantFrom(
      '/ws/external/match/m/p',
      'wss://h/ws',
      'ws://localhost:1/a',
      '//evil',
      '\\\\evil',
      '@evil/x',
      ':99/x',
      'wss://u:p@h/',
      'WSS://H:443/',
      'ws://[::1]:1/',
      'http://h',
      'wss://h?token=x#f',
      'javascript:1',
      ' ws://h ',
    ),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    text,
  ),
);

export const configToml = damaged(
  fc.oneof(
    fc.constantFrom(
      '[external_api]\ntoken = "cz_extbot_x"\nurl = "wss://h/ws"\nbot_id = "b"\n',
      '[external_api]\ntoken = 5\n',
      'external_api = [1, 2]\n',
      '[external_api]\n__proto__ = { token = "x" }\n[__proto__]\npolluted = true\n',
      '[[external_api]]\ntoken = "x"\n',
      'a.b.c.d.e = 1979-05-27T07:32:00Z\n[external_api]\n',
    ),
    text,
  ),
);

export const chaosToml = damaged(
  fc.oneof(
    fc.constantFrom(
      'name = "x"\n[[fault]]\nkind = "drop"\nleg = "match"\nat = 3\nhow = "fin"\n',
      'name = "x"\n[[fault]]\nkind = "close"\ncode = [1000, 1001]\nchance = 0.5\ntimes = 3\n',
      'name = "x"\n[[fault]]\nkind = "delay"\nms = 5\njitter-ms = 3\nevery = 1\n',
      'name = "x"\n[[fault]]\nkind = "constructor"\n',
    ),
    text,
  ),
);

const flags = [
  'run',
  'sandbox',
  'demo',
  'proxy',
  'help',
  '--help',
  '--version',
  '--verbose',
  '--',
  '-',
  '-h',
  '-V',
  '--port',
  '--seed',
  '--stack',
  '--blinds',
  '--hands',
  '--opponent',
  '--chaos',
  '--speed',
  '--bots',
  '--host',
  '--token',
  '--url',
  '--env',
  '--bot-id',
  '--max-matches',
  '--json',
  '--log-level',
  '--drain-grace',
  '--list',
  '0',
  '-1',
  '5/10',
  '1,2',
  '1e9',
  'nope',
  '/dev/null',
  './no.ts',
  'calling-station',
  'prod',
  'cz_extbot_abc',
];

export const cliArguments = fc.array(fc.oneof(fc.constantFrom(...flags), text), { maxLength: 7 });

const journalLines = [
  '{"t":"bot","botId":"b","name":"one"}',
  '{"t":"token","botId":"b","tokenId":"i","token":"cz_extbot_x"}',
  '{"t":"revoked","tokenId":"i"}',
  '{"t":"match","n":1,"matchId":"m","seed":"match:1:s","rated":false,"decisionTimeoutMs":5000,"players":[{"botId":"b"},{"house":"random"}],"participantIds":["p","q"]}',
  '{"t":"match","n":2,"matchId":"h","seed":"match:2:s","rated":true,"decisionTimeoutMs":5000,"players":[{"house":"calling-station"},{"house":"random"}],"participantIds":["p","q"]}',
  '{"t":"begun","matchId":"m"}',
  '{"t":"turn","matchId":"m","requestId":"r"}',
  '{"t":"act","matchId":"m","action":"raise","params":{"amount":30},"isTimeout":false}',
  '{"t":"act","matchId":"m","action":"call","isTimeout":false}',
  '{"t":"act","matchId":"h","action":"fold","isTimeout":true}',
  '{"t":"forfeit","matchId":"m","seat":1,"why":"unresponsive"}',
  '{"t":"end","matchId":"m","end":{"type":"match_end","match_id":"m","reason":"complete"}}',
];

const bentLine = fc
  .tuple(
    fc.constantFrom(...journalLines),
    fc.array(fc.nat(9), { maxLength: 2 }),
    fc.oneof(key, fc.constantFrom('players', 'seat', 'action', 'params', 'n', 'botId', 'matchId', 'end')),
    json,
  )
  .map(([line, path, name, value]) => JSON.stringify(graft(JSON.parse(line), path, name, value)));

/** What a state file of the sandbox has below its head. */
export const journalText = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...journalLines) },
      { weight: 4, arbitrary: bentLine },
      { weight: 1, arbitrary: damaged(bentLine) },
    ),
    { maxLength: 14 },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

const seatMessages: readonly Record<string, unknown>[] = [
  { seat: 's', message: { type: 'ready' } },
  { seat: 's', message: { type: 'unfit', message: 'm', cause: null } },
  {
    seat: 's',
    message: { type: 'fact', fact: { type: 'bot.decided', requestId: 'r', answer: { action: 'fold' } } },
  },
  {
    seat: 's',
    message: { type: 'fact', fact: { type: 'bot.failed', hook: 'decide', message: 'm', error: {} } },
  },
  { seat: 's', message: { type: 'snapshot', event: 1, state: 'AA' } },
  { seat: 's', message: { type: 'end', end: { why: 'crashed', message: 'm' }, isDrained: false } },
  { type: 'command', command: { type: 'bot.abort', requestId: 'r' }, askedAt: 1, event: 1 },
  { type: 'revive', recollection: { known: [], snapshot: null, events: [] } },
  { type: 'probe', id: 1 },
];

/** One message between an agent and a worker, as bytes of text. */
export const busText = damaged(
  fc
    .tuple(
      fc.constantFrom(...seatMessages),
      fc.array(fc.nat(9), { maxLength: 3 }),
      fc.oneof(fc.constantFrom('type', 'seat', 'message', 'fact', 'answer'), key),
      json,
    )
    .map(([message, path, name, value]) => `.${JSON.stringify(graft(message, path, name, value))}`),
);

export const natsUrlText = damaged(
  fc.oneof(
    fc.constantFrom(
      'nats://h',
      'nats://me:pa%40ss@h:4222',
      'tls://token@h,tls://two:1',
      'nats://%zz@h',
      'nats://u:%e0%a4@h',
      'nats://[::1]:4222',
      'ws://h',
    ),
    text,
  ),
);

/** The body of a request to the platform. */
export const bodyText = damaged(
  fc.oneof(
    fc.constantFrom(
      '{"house_bot":"random","rated":false}',
      '{"bot_id":"b","opponent":"o","challenge_id":"c"}',
      '{"bot_id":null,"__proto__":{"polluted":"yes"}}',
      '[]',
    ),
    json.map((value) => JSON.stringify({ bot_id: value, opponent: value })),
    text,
  ),
);

/** The head of a request, as a client or a stranger may write it. */
export const requestHead = damaged(
  fc.constantFrom(
    'GET /ws/external/bot/b HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade',
    'GET /ws/external/match/m/p?token=cz_extbot_x HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Protocol: a, b',
    'GET /ws/match/%zz/%2e%2e HTTP/1.1\r\nHost: h',
    'POST http://h/v1/challenges?x#y HTTP/1.0\r\nContent-Length: 5',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket',
  ),
);

/** Bytes of a WebSocket connection, good frames and others, as the network cut them. */
export const wirePieces = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(
        fc.constantFrom(0x81, 0x82, 0x88, 0x89, 0x01, 0xff),
        fc.constantFrom([3], [0], [0x80, 1, 2, 3, 4], [126, 0, 3], [127, 0, 0, 0, 0, 0, 0, 0, 3], [127, 255]),
        fc.uint8Array({ maxLength: 12 }),
      )
      .map(([start, length, payload]) => Uint8Array.from([start, ...length, ...payload])),
  ),
  { maxLength: 8 },
);
