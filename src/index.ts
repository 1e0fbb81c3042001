/** The public surface of chipzen-agent. */
export { createAgent, runExternalBot } from './agent.js';
export type { BotModule } from './io/bot-module.js';
export { loadChipzenConfig, resolveToken } from './io/config.js';
export { type Connection, type ConnectOptions, connectToChipzen } from './io/connect.js';
export { BOT_TOKEN_SUBPROTOCOL, botTokenSubprotocols } from './io/match-socket.js';
export { type LobbyActor, type LobbyInput, type LobbyOutput, lobbyMachine } from './machines/lobby.js';
export { type MatchActor, type MatchInput, type MatchOutput, matchMachine } from './machines/match.js';
export { DEFAULT_RETRY_POLICY, RetryPolicy, type RetryPolicyOptions } from './machines/retry.js';
export type { RemoteBot } from './nats/remote-bot.js';
export type { Agent, AgentOptions, ChipzenConfig, Environment } from './options.js';
export { Action, type ActionName, type BotAnswer } from './poker/action.js';
export {
  Bot,
  type BotHooks,
  type BotLike,
  type BotMemory,
  type BotSource,
  type DecisionTimeout,
  type RawAnswer,
  type RawBot,
  type ReconnectInfo,
  type Turn,
} from './poker/bot.js';
export { type Card, formatCard, parseCard, type Rank, ranks, type Suit, suits } from './poker/card.js';
export { type GameState, parseGameState } from './poker/game-state.js';
export {
  AuthenticationError,
  BadBotError,
  BotDecisionError,
  ChipzenError,
  ConfigError,
  type ErrorCode,
  errorCodes,
  type Fault,
  InsecureUrlError,
  InternalError,
  LobbyNotFoundError,
  LobbyUnreachableError,
  MissingTokenError,
  MissingUrlError,
  NatsUnavailableError,
  OptionError,
  TokenRevokedError,
  UntrustedGatewayError,
} from './protocol/errors.js';
export type {
  AgentEvent,
  AnswerSource,
  EndReason,
  Loss,
  MissedTurn,
  TerminatedWhy,
  TimedAgentEvent,
} from './protocol/events.js';
export type * from './protocol/frames.js';
export { resolveGatewayUrl } from './protocol/gateway-url.js';
export type { AbandonReason, LatencySummary, MatchResult } from './protocol/results.js';
export { version } from './protocol/version.js';
export { type RunBotOptions, runBot } from './run-bot.js';
