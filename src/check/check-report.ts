/** What a check found, as plain data: what a person reads and what a program gets are made of it. */
import type { WireAction } from '../protocol/frames.js';

/**
 * `costs`: chips or matches would be lost. `warning`: it may cost some elsewhere or later. `told`: a fact that need not be
 * a fault.
 */
export type FindingWeight = 'costs' | 'warning' | 'told';

/** What can be wrong with a bot. Codes stay the same from version to version. */
export type FindingCode =
  // The bot cannot play at all.
  | 'not_made'
  // Its answer was not what it has to be, and another one was sent in its place.
  | 'not_an_action'
  | 'not_offered'
  | 'no_amount'
  | 'raise_too_small'
  | 'raise_too_large'
  | 'raise_not_whole'
  // More than half of its answers were not legal.
  | 'mostly_illegal'
  // There was no answer.
  | 'threw'
  | 'late'
  | 'no_answer'
  // It, or what it runs in, broke.
  | 'hook_threw'
  | 'hook_slow'
  | 'background_error'
  | 'blocked'
  | 'exited'
  | 'crashed'
  | 'out_of_memory'
  // It plays, and not as it should.
  | 'folds_the_nuts'
  | 'thread_held'
  | 'near_memory_limit'
  | 'mixes';

/** One thing that was found. */
export interface BotFinding {
  code: FindingCode;
  weight: FindingWeight;
  /** One sentence: what happened. */
  message: string;
  /** The hook in which it happened, where it was one; `decide` for a turn. */
  hook: string | null;
  requestId: string | null;
  /** What the bot asked for, where something else was sent. Plain data. */
  asked?: unknown;
  /** What was sent instead. */
  sent?: WireAction;
  /** File and line in the author's own code, where they are known. */
  place?: string;
  /** Lines of the stack of the bot's error. */
  stack?: string[];
}

/** One turn, and what was answered. */
export interface CheckedTurn {
  requestId: string;
  street: string;
  offered: string[];
  answer: WireAction;
  /** Who chose it, as in `turn.answered`. */
  source: string;
  /** Milliseconds from the request to the answer. */
  latencyMs: number;
}

/** What belongs together in a report, in this order. */
export const checkGroups = [
  'start',
  'clocks',
  'streets',
  'traps',
  'protocol',
  'sameness',
  'self-play',
  'legality',
  'resources',
] as const;

/** What the parts of a check are about. */
export type CheckGroup = (typeof checkGroups)[number];

/** One thing that a check plays, and how it ended. */
export interface CheckPart {
  /** Stays the same from version to version. */
  id: string;
  group: CheckGroup;
  title: string;
  /** `skipped`: it was not played; `why` says why. */
  status: 'passed' | 'warned' | 'failed' | 'skipped';
  why: string | null;
  turns: CheckedTurn[];
  findings: BotFinding[];
}

/** What was measured. Null: not measured. */
export interface CheckFigures {
  /** From the start to a bot that is made, in ms. */
  startMs: number | null;
  /** The first decision of all, in ms. */
  firstDecisionMs: number | null;
  decisions: number;
  /** Of all decisions but the first. */
  p50Ms: number | null;
  maxMs: number | null;
  /** The longest time for which the bot held its thread, in ms. */
  heldMs: number | null;
  /** The most memory that was seen, in MB. */
  memoryMb: number | null;
  memoryLimitMb: number | null;
  /** Of self-play. */
  hands: number;
  durationMs: number;
}

/** What a check found. */
export interface CheckReport {
  /** Nothing was found that costs chips, and all was played. */
  passed: boolean;
  /** False: the time of the check was over before its end. */
  finished: boolean;
  /** In the order in which they were played. */
  parts: CheckPart[];
  figures: CheckFigures;
}

/** The status that these findings make. */
export function statusOf(findings: readonly BotFinding[]): CheckPart['status'] {
  if (findings.some(({ weight }) => weight === 'costs')) return 'failed';
  return findings.some(({ weight }) => weight === 'warning') ? 'warned' : 'passed';
}
