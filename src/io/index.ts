/** `chipzen-agent/io`: the ports that the machines are given in a real session. */
export { type BotHostOptions, defineBot } from './bot-host.js';
export type { IoClock } from './clock.js';
export type { ConnectionLimits } from './connection.js';
export { defineLobbySocket, type LobbySocketOptions } from './lobby-socket.js';
export { createLogger, type LoggerOptions, logEvents } from './logger.js';
export { defineMatchSocket, type MatchCredential, type MatchSocketOptions } from './match-socket.js';
export { defineReporter, type EventSubscriber, type ReporterOptions } from './reporter.js';
export type { SocketOptions } from './socket-port.js';
