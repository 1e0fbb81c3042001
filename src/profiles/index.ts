/** `chipzen-agent/profiles`: what bots do, counted over their hands. */
export type { BotStore, StoredValue } from '../bot/bot-store.js';
export type { HandHistory, HandLevel, HandSource, HistorySeat } from '../histories/hand-history.js';
export type { Interval } from '../statistics/interval.js';
export { type Field, type FieldBounds, fieldOf, outliersOf } from './field.js';
export { type LiveProfiles, type LiveProfilesOptions, openProfiles } from './live-profiles.js';
export type { MatchTally } from './match-tally.js';
export type { BotProfile, NodeAnswers, ProfileOptions, ShareEstimate } from './profile.js';
export { createProfileBook, type ProfileBook } from './profile-book.js';
export {
  type Answers,
  type ProfileCounts,
  type ShareDefinition,
  type ShareName,
  shareDefinitions,
  shareNames,
  sizeBandLabels,
  sizeBands,
} from './profile-statistics.js';
export { storedTallies, storeTally } from './stored-tallies.js';
