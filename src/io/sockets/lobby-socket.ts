import { fromCallback } from 'xstate';
import type { LobbySocketCommand, LobbySocketLogic } from '../../machines/ports.js';
import { decodeLobbyFrame } from '../../protocol/decode.js';
import type { LobbyServerFrame } from '../../protocol/frames.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { runSocketPort, type SocketOptions, socketOptionNames } from './socket-port.js';

const defaults = {
  /** The lobby sends a ping every 15 s (docs/protocol.md 2); when that is missing the agent sends one. */
  pongTimeoutMs: 5_000,
  /** Two missed pings of the lobby and some time more, for a lobby that answers pings but sends nothing. */
  frameSilenceMs: 40_000,
} as const;

const events = {
  hello: 'frame.hello',
  ping: 'frame.ping',
  matched: 'frame.matched',
  evict: 'frame.evict',
  error: 'frame.error',
} as const satisfies { [T in LobbyServerFrame['type']]: `frame.${T}` };

/** Options of the `lobbySocket` port. */
export interface LobbySocketOptions extends SocketOptions {
  /** The bot's token. It is sent only in the `authenticate` frame. */
  token: string;
}

/**
 * The `lobbySocket` port over a real WebSocket. A lobby that gives no sign of life for 15 s and does not answer a ping
 * within 5 s (`limits.keepaliveIntervalMs`, `pongTimeoutMs`), or sends no frame for 40 s (`frameSilenceMs`), is given up.
 */
export function defineLobbySocket(given: LobbySocketOptions): LobbySocketLogic {
  refuseUnknown(given, { ...socketOptionNames, token: true }, 'defineLobbySocket');
  const { token, ...options } = given;
  return fromCallback<LobbySocketCommand, undefined>(({ sendBack, receive }) =>
    runSocketPort(
      {
        ...options,
        matchId: null,
        limits: { ...defaults, ...options.limits },
        pings: 'silence',
        decode: decodeLobbyFrame,
        events,
        authenticate: { type: 'authenticate', token },
        secret: token,
        subprotocols: [],
      },
      { sendBack, receive },
    ),
  );
}
