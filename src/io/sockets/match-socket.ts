import { fromCallback } from 'xstate';
import type { MatchSocketCommand, MatchSocketInput, MatchSocketLogic } from '../../machines/ports.js';
import { botTokenSubprotocols } from '../../protocol/credential.js';
import { decodeMatchFrame } from '../../protocol/decode.js';
import type { Authenticate, MatchServerFrame } from '../../protocol/frames.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { runSocketPort, type SocketOptions, socketOptionNames } from './socket-port.js';

const defaults = {
  /** A table sends a frame with every action; the slowest clock is 30 s a turn (docs/protocol.md 4). */
  frameSilenceMs: 300_000,
} as const;

/**
 * Time limits for opening, in ms. A match that the lobby announced has 5 s until the gateway's `hello`
 * (docs/protocol.md 8.3). This limit ends just before that, because the port knows what the attempt waited for.
 */
const handshakeTimeoutMs: Readonly<Record<MatchCredential['kind'], number>> = {
  bot: 4_800,
  token: 10_000,
  ticket: 10_000,
};

/**
 * What proves the right to a seat. `bot`: the long-lived token of a remote bot, sent as a subprotocol. `token` and
 * `ticket`: what the platform gives an uploaded bot, sent in `authenticate` (docs/protocol.md 1).
 */
export type MatchCredential =
  | { kind: 'bot'; token: string }
  | { kind: 'token'; token: string }
  | { kind: 'ticket'; ticket: string };

const events = {
  hello: 'frame.hello',
  ping: 'frame.ping',
  match_start: 'frame.match_start',
  round_start: 'frame.round_start',
  turn_request: 'frame.turn_request',
  turn_result: 'frame.turn_result',
  phase_change: 'frame.phase_change',
  round_result: 'frame.round_result',
  action_rejected: 'frame.action_rejected',
  match_end: 'frame.match_end',
  error: 'frame.error',
  reconnected: 'frame.reconnected',
  action_timeout: 'frame.action_timeout',
} as const satisfies { [T in MatchServerFrame['type']]: `frame.${T}` };

function authenticateOf(credential: MatchCredential, matchId: string): Authenticate {
  if (credential.kind === 'ticket') {
    return { type: 'authenticate', match_id: matchId, ticket: credential.ticket };
  }
  // A remote bot is authenticated by the upgrade; its token must not be sent twice.
  return {
    type: 'authenticate',
    match_id: matchId,
    token: credential.kind === 'bot' ? '' : credential.token,
  };
}

/** Options of the `matchSocket` port. */
export interface MatchSocketOptions extends SocketOptions {
  credential: MatchCredential;
}

/**
 * The `matchSocket` port over a real WebSocket. A gateway that sends no frame for 5 minutes
 * (`limits.frameSilenceMs`) is given up.
 */
export function defineMatchSocket(given: MatchSocketOptions): MatchSocketLogic {
  refuseUnknown(given, { ...socketOptionNames, credential: true }, 'defineMatchSocket');
  const { credential, ...options } = given;
  const secret = credential.kind === 'ticket' ? credential.ticket : credential.token;
  return fromCallback<MatchSocketCommand, MatchSocketInput>(({ input, sendBack, receive }) =>
    runSocketPort(
      {
        ...options,
        matchId: input.matchId,
        limits: { ...defaults, handshakeTimeoutMs: handshakeTimeoutMs[credential.kind], ...options.limits },
        // Each ping measures the round trip, which the clock of a turn depends on.
        pings: 'always',
        decode: decodeMatchFrame,
        events,
        authenticate: authenticateOf(credential, input.matchId),
        secret,
        subprotocols: credential.kind === 'bot' ? botTokenSubprotocols(credential.token) : [],
      },
      { sendBack, receive },
    ),
  );
}
