/** `chipzen-agent/io`: the ports that the machines are given in a real session. */

// `IoClock` is its name in version 0.1, kept for one more.
export type { Clock, Clock as IoClock } from '../time/clock.js';
export { type BotHostOptions, defineBot } from './hosting/local-bot.js';
export {
  createFrameListeners,
  type FrameListener,
  type FrameListeners,
  type FrameListenersOptions,
} from './reports/frame-listeners.js';
export {
  createLogger,
  type EventLogger,
  type LogDestination,
  type LoggerOptions,
  logEvents,
  type PinoLevel,
  type SessionLogger,
} from './reports/logger.js';
export { defineReporter, type EventSubscriber, type ReporterOptions } from './reports/reporter.js';
export type { ConnectionLimits } from './sockets/connection.js';
export type { FrameRecorder, FrameTap } from './sockets/frame-tap.js';
export { defineLobbySocket, type LobbySocketOptions } from './sockets/lobby-socket.js';
export { defineMatchSocket, type MatchCredential, type MatchSocketOptions } from './sockets/match-socket.js';
export type { SocketOptions } from './sockets/socket-port.js';
