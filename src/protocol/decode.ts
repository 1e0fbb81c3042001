/**
 * The only place where server text becomes frames. A decoded frame has the types it claims: required fields are
 * there, optional fields have the right type or are removed, unknown fields are left as they are.
 *
 * The parsed object is cleaned in place, one table row per frame type. JSON can carry an own property `__proto__`. It
 * is removed from the frame itself; deeper down it stays an ordinary own property, which changes a prototype only if
 * it is assigned to another object key by key. Nothing in this package does that.
 */
import { isObject, isText, isWhole } from './checks.js';
import type { IgnoredWhy } from './events.js';
import type { JsonObject, LobbyServerFrame, MatchServerFrame } from './frames.js';
import { hasManyValues, outermostText } from './json-values.js';
import { printable } from './redact.js';
import { readWireTime } from './wire-time.js';

const defaults = {
  maxFrameTypeLength: 64,
  /** Deeper frames are refused: writing or cloning them later would overflow the stack. */
  maxDepth: 1000,
  /** Real frames are shorter. */
  modestLength: 64 * 1024,
  /**
   * The most values of a longer frame. More are refused, except in a result: a million tiny values take fifty times
   * the memory of their text.
   */
  maxValues: 2 * 1024,
  /** What a server accepts when it omits `valid_actions` in `action_rejected` (docs/protocol.md 4). */
  rejectedActions: ['check', 'fold'],
} as const;

/** A frame, or why the text is not one. `frameType` is the type that the text claims, shortened and printable. */
export type Decoded<F> =
  | { ok: true; frame: F }
  | { ok: false; why: Exclude<IgnoredWhy, 'binary'>; frameType: string | null };

type Check = (value: unknown) => boolean;

const isName: Check = (value) => typeof value === 'string' && value !== '';
const isNumber: Check = Number.isFinite;
/** A clock of zero or less does not count: the next source of the clock is read instead. */
const isClock: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isTime: Check = (value) => isText(value) || Number.isFinite(value);
const isFlag: Check = (value) => typeof value === 'boolean';

type Field = readonly [name: string, check: Check];

interface Shape {
  /** Without these the frame is malformed. */
  required?: readonly Field[];
  /** Fields that are removed when they have the wrong type. */
  optional?: readonly Field[];
  /** The checks that need more than one field. Returns the frame to hand on. */
  finish?: (frame: JsonObject) => JsonObject;
}

const envelope: readonly Field[] = [
  ['match_id', isText],
  ['seq', isNumber],
  ['server_ts', isTime],
  ['serverTimeMs', isNumber],
];

/** Servers write times as epoch milliseconds or as an ISO 8601 date (docs/protocol.md 4). Bots get `server_ts` as it came. */
function readTimes(frame: JsonObject): void {
  const { server_ts: sent, deadline_ts: deadline } = frame;
  // Also where a server has a field of that name, which nobody may take for what is read here.
  if (sent !== undefined || 'serverTimeMs' in frame) frame.serverTimeMs = timeOf(sent);
  if (typeof deadline === 'string') frame.deadline_ts = readWireTime(deadline);
}

const timeOf = (value: unknown): unknown => (typeof value === 'string' ? readWireTime(value) : value);

function clean(frame: JsonObject, fields: readonly Field[]): void {
  for (const [name, check] of fields) {
    const value = frame[name];
    if (value !== undefined && !check(value)) delete frame[name];
  }
}

function textsOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : null;
}

/** Replaces the field by an empty object unless it is an object. */
function ensureObject(name: string): (frame: JsonObject) => JsonObject {
  return (frame) => {
    if (!isObject(frame[name])) frame[name] = {};
    return frame;
  };
}

function finishHello(frame: JsonObject): JsonObject {
  for (const name of ['supported_versions', 'capabilities']) {
    if (frame[name] === undefined) continue;
    const texts = textsOf(frame[name]);
    if (texts === null) delete frame[name];
    else frame[name] = texts;
  }
  return frame;
}

function finishMatched(frame: JsonObject): JsonObject {
  frame.rated = frame.rated === true;
  frame.resume = frame.resume === true;
  return frame;
}

const seatFields: readonly Field[] = [
  ['display_name', isText],
  ['participant_id', isText],
  ['is_self', isFlag],
];

function finishMatchStart(frame: JsonObject): JsonObject {
  const seats = (Array.isArray(frame.seats) ? frame.seats : []).filter(
    (seat): seat is JsonObject => isObject(seat) && isWhole(seat.seat),
  );
  for (const seat of seats) clean(seat, seatFields);
  frame.seats = seats;
  if (frame.your_seat === undefined) {
    const own = seats.find((seat) => seat.is_self === true);
    if (own !== undefined) frame.your_seat = own.seat;
  }
  return frame;
}

function finishTurnRequest(frame: JsonObject): JsonObject {
  const state = isObject(frame.state) ? frame.state : {};
  frame.state = state;
  // One list for all who read the turn. A server that has it in the state of its game means that one.
  frame.valid_actions = textsOf(state.valid_actions) ?? textsOf(frame.valid_actions) ?? [];
  return frame;
}

function finishRejected(frame: JsonObject): JsonObject {
  frame.valid_actions = textsOf(frame.valid_actions) ?? [...defaults.rejectedActions];
  return frame;
}

function finishMatchEnd(frame: JsonObject): JsonObject {
  readTimes(frame);
  clean(frame, [['serverTimeMs', isNumber]]);
  if (Array.isArray(frame.results)) frame.results = frame.results.filter(isObject);
  else delete frame.results;
  return frame;
}

const turnRequest: Shape = {
  required: [['request_id', isName]],
  optional: [
    ...envelope,
    ['seat', isWhole],
    ['round_id', isText],
    ['timeout_ms', isClock],
    ['turn_duration_ms', isClock],
    ['deadline_ts', isNumber],
  ],
  finish: finishTurnRequest,
};

/**
 * Older servers put the open turn into `reconnected` (docs/protocol.md 4): the frame is handed on as that
 * `turn_request`.
 */
function finishReconnected(frame: JsonObject): JsonObject {
  const pending = frame.pending_request;
  if (!isObject(pending) || (pending.type !== undefined && pending.type !== 'turn_request')) return frame;
  Reflect.deleteProperty(pending, '__proto__');
  const turn = shaped(pending, turnRequest);
  if (turn === null) return frame;
  turn.type = 'turn_request';
  if (turn.match_id === undefined && frame.match_id !== undefined) turn.match_id = frame.match_id;
  return turn;
}

const hello: Shape = {
  optional: [
    ...envelope,
    ['endpoint', isText],
    ['selected_version', isText],
    ['server_name', isText],
    ['game_type', isText],
    ['game', isObject],
  ],
  finish: finishHello,
};
const ping: Shape = { optional: envelope };
const error: Shape = {
  optional: [...envelope, ['code', isText], ['message', isText], ['game_type', isText]],
};
const round: readonly Field[] = [...envelope, ['round_id', isText], ['round_number', isWhole]];

interface ShapeTable<F> {
  /** A map, never an object: the key comes from the network. */
  shapes: ReadonlyMap<string, Shape>;
  /** Asserts to the compiler that the table has checked what `shaped` returned. */
  isFrame(cleaned: JsonObject | null | F): cleaned is F;
}

function shapeTable<F extends { type: string }>(shapes: Record<F['type'], Shape>): ShapeTable<F> {
  return {
    shapes: new Map(Object.entries<Shape>(shapes)),
    isFrame: (cleaned): cleaned is F => cleaned !== null,
  };
}

const lobbyShapes = shapeTable<LobbyServerFrame>({
  hello,
  ping,
  matched: {
    required: [
      ['match_id', isName],
      ['participant_id', isName],
      ['gateway_ws_url', isName],
    ],
    optional: [...envelope, ['decision_timeout_ms', isClock]],
    finish: finishMatched,
  },
  evict: { optional: [...envelope, ['reason', isText]] },
  error,
});

const matchShapes = shapeTable<MatchServerFrame>({
  hello,
  ping,
  match_start: {
    optional: [...envelope, ['game_config', isObject], ['turn_timeout_ms', isClock], ['your_seat', isWhole]],
    finish: finishMatchStart,
  },
  round_start: { optional: round, finish: ensureObject('state') },
  turn_request: turnRequest,
  turn_result: { optional: [...envelope, ['seat', isWhole]], finish: ensureObject('details') },
  phase_change: { optional: envelope, finish: ensureObject('state') },
  round_result: { optional: round, finish: ensureObject('result') },
  action_rejected: {
    optional: [
      ...envelope,
      ['request_id', isText],
      ['reason', isText],
      ['message', isText],
      ['remaining_ms', isNumber],
    ],
    finish: finishRejected,
  },
  // The result of a match is kept whole, whatever shape it has: it cannot be asked for again.
  match_end: { finish: finishMatchEnd },
  error,
  reconnected: { optional: envelope, finish: finishReconnected },
  action_timeout: { optional: [...envelope, ['request_id', isText], ['auto_action', isText]] },
});

function shaped(frame: JsonObject, shape: Shape): JsonObject | null {
  if (shape.required !== undefined) {
    for (const [name, check] of shape.required) if (!check(frame[name])) return null;
  }
  if (shape.optional !== undefined) {
    readTimes(frame);
    clean(frame, shape.optional);
  }
  return shape.finish === undefined ? frame : shape.finish(frame);
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  if (Array.isArray(value)) return value.some((entry) => isDeeperThan(entry, depth - 1));
  for (const name in value) {
    if (isDeeperThan((value as JsonObject)[name], depth - 1)) return true;
  }
  return false;
}

/** A result comes once and cannot be asked for again: it is read however many values it has. */
const isResult = (text: string): boolean => outermostText(text, 'type') === 'match_end';

function decode<F extends { type: string }>(text: string, table: ShapeTable<F>): Decoded<F> {
  if (text.length > defaults.modestLength && hasManyValues(text, defaults.maxValues) && !isResult(text)) {
    return { ok: false, why: 'malformed', frameType: null };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not_json', frameType: null };
  }
  if (!isObject(parsed)) return { ok: false, why: 'not_an_object', frameType: null };
  if (Object.hasOwn(parsed, '__proto__')) Reflect.deleteProperty(parsed, '__proto__');

  const type = parsed.type;
  if (typeof type !== 'string') return { ok: false, why: 'malformed', frameType: null };
  const shape = table.shapes.get(type);
  if (shape === undefined) {
    return { ok: false, why: 'unknown_type', frameType: printable(type, defaults.maxFrameTypeLength) };
  }
  // Each level takes two characters at least, so short frames need no check.
  const tooDeep = text.length > 2 * defaults.maxDepth && isDeeperThan(parsed, defaults.maxDepth);
  const frame: JsonObject | F | null = tooDeep ? null : shaped(parsed, shape);
  if (!table.isFrame(frame)) return { ok: false, why: 'malformed', frameType: type };
  return { ok: true, frame };
}

/** Reads one text frame of the lobby. Never throws, whatever the text. */
export function decodeLobbyFrame(text: string): Decoded<LobbyServerFrame> {
  return decode(text, lobbyShapes);
}

/** Reads one text frame of the match gateway. Never throws, whatever the text. */
export function decodeMatchFrame(text: string): Decoded<MatchServerFrame> {
  return decode(text, matchShapes);
}
