/** The public surface of chipzen-agent. */
export { createAgent, runExternalBot } from './agent/agent.js';
export { connectToPlatform, type PlatformOptions } from './agent/connect-to-platform.js';
export { type RunBotOptions, runBot } from './agent/run-bot.js';
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
} from './bot/bot.js';
export { Action, type ActionName, type BotAnswer } from './holdem/action.js';
export { type Card, formatCard, parseCard, type Rank, ranks, type Suit, suits } from './holdem/card.js';
export { type GameState, parseGameState } from './holdem/game-state.js';
export type { BotModule } from './io/hosting/bot-module.js';
export type { RemoteBot } from './io/hosting/remote/remote-bot.js';
export type { Agent, AgentOptions, ChipzenConfig, Environment } from './io/settings/agent-options.js';
export { loadChipzenConfig, resolveToken } from './io/settings/config.js';
export {
  type ConnectOptions,
  connectToChipzen,
  type LobbyAddress,
  // `Connection` is its name in version 0.1, kept for one more.
  type LobbyAddress as Connection,
} from './io/settings/session.js';
export { type LobbyActor, type LobbyInput, type LobbyOutput, lobbyMachine } from './machines/lobby.js';
export { type MatchActor, type MatchInput, type MatchOutput, matchMachine } from './machines/match.js';
export { DEFAULT_RETRY_POLICY, RetryPolicy, type RetryPolicyOptions } from './machines/retry.js';
export type { PlatformClient } from './platform/platform-client.js';
export {
  PlatformAnswerError,
  PlatformRefusedError,
  PlatformUnreachableError,
} from './platform/platform-error.js';
export { BOT_TOKEN_SUBPROTOCOL, botTokenSubprotocols } from './protocol/credential.js';
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
  StateWriteError,
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
export type { AbandonReason, LatencySummary, MatchCounts, MatchResult } from './protocol/results.js';
export { version } from './protocol/version.js';
