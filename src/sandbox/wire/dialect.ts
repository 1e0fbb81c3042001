/**
 * The dialects of the platform (docs/protocol.md 11): the frames as players saw them, as the newest documents have them,
 * and as older servers sent them.
 */
import type { JsonObject, TurnRequest } from '../../protocol/frames.js';
import type { Scale } from '../../time/time-scale.js';
import type { DialectName } from '../terms/dialect-names.js';
import type { GameFrame } from './game-frame.js';
import { closeCodes } from './platform-closes.js';

const defaults = {
  /** What a client assumes as its clock where nothing is said of it. */
  unsaidClockMs: 2_000,
} as const;

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
  /** Whether the winner's cards are told when everybody else folded. */
  readonly showsLastSeat: boolean;
  /**
   * What becomes of frames beyond the limits: `warned` draws an error, and a close in the end; with `playedFor` they are
   * dropped without a word, and a turn that one of them answers is played for the seat.
   */
  readonly overLimit: 'warned' | 'playedFor';
  /** How a seat that came back too late is denied. */
  readonly graceExpired: {
    code: number;
    reason: string;
    error?: string;
    /** HTTP status of the upgrade, where that is refused already. */
    status?: number;
  };
}

const documents: Dialect = {
  timestamp: (ms) => new Date(ms).toISOString(),
  render: (frame) => frame,
  afterHandshake: null,
  resumed: (pending) => pending,
  playedFor: () => null,
  pingsWithFrames: false,
  showsLastSeat: false,
  overLimit: 'playedFor',
  graceExpired: { code: closeCodes.serverError, reason: 'grace_expired', error: 'grace_expired' },
};

const playedWith = (scale: Scale): Dialect => ({
  ...documents,
  render(frame) {
    if (frame.type !== 'match_start') return frame;
    const seen: JsonObject = { ...frame };
    delete seen['your_seat'];
    if ((frame.turn_timeout_ms ?? 0) <= scale.clock(defaults.unsaidClockMs)) delete seen['turn_timeout_ms'];
    return seen;
  },
  showsLastSeat: true,
  graceExpired: { ...documents.graceExpired, status: 403 },
});

const legacy: Dialect = {
  timestamp: (ms) => ms,
  render(frame) {
    const older: JsonObject & { type: string } = { ...frame };
    if (frame.type === 'reconnected' && frame.pending_request !== null) {
      older['pending_request'] = legacy.render(frame.pending_request);
    }
    for (const field of newerFields[frame.type] ?? []) delete older[field];
    return older;
  },
  afterHandshake: { type: 'session_token', token: 'sandbox-session', expires_in_seconds: 3_600 },
  resumed: (pending) => ({ type: 'reconnected', pending_request: pending }),
  playedFor: (requestId, action) => ({ type: 'action_timeout', request_id: requestId, auto_action: action }),
  pingsWithFrames: true,
  showsLastSeat: false,
  overLimit: 'warned',
  graceExpired: { code: closeCodes.reconnectExpired, reason: 'reconnect_expired' },
};

const newerFields: Readonly<Partial<Record<GameFrame['type'], readonly string[]>>> = {
  match_start: ['your_seat'],
  turn_request: ['turn_duration_ms', 'deadline_ts'],
  action_rejected: ['valid_actions', 'details'],
};

export function dialectOf({ dialect, scale }: { dialect: DialectName; scale: Scale }): Dialect {
  switch (dialect) {
    case 'played':
      return playedWith(scale);
    case 'documents':
      return documents;
    case 'legacy':
      return legacy;
  }
}
