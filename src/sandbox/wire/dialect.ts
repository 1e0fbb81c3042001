/** The differences between the frames of current and older servers (docs/protocol.md 3 and 4). */
import type { JsonObject, TurnRequest } from '../../protocol/frames.js';
import type { GameFrame } from './game-frame.js';
import { closeCodes } from './platform-closes.js';

export interface Dialect {
  /** `server_ts` of a frame, from epoch milliseconds. */
  timestamp(ms: number): string | number;
  /** A frame of play without the fields that this dialect does not have. */
  render(frame: GameFrame): object;
  /** The frame after the client's `hello`, before play; null: none. */
  readonly afterHandshake: (JsonObject & { type: string }) | null;
  /** The frame for a seat that is back, with its open turn; null: none. */
  resumed(pending: TurnRequest | null): GameFrame | null;
  /** The additional frame for a seat that the platform played for; null: none. */
  playedFor(requestId: string, action: string): GameFrame | null;
  /** Whether heartbeats of a match are frames; else they are WebSocket pings. */
  readonly pingsWithFrames: boolean;
  /** How a seat that came back too late is denied. */
  readonly graceExpired: { code: number; reason: string; error?: string };
}

const currentDialect: Dialect = {
  timestamp: (ms) => new Date(ms).toISOString(),
  render: (frame) => frame,
  afterHandshake: null,
  resumed: (pending) => pending,
  playedFor: () => null,
  pingsWithFrames: false,
  graceExpired: { code: closeCodes.serverError, reason: 'grace_expired', error: 'grace_expired' },
};

const legacyDialect: Dialect = {
  timestamp: (ms) => ms,
  render(frame) {
    const older: JsonObject & { type: string } = { ...frame };
    if (frame.type === 'reconnected' && frame.pending_request !== null) {
      older['pending_request'] = legacyDialect.render(frame.pending_request);
    }
    for (const field of newerFields[frame.type] ?? []) delete older[field];
    return older;
  },
  afterHandshake: { type: 'session_token', token: 'sandbox-session', expires_in_seconds: 3_600 },
  resumed: (pending) => ({ type: 'reconnected', pending_request: pending }),
  playedFor: (requestId, action) => ({ type: 'action_timeout', request_id: requestId, auto_action: action }),
  pingsWithFrames: true,
  graceExpired: { code: closeCodes.reconnectExpired, reason: 'reconnect_expired' },
};

const newerFields: Readonly<Partial<Record<GameFrame['type'], readonly string[]>>> = {
  match_start: ['your_seat'],
  turn_request: ['turn_duration_ms', 'deadline_ts'],
  action_rejected: ['valid_actions', 'details'],
};

export function dialectOf(legacy: boolean): Dialect {
  return legacy ? legacyDialect : currentDialect;
}
