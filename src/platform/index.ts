/** `chipzen-agent/platform`: a client of the platform's HTTP requests. */

export type { Proxy } from '../network/environment-proxy.js';
export type * from '../protocol/http-answers.js';
export type * from '../protocol/http-records.js';
export type { CallOptions } from './caller.js';
export { explainedCodes, explainRefusal } from './error-codes.js';
export type { ChallengesClient, FixturesClient, QueueClient } from './matchmaking-client.js';
export { createPlatformClient, type PlatformClient } from './platform-client.js';
export {
  PlatformAnswerError,
  PlatformRefusedError,
  PlatformUnreachableError,
  type Refusal,
} from './platform-error.js';
export type { PlatformEvent, PlatformListener } from './platform-events.js';
export type { PlatformClientOptions } from './platform-options.js';
export type { ChipsBySeat, RaiseMeaning } from './raise-meaning.js';
export type {
  Fixture,
  HouseMatch,
  NewToken,
  QueuePlace,
  RemoteChallenge,
  RemoteOpponent,
  TokenFacts,
} from './read-answers.js';
export type { ReadHands } from './read-hands.js';
export type { Participant, PublicBot, RecordedMatch, Replay } from './read-records.js';
export type { RecordGate } from './record-lane.js';
export type { RecordedAction, RecordedHand, ShownCards, UnreadableHand } from './recorded-hand.js';
export type { MatchFilter, MatchPage, MatchWalk, RecordsClient } from './records-client.js';
export type { TokensCallOptions, TokensClient } from './tokens-client.js';
