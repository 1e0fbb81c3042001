/**
 * The public surface of chipzen-agent. Names of the official SDK that differ from ours are aliases (docs/migrating.md).
 */
export { createAgent, runExternalBot } from './agent/agent.js';
export { connectToPlatform, type PlatformOptions } from './agent/connect-to-platform.js';
export { playMatch } from './agent/play-match.js';
export { runBot } from './agent/run-bot.js';
export {
  Bot,
  type BotFactory,
  type BotHooks,
  type BotLike,
  type BotMemory,
  type BotSource,
  type DecisionTimeout,
  type MatchEndResults,
  type RawAnswer,
  type RawBot,
  type ReconnectInfo,
  type Turn,
} from './bot/bot.js';
export type { BotStore, StoredValue } from './bot/bot-store.js';
export {
  type ConformanceCheck,
  DEFAULT_MAX_UPLOAD_BYTES,
  DEFAULT_TIMEOUT_WARN_MS,
  PLATFORM_TIMEOUT_MS,
  type RunConformanceOptions,
  runConformanceChecks,
  type Severity,
  type ValidateOptions,
  type ValidationResult,
  validateBot,
} from './check/official-checks.js';
export type * from './histories/collection/collected-match.js';
export {
  type Collection,
  type CollectionOptions,
  readCollection,
  type WantedFiles,
} from './histories/collection/read-collection.js';
export type { FileReport } from './histories/collection/read-hand-file.js';
export type { HandRefusalCode, RefusedHand } from './histories/formats/hand-refusal.js';
export type * from './histories/hand-history.js';
export { Action, type ActionName, type ActionName as ActionKind, type BotAnswer } from './holdem/action.js';
export {
  type Card,
  cardFromString,
  formatCard,
  formatCard as cardToString,
  parseCard,
  type Rank,
  ranks,
  type Suit,
  suits,
} from './holdem/card.js';
export {
  type GameState,
  type HistoryAction,
  type HistoryAction as ActionHistoryEntry,
  type KnownHand,
  parseGameState,
  type TurnFrame,
} from './holdem/game-state.js';
export type { BotModule } from './io/hosting/bot-module.js';
export type { RemoteBot } from './io/hosting/remote/remote-bot.js';
export type {
  Agent,
  AgentOptions,
  AgentOptions as RunExternalBotOptions,
  ChipzenConfig,
  Environment,
  Environment as EnvName,
  RecordOptions,
} from './io/settings/agent-options.js';
export {
  CONFIG_FILENAME,
  type GivenToken,
  loadChipzenConfig,
  resolveToken,
  resolveUrl,
  SECTION_NAME,
} from './io/settings/config.js';
export { ENV_NAMES, ENV_VAR_NAME } from './io/settings/endpoints.js';
export type { RunBotOptions } from './io/settings/known-match.js';
export {
  type ConnectOptions,
  type ConnectOptions as ConnectToChipzenOptions,
  connectToChipzen,
  type LobbyAddress,
  // `Connection` is its name in version 0.1, kept for one more.
  type LobbyAddress as Connection,
  type LobbyAddress as ConnectionConfig,
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
  ConfigError as ChipzenConfigError,
  type ErrorCode,
  errorCodes,
  type Fault,
  HandoverError,
  InsecureUrlError,
  InternalError,
  LobbyNotFoundError,
  LobbyUnreachableError,
  MatchUnreachableError,
  MissingTokenError,
  MissingUrlError,
  NatsUnavailableError,
  OptionError,
  StateWriteError,
  StoreError,
  type StoreRefusal,
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
export { SUPPORTED_PROTOCOL_VERSIONS } from './protocol/frames.js';
export { resolveGatewayUrl } from './protocol/gateway-url.js';
export type { AbandonReason, LatencySummary, MatchCounts, MatchResult } from './protocol/results.js';
export { version, version as VERSION } from './protocol/version.js';
export type { LineCounts } from './recording/json-lines.js';
export { type RecordedRating, type RecordedRatings, readRatings } from './recording/ratings-file.js';
export {
  type RecordedResults,
  type Recording,
  readRecording,
  readResults,
} from './recording/read-recording.js';
export type * from './recording/recording-shape.js';
export { type ScaffoldOptions, scaffoldBot } from './scaffold/scaffold-bot.js';
