/**
 * The common part of both socket ports: commands in, facts out, one connection at a time (see src/machines/ports.ts).
 */

import type { FrameIgnored, SocketClosed, SocketCommand, SocketRefused } from '../../machines/ports.js';
import type { FrameTiming } from '../../machines/turn-budget.js';
import type { Proxy } from '../../network/environment-proxy.js';
import type { Decoded } from '../../protocol/decode.js';
import { encodeFrame } from '../../protocol/encode.js';
import type { RefusedWhy } from '../../protocol/events.js';
import type { Authenticate, ClientFrame, ServerFrame, TurnRequest } from '../../protocol/frames.js';
import { createMask, credentialMark, type Mask } from '../../protocol/redact.js';
import { type Clock, timesOf } from '../../time/clock.js';
import type { ClockJumps } from '../../time/clock-jumps.js';
import { type Arrivals, watchArrivals } from './arrivals.js';
import { type Connection, type ConnectionLimits, openConnection } from './connection.js';
import type { FrameRecorder, FrameTap } from './frame-tap.js';

const defaults = {
  /** Once the result has arrived, longer frames are not read: they may be results again, and cost memory. */
  modestLength: 64 * 1024,
  /** A turn that is later than this, and later than a round trip, triggers a ping. */
  minCheckedMs: 100,
  /** At least so many turns are remembered to recognize repeats, and at most twice as many. */
  rememberedTurns: 128,
} as const;

/** Frames that may come before the first frame of the table itself. */
const beforePlay: ReadonlySet<string> = new Set(['hello', 'ping', 'error', 'reconnected']);

/** Options of both socket ports. */
export interface SocketOptions {
  /** A `User-Agent` of its own, such as `chipzen-agent/0.2.0` (docs/protocol.md 1). */
  userAgent: string;
  /** Timers of the connection. Default: the process's. */
  clock?: Clock;
  /** Milliseconds that do not jump, the same source as the machine's. Default: the process's own time. */
  now?: () => number;
  /** Epoch milliseconds of the wall clock. Default: `now` where that is given, else `Date.now`. */
  wallNow?: () => number;
  /** Reports jumps of the wall clock. Default: the process's watcher. */
  jumps?: ClockJumps;
  /** The HTTP proxy to go through; null: none. Default: what the environment names for the URL. */
  proxy?: Proxy | null;
  /** Aborting it ends the connection at once; later attempts fail at once. */
  signal?: AbortSignal;
  /** Limits other than the defaults. */
  limits?: Partial<ConnectionLimits>;
  /** Told each frame in both directions, while it is open. Default: nobody is. */
  tap?: FrameTap;
  /** Told the text of each frame. Default: nobody is. */
  record?: FrameRecorder;
  /** Called when a frame has come. Default: nobody is told. */
  onArrival?: (matchId: string | null) => void;
}

/** The names of these options, to refuse others. */
export const socketOptionNames: Readonly<Record<keyof SocketOptions, true>> = {
  userAgent: true,
  clock: true,
  now: true,
  wallNow: true,
  jumps: true,
  proxy: true,
  signal: true,
  limits: true,
  tap: true,
  record: true,
  onArrival: true,
};

interface SocketPort<Frame extends ServerFrame> extends SocketOptions {
  /** Null for the lobby. */
  matchId: string | null;
  decode: (text: string) => Decoded<Frame>;
  /** Event types by frame type. Text from the network never becomes part of an event type. */
  events: Readonly<Record<Frame['type'], `frame.${string}`>>;
  authenticate: Authenticate;
  secret: string;
  subprotocols: readonly string[];
  pings: 'always' | 'silence';
}

/** A decoded frame under its event type. */
interface FrameFact<Frame> {
  type: `frame.${string}`;
  frame: Frame;
  /** Only of a turn: other frames have no clock. */
  timing?: FrameTiming;
}

type Fact<Frame> = { type: 'socket.opened' } | SocketClosed | SocketRefused | FrameIgnored | FrameFact<Frame>;

/** The two ends of a callback actor that a port uses. */
interface PortEnds<Frame, Sent> {
  sendBack: (fact: Fact<Frame>) => void;
  receive: (listener: (command: SocketCommand<Sent>) => void) => void;
}

/** Runs a socket port until the returned function is called. That function reports nothing. */
export function runSocketPort<Frame extends ServerFrame, Sent extends ClientFrame>(
  port: SocketPort<Frame>,
  { sendBack, receive }: PortEnds<Frame, Sent>,
): () => void {
  const events: ReadonlyMap<string, `frame.${string}`> = new Map(
    Object.entries<`frame.${string}`>(port.events),
  );
  const mask = createMask([port.secret]);
  const { tap } = port;
  let connection: Connection | null = null;
  /** The arrivals of the open connection. */
  let arrivals: Arrivals | null = null;
  /** Request ids of the newest turns, on whichever connection, and those of as many turns before. */
  let asked = new Set<string>();
  let askedBefore = new Set<string>();

  const hangUp = () => {
    connection?.abandon();
    connection = null;
  };

  const remember = (id: string) => {
    if (asked.size >= defaults.rememberedTurns) {
      askedBefore = asked;
      asked = new Set();
    }
    asked.add(id);
  };

  const connect = (url: string) => {
    hangUp();
    // A new connection may lead to another machine with another clock.
    const turns = watchArrivals(timesOf(port).now);
    arrivals = turns;
    let isInPlay = false;
    /** Frames after a result are of no use. */
    let isOver = false;
    const timingOf = ({ serverTimeMs: sentAt, request_id: id }: TurnRequest): FrameTiming => {
      const newestMs = connection?.newestRoundTripMs ?? 0;
      const isRepeat = asked.has(id) || askedBefore.has(id);
      const lateMs = sentAt === undefined ? 0 : turns.arrived(sentAt, newestMs, isRepeat);
      // A ping shows before the next turn whether the network is slow or a clock is off.
      if (lateMs > Math.max(newestMs, defaults.minCheckedMs)) connection?.ping();
      remember(id);
      return { lateMs, roundTripMs: connection?.roundTripMs ?? null, isFresh: isInPlay && !isRepeat };
    };
    connection = openConnection(
      { ...port, url },
      {
        onOpen: () => sendBack({ type: 'socket.opened' }),
        onText: (text) => {
          if (isOver && text.length > defaults.modestLength) return;
          const masked = mask.json(text);
          const decoded = port.decode(masked);
          if (!decoded.ok) {
            sendBack({ type: 'frame.ignored', why: decoded.why, frameType: decoded.frameType });
            return;
          }
          const { frame } = decoded;
          const type = events.get(frame.type);
          if (type === undefined) return;
          port.record?.(port.matchId, 'in', masked);
          port.onArrival?.(port.matchId);
          if (tap?.isOpen === true) {
            const current = connection;
            tap.report(port.matchId, 'in', frame);
            // A listener may have ended the session.
            if (connection !== current) return;
          }
          if (frame.type === 'turn_request') {
            const timing = timingOf(frame);
            isInPlay = true;
            sendBack({ type, frame, timing });
            return;
          }
          if (!isInPlay && !beforePlay.has(frame.type)) isInPlay = true;
          if (frame.type === 'match_end') isOver = true;
          sendBack({ type, frame });
        },
        onBinary: () => sendBack({ type: 'frame.ignored', why: 'binary', frameType: null }),
        onClosed: (closed) => {
          connection = null;
          sendBack({ type: 'socket.closed', ...closed });
        },
      },
    );
  };

  const refuse = (frame: ClientFrame, why: RefusedWhy) => {
    const turn = frame.type === 'turn_action' ? { requestId: frame.request_id } : {};
    sendBack({ type: 'socket.refused', why, frameType: frame.type, ...turn });
  };

  const tell = (frame: ClientFrame, text: string) => {
    if (port.record === undefined && tap?.isOpen !== true) return;
    const told = asTold(frame, text, mask);
    port.record?.(port.matchId, 'out', told);
    if (tap?.isOpen === true) tap.report(port.matchId, 'out', JSON.parse(told) as ClientFrame);
  };

  const send = (frame: ClientFrame) => {
    const encoded = encodeFrame(frame);
    if (!encoded.ok) return refuse(frame, encoded.why);
    if (connection?.send(encoded.text) !== true) return refuse(frame, 'not_open');
    tell(frame, encoded.text);
    if (frame.type === 'hello') arrivals?.sent();
    if (frame.type === 'turn_action') arrivals?.sent(frame.request_id);
  };

  receive((command) => {
    switch (command.type) {
      case 'socket.connect':
        connect(command.url);
        break;
      case 'socket.authenticate':
        send(port.authenticate);
        break;
      case 'socket.send':
        send(command.frame);
        break;
      case 'socket.close':
        hangUp();
        break;
    }
  });

  return hangUp;
}

/** The text of a sent frame as the other side reads it, with its credential masked. */
function asTold(frame: ClientFrame, text: string, mask: Mask): string {
  return mask.json(frame.type === 'authenticate' ? JSON.stringify(withoutCredential(frame)) : text);
}

/** Replaces the credential by name: short ones are not searched for in text (see `isMaskable`). An empty one stays. */
function withoutCredential(frame: Authenticate): Authenticate {
  if ('ticket' in frame) return { ...frame, ticket: credentialMark };
  return frame.token === '' ? frame : { ...frame, token: credentialMark };
}
