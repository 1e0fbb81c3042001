/**
 * Numbers for formats that have digits and nothing else: trackers know a hand by its number, so that the same hand has to
 * have the same number each time it is exported.
 */
import { createHash } from 'node:crypto';
import type { HandHistory } from '../hand-history.js';
import { HandRefusedError } from './hand-refusal.js';

/** Below 2^53 with what follows for the hand. */
const tournaments = 90_000_000_000;
const handsOfTournament = 100_000;

export interface SiteNumbers {
  /** From 1 to 90 thousand million, a function of the match's id. */
  readonly tournament: number;
  /** Below 2^53, a function of the match's id and the hand's number. */
  readonly hand: number;
}

/**
 * The numbers of a hand. An id that is such a number already stays as it is, and so does a hand's number of six digits or
 * more: both are those of the site that a hand was imported from.
 *
 * @throws {HandRefusedError} for a hand without a number.
 */
export function siteNumbersOf({
  matchId,
  handNumber,
}: Pick<HandHistory, 'matchId' | 'handNumber'>): SiteNumbers {
  if (handNumber === null || handNumber < 0)
    throw new HandRefusedError('no_number', 'The hand has no number, which this format must have.');
  const tournament = tournamentOf(matchId ?? '');
  const hand = handNumber < handsOfTournament ? tournament * handsOfTournament + handNumber : handNumber;
  return { tournament, hand };
}

/** What `siteNumbersOf` was given, of a hand whose number is made of that of its tournament. */
export function handOfSiteNumbers({ tournament, hand }: SiteNumbers): number {
  const base = tournament * handsOfTournament;
  return hand >= base && hand < base + handsOfTournament ? hand - base : hand;
}

/** The hash of the last id: the hands of a match come one after the other. */
let last: { matchId: string; tournament: number } | null = null;

function tournamentOf(matchId: string): number {
  if (last?.matchId === matchId) return last.tournament;
  const own = /^[1-9]\d{0,10}$/.test(matchId) ? Number(matchId) : tournaments;
  const digest = createHash('sha256').update(matchId).digest('hex').slice(0, 13);
  const tournament = own < tournaments ? own : 1 + (Number.parseInt(digest, 16) % (tournaments - 1));
  last = { matchId, tournament };
  return tournament;
}
