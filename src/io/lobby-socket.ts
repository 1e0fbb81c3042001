import { fromCallback } from 'xstate';
import type { LobbySocketCommand, LobbySocketLogic } from '../machines/ports.js';
import { decodeLobbyFrame } from '../protocol/decode.js';
import type { LobbyServerFrame } from '../protocol/frames.js';
import { runSocketPort, type SocketOptions } from './socket-port.js';

const defaults = {
  /** The lobby pings every 15 s (docs/protocol.md 2): two missed ones and some patience. */
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
  /** The bot's token. It leaves only in the `authenticate` frame. */
  token: string;
}

/**
 * The `lobbySocket` port over a real WebSocket. A lobby that sends no frame for 40 s (`limits.frameSilenceMs`) is
 * given up.
 */
export function defineLobbySocket({ token, ...options }: LobbySocketOptions): LobbySocketLogic {
  return fromCallback<LobbySocketCommand, undefined>(({ sendBack, receive }) =>
    runSocketPort(
      {
        ...options,
        limits: { ...defaults, ...options.limits },
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
