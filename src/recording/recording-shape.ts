/**
 * What is in a recording (docs/records.md): JSON Lines, of which this is the contract. A new field or type of record is no
 * new schema; a field that goes or means something else is one.
 */
import type { TableFact } from '../holdem/facts.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { JsonObject } from '../protocol/frames.js';
import type { MatchCounts, MatchResult } from '../protocol/results.js';

/** The schema that this version writes, and the newest that it reads. */
export const recordingSchema = 1;

/** A source file of the bot, its path from the bot file's folder. */
export interface PlayedFile {
  path: string;
  sha256: string;
}

/** Which code played. */
export interface PlayedCode {
  /**
   * SHA-256 over the bot's source files, in hex: the same code has the same hash on every machine. Null where the files are
   * not known; then `why` says so.
   */
  hash: string | null;
  why: string | null;
  files: PlayedFile[];
  /** The commit in git, with `+` where tracked files in the bot's folder differ from it; null: `gitWhy` says why. */
  git: string | null;
  gitWhy: string | null;
}

/** Written at the start of a file, and again by each process that goes on with it. */
export interface RecordingHeader {
  type: 'header';
  schema: number;
  /** Epoch milliseconds of the wall clock, as in all records. */
  at: number;
  /** `agent`: what one bot saw. `platform`: the whole table, as a local platform played it. */
  by: 'agent' | 'platform';
  /** Null in the recording of a session, which has what belongs to no match. */
  matchId: string | null;
  /** The bot's own id in this match; null where it is not known. */
  participantId: string | null;
  /** The version of chipzen-agent. */
  package: string;
  node: string;
  /** Tells which process wrote it. */
  pid: number;
  /** What its user called this version of the bot. */
  label: string | null;
  bot: RecordedBot | null;
  /** The deployment of the platform: `prod`, `staging` or `local`. */
  env: string | null;
  lobby: string | null;
  played: PlayedCode | null;
  /** Only of a platform: by seat. */
  players?: string[];
  /** Only of an arena: which of its hands these are. */
  arena?: RecordedLeg;
}

/** A leg of a block of an arena (docs/arena.md): the same decks as the other legs of the block, with other seats. */
export interface RecordedLeg {
  seed: string;
  /** Numbers from 0. */
  pairing: number;
  leg: number;
  /** The pair of the first hand: of deals each hand is the next pair. */
  firstPair: number;
}

/** The bot that played. */
export interface RecordedBot {
  /** Of its class or export, or of its file. */
  name: string | null;
  /** The file as it was given. */
  file: string | null;
}

/** Where `lost` records are missing: they could not be written in time. */
export interface RecordingGap {
  type: 'gap';
  at: number;
  lost: number;
}

/** A frame as it went over the wire, without secrets. */
export interface RecordedFrame {
  /** From the server, or to it. */
  type: 'in' | 'out';
  at: number;
  frame: JsonObject;
}

/** An event of the agent. The answer to a turn is `turn.answered`, with what the bot noted in `note`. */
export interface RecordedEvent {
  type: 'event';
  at: number;
  event: TimedAgentEvent;
}

/** A fact of the table of a local platform, all cards face up. */
export interface RecordedFact {
  type: 'fact';
  at: number;
  fact: TableFact;
}

/** An event of a local platform, apart from the facts of its table. */
export interface RecordedPlatformEvent {
  type: 'platform';
  at: number;
  event: { type: string } & JsonObject;
}

/** The last record of a file that was closed. A later process may go on behind it. */
export interface RecordingEnd {
  type: 'end';
  at: number;
}

/** What a line of a recording can be (docs/records.md). */
export type RecordingRecord =
  | RecordingHeader
  | RecordedFrame
  | RecordedEvent
  | RecordedFact
  | RecordedPlatformEvent
  | RecordingGap
  | RecordingEnd;

/** A line of `results.jsonl`. */
export interface RecordedResult
  extends MatchCounts,
    Pick<
      MatchResult,
      | 'matchId'
      | 'participantId'
      | 'rated'
      | 'outcome'
      | 'abandonReason'
      | 'seat'
      | 'netChips'
      | 'latencyMs'
      | 'startedAt'
      | 'endedAt'
    > {
  schema: number;
  at: number;
  /** As the server named them; empty where it did not. */
  opponents: string[];
  label: string | null;
  bot: RecordedBot | null;
  env: string | null;
  package: string;
  /** As in `PlayedCode`. */
  hash: string | null;
  git: string | null;
  /** The name of the match's own file in the same folder; null: it could not be opened. */
  file: string | null;
  /**
   * Who told how the match ended, where the agent did not see it: its chips are what the platform's records say, `endedAt` is
   * when the agent last had something of it, and what is counted is what was recorded until then. Not there: it saw it.
   */
  toldBy?: 'platform';
}
