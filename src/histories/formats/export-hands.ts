/** Writes many hands in one format: those that it cannot tell, and those that are not sound, are left out and listed. */
import type { HandHistory } from '../hand-history.js';
import { acpcOf } from './acpc-write.js';
import type { ExportFormat } from './format-names.js';
import { fpdbJsonOf } from './fpdb-json.js';
import { siteNumbersOf } from './hand-numbers.js';
import { HandRefusedError, type RefusedHand, takenNumber } from './hand-refusal.js';
import { createKnownHands, type KnownHands } from './known-hands.js';
import { ohhOf } from './ohh-write.js';
import { phhOf, phhsTable } from './phh-write.js';
import { pokerStarsOf } from './pokerstars-write.js';
import { requireSound } from './read-blocks.js';

export interface ExportedHand {
  readonly hand: HandHistory;
  readonly text: string;
}

export interface ExportedHands {
  readonly written: readonly ExportedHand[];
  /** Positions are those of the list, from 1. */
  readonly refused: readonly RefusedHand[];
  /** How many were left out because the same hand is there already: a match in two files. */
  readonly twice: number;
  /** How many without a time of their own got that of their match. */
  readonly timed: number;
}

export interface ExportTerms {
  readonly format: ExportFormat;
  /** For hands without a time in matches without one, in epoch milliseconds. Default: they are refused where it takes one. */
  readonly startedAt?: number | null;
}

/** What was written before, where hands come match by match. */
export interface ExportMemory {
  readonly known: KnownHands;
  /** Which match has a number. */
  readonly numbers: Map<number, string | null>;
  written: number;
}

export const newExportMemory = (): ExportMemory => ({
  known: createKnownHands(),
  numbers: new Map(),
  written: 0,
});

/** @param memory of what was written before with these terms. Default: nothing was. */
export function exportHands(
  hands: readonly HandHistory[],
  terms: ExportTerms,
  memory: ExportMemory = newExportMemory(),
): ExportedHands {
  const { known, numbers } = memory;
  const starts = startsOf(hands);
  const written: ExportedHand[] = [];
  const refused: RefusedHand[] = [];
  let [twice, timed] = [0, 0];
  for (const [index, hand] of hands.entries()) {
    try {
      requireSound(hand);
      const novelty = hand.handNumber === null ? 'new' : known.take(hand);
      if (novelty === 'repeated') {
        twice += 1;
        continue;
      }
      if (novelty === 'taken') throw new HandRefusedError('number_taken', takenNumber);
      takeNumber(numbers, hand);
      const start = starts.get(hand.matchId) ?? terms.startedAt ?? null;
      const text = textOf(hand, terms.format, start);
      if (hand.startedAt === null && (terms.format === 'pokerstars' || terms.format === 'ohh')) timed += 1;
      memory.written += 1;
      written.push({ hand, text: terms.format === 'phhs' ? phhsTable(text, memory.written) : text });
    } catch (error) {
      if (!(error instanceof HandRefusedError)) throw error;
      const { code, message: why } = error;
      refused.push({ position: index + 1, handNumber: hand.handNumber, code, why });
    }
  }
  return { written, refused, twice, timed };
}

/** Two matches whose ids give one number would be one hand to a tracker. */
function takeNumber(numbers: Map<number, string | null>, hand: HandHistory): void {
  if (hand.handNumber === null) return;
  const number = siteNumbersOf(hand).hand;
  const owner = numbers.get(number);
  if (owner !== undefined && owner !== hand.matchId)
    throw new HandRefusedError(
      'number_taken',
      `Its number, ${number}, is that of a hand of another match: export the two matches to two files.`,
    );
  numbers.set(number, hand.matchId);
}

function textOf(hand: HandHistory, format: ExportFormat, start: number | null): string {
  switch (format) {
    case 'phh':
    case 'phhs':
      return phhOf(hand);
    case 'pokerstars':
      // Three blank lines between hands, as in files of the site.
      return `${pokerStarsOf(hand, start)}\n\n\n`;
    case 'ohh':
      return ohhOf(hand, start);
    case 'acpc':
      return acpcOf(hand);
    case 'fpdb-json':
      return fpdbJsonOf(hand);
  }
}

/** The first time that is known of each match. */
function startsOf(hands: readonly HandHistory[]): ReadonlyMap<string | null, number> {
  const starts = new Map<string | null, number>();
  for (const { matchId, startedAt } of hands) {
    const known = starts.get(matchId);
    if (matchId !== null && startedAt !== null && (known === undefined || startedAt < known))
      starts.set(matchId, startedAt);
  }
  return starts;
}
