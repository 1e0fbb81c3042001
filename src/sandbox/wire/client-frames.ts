/**
 * Reads the frames of clients strictly: the platform refuses fields that the protocol does not have (docs/protocol.md
 * 1).
 */
import { isObject, isText } from '../../protocol/checks.js';
import {
  type Authenticate,
  type ClientHello,
  type JsonObject,
  type Pong,
  type TurnAction,
  wire,
} from '../../protocol/frames.js';

/** Frames that the lobby accepts. */
export type LobbyClientFrame = Extract<Authenticate, { token: string }> | Pong;

/** Frames that the gateway accepts. */
export type MatchClientFrame =
  /** Remote play is authenticated at the upgrade, so the credential here may be anything. */
  | { type: 'authenticate'; match_id: string; token?: unknown; ticket?: unknown }
  | (Omit<ClientHello, 'client_name' | 'client_version'> & { client_name?: string; client_version?: string })
  /** A frame without an action still counts as an answer, and is rejected. */
  | (Omit<TurnAction, 'action'> & { action?: string })
  | { type: 'pong'; match_id?: string };

/** A frame, or the `error` for the client when it is not valid. */
export type Read<Frame> =
  | { ok: true; frame: Frame }
  | {
      ok: false;
      code: 'malformed_message' | 'unknown_type' | 'unknown_field';
      message: string;
      /** False when the text is not a JSON object. */
      isObject?: boolean;
    };

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

interface Shape {
  required?: Fields;
  optional?: Fields;
}

const maxQuotedLength = 40;

const isTextList: Check = (value) => Array.isArray(value) && value.every(isText);
const isTextUpTo =
  (maxLength: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= maxLength;

const isAnything: Check = () => true;

/** What the frames of a handshake may have besides `type`: one list for all of them (docs/protocol.md 3). */
const handshakeFields: Fields = {
  match_id: isText,
  token: isAnything,
  ticket: isAnything,
  supported_versions: isTextList,
  client_name: isTextUpTo(wire.maxClientNameLength),
  client_version: isTextUpTo(wire.maxClientVersionLength),
  supported_games: isTextList,
};

const lobbyShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['authenticate', { required: { token: isText }, optional: handshakeFields }],
  ['pong', {}],
]);

const matchShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['authenticate', { required: { match_id: isText }, optional: handshakeFields }],
  ['hello', { required: { match_id: isText, supported_versions: isTextList }, optional: handshakeFields }],
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

/** `Frame` is the type that the shapes above describe. */
function read<Frame>(text: string, shapes: ReadonlyMap<string, Shape>): Read<Frame> {
  const frame = parse(text);
  if (frame === null) return { ok: false, code: 'malformed_message', message: 'A frame is a JSON object.' };
  const shape = typeof frame.type === 'string' ? shapes.get(frame.type) : undefined;
  if (shape === undefined) {
    return refused('unknown_type', `A frame here has one of the types ${[...shapes.keys()].join(', ')}.`);
  }
  const { required = {}, optional = {} } = shape;
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
  return { ok: true, frame: frame as Frame };
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
