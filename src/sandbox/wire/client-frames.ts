/** What clients may send, read strictly: the platform refuses what the protocol does not name (docs/protocol.md 1). */
import { isObject, isText } from '../../protocol/checks.js';
import {
  type Authenticate,
  type ClientHello,
  type JsonObject,
  type Pong,
  type TurnAction,
  wire,
} from '../../protocol/frames.js';

/** What the lobby understands. */
export type LobbyClientFrame = Extract<Authenticate, { token: string }> | Pong;

/** What the gateway understands. */
export type MatchClientFrame =
  | { type: 'authenticate'; match_id: string; token?: string; ticket?: string }
  | (Omit<ClientHello, 'client_name' | 'client_version'> & { client_name?: string; client_version?: string })
  /** Without an action it stands for an answer all the same, and is rejected as one. */
  | (Omit<TurnAction, 'action'> & { action?: string })
  | { type: 'pong'; match_id?: string };

/** A frame, or the `error` that tells the client why it is none. */
export type Read<Frame> =
  | { ok: true; frame: Frame }
  | {
      ok: false;
      code: 'malformed_message' | 'unknown_type' | 'unknown_field';
      message: string;
      /** False for what is no JSON object at all. */
      isObject?: boolean;
    };

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

interface Shape {
  required?: Fields;
  optional?: Fields;
  /** What cannot be said field by field: why this frame is refused, or null. */
  refuse?: (frame: JsonObject) => string | null;
}

const maxQuotedLength = 40;

const isTextList: Check = (value) => Array.isArray(value) && value.every(isText);
const isTextUpTo =
  (maxLength: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= maxLength;

const lobbyShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['authenticate', { required: { token: isText } }],
  ['pong', {}],
]);

const matchShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'authenticate',
    {
      required: { match_id: isText },
      optional: { token: isText, ticket: isText },
      refuse: ({ token, ticket }) =>
        (token === undefined) === (ticket === undefined) ? 'Give exactly one of token and ticket.' : null,
    },
  ],
  [
    'hello',
    {
      required: { match_id: isText, supported_versions: isTextList },
      optional: {
        client_name: isTextUpTo(wire.maxClientNameLength),
        client_version: isTextUpTo(wire.maxClientVersionLength),
        supported_games: isTextList,
      },
    },
  ],
  [
    'turn_action',
    {
      required: { match_id: isText, request_id: isText },
      optional: { action: isText, params: isObject },
    },
  ],
  ['pong', { optional: { match_id: isText } }],
]);

export function readLobbyFrame(text: string): Read<LobbyClientFrame> {
  return read<LobbyClientFrame>(text, lobbyShapes);
}

export function readMatchFrame(text: string): Read<MatchClientFrame> {
  return read<MatchClientFrame>(text, matchShapes);
}

/** `Frame` is what the shapes describe; they are written side by side above. */
function read<Frame>(text: string, shapes: ReadonlyMap<string, Shape>): Read<Frame> {
  const frame = parse(text);
  if (frame === null) return { ok: false, code: 'malformed_message', message: 'A frame is a JSON object.' };
  const shape = typeof frame.type === 'string' ? shapes.get(frame.type) : undefined;
  if (shape === undefined) {
    return refused('unknown_type', `A frame here has one of the types ${[...shapes.keys()].join(', ')}.`);
  }
  const { required = {}, optional = {}, refuse } = shape;
  for (const [name, check] of Object.entries(required)) {
    if (!Object.hasOwn(frame, name)) return refused('malformed_message', `The field ${name} is missing.`);
    if (!check(frame[name])) return refused('malformed_message', `The field ${name} cannot be used.`);
  }
  for (const name of Object.keys(frame)) {
    if (name === 'type' || Object.hasOwn(required, name)) continue;
    const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (check === undefined) {
      return refused('unknown_field', `There is no field ${name.slice(0, maxQuotedLength)} in this frame.`);
    }
    if (!check(frame[name])) return refused('malformed_message', `The field ${name} cannot be used.`);
  }
  const why = refuse?.(frame) ?? null;
  return why === null ? { ok: true, frame: frame as Frame } : refused('malformed_message', why);
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function refused<Frame>(code: Extract<Read<Frame>, { ok: false }>['code'], message: string): Read<Frame> {
  return { ok: false, code, message, isObject: true };
}
