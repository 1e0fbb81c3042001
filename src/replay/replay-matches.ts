/** Plays matches to a bot, and sums up where it decides differently. */
import type { BotLogic } from '../machines/ports.js';
import type { WorldClock } from '../time/clock.js';
import { sumAgreement } from './agreement.js';
import { lookAtMatch, type SeenSeatMatch } from './look-at-match.js';
import { playSeat, type SeatRun } from './play-seat.js';
import type { ReplayHand, SeatMatch } from './replay-match.js';
import type { ReplayCounts, ReplayedDecision, ReplayedHand, ReplayReport } from './replay-report.js';
import type { UnplayedHand } from './unplayable.js';

const defaults = {
  /**
   * A bot that mixes may give any answer now and then: what was played and came in none of so many runs has a share below
   * 17 % (Wilson, 95 %).
   */
  runsOfMixed: 20,
} as const;

/** Where a replay is. */
export interface ReplayProgress {
  readonly matches: number;
  /** Of all plays. */
  readonly hands: number;
  /** How much of the recordings was read, 0 to 1; null where there are none. */
  readonly readShare: number | null;
}

/** A match to play, or a hand that cannot be. */
export type ReplayInput = { readonly match: SeatMatch } | { readonly unplayed: UnplayedHand };

export interface ReplayTerms {
  bot: BotLogic;
  clock: WorldClock;
  wallNow: () => number;
  /** How often each match is played, from 1 on. */
  repeat: number;
  /** Matches at once. */
  jobs: number;
  /** Which hands are compared. The bot is shown those before them, too. */
  isWanted: (hand: ReplayHand) => boolean;
  /** Ends it; the report has what was played. */
  signal: AbortSignal | undefined;
  onProgress: ((progress: ReplayProgress) => void) | undefined;
}

/** @throws {InternalError} for a defect of this package. */
export async function replayMatches(
  inputs: AsyncIterable<ReplayInput> | Iterable<ReplayInput>,
  { bot, clock, wallNow, repeat, jobs, isWanted, signal, onProgress }: ReplayTerms,
): Promise<ReplayReport> {
  const startedAt = clock.now();
  const isOver = (): boolean => signal?.aborted === true;
  const progress = { matches: 0, hands: 0, readShare: null };
  const sums = createSums();
  const unplayed: UnplayedHand[] = [];

  const play = (match: SeatMatch): Promise<SeatRun> =>
    playSeat(match, {
      bot,
      clock,
      wallNow,
      signal,
      onHand() {
        progress.hands += 1;
        onProgress?.(progress);
      },
    });

  await inParallel(inputs, { jobs, isOver }, async (input, position) => {
    if ('unplayed' in input) return void unplayed.push(input.unplayed);
    const seen = await lookAtMatch(input.match, { play, repeat, isWanted, isOver });
    if (seen === null) return;
    progress.matches += 1;
    sums.add(seen, position);
    onProgress?.(progress);
  });

  const { counts, hands, faults, mixes, agreement } = sums.result();
  return {
    passed: !isOver() && faults.length === 0 && hands.every(isFine),
    finished: !isOver(),
    repeat,
    mixes,
    counts,
    hands,
    faults,
    agreement: repeat > 1 ? agreement : null,
    unplayed,
    durationMs: Math.round(clock.now() - startedAt),
  };
}

const isAnother = ({ verdict, isHypothetical }: ReplayedDecision): boolean =>
  !isHypothetical && (verdict === 'changed' || verdict === 'failed');

const isFine = ({ decisions, faults }: ReplayedHand): boolean =>
  faults.length === 0 && decisions.every((one) => one.faults.length === 0 && !isAnother(one));

function createSums() {
  const counts: ReplayCounts = {
    matches: 0,
    hands: 0,
    decisions: 0,
    same: 0,
    changed: 0,
    mixes: 0,
    failed: 0,
    notCompared: 0,
    hypothetical: 0,
  };
  const agreement = sumAgreement();
  const noted: { position: number; seen: SeenSeatMatch }[] = [];
  let mixes = false;

  return {
    add(seen: SeenSeatMatch, position: number): void {
      counts.matches += 1;
      counts.hands += seen.hands.length;
      for (const { decisions } of seen.hands) {
        agreement.add(decisions);
        for (const decision of decisions) {
          mixes ||= decision.verdict === 'mixes';
          counts.decisions += 1;
          counts[countOf(decision)] += 1;
        }
      }
      // The others are only counted: a year of matches has a million of them.
      noted.push({ position, seen: { ...seen, hands: seen.hands.filter(isOfNote) } });
    },
    result() {
      const ordered = noted.toSorted((a, b) => a.position - b.position).map(({ seen }) => seen);
      const hands = ordered.flatMap((seen) => seen.hands);
      return {
        counts,
        mixes,
        hands: mixes ? hands.map((hand) => ofMixer(hand, counts)) : hands,
        faults: ordered.flatMap((seen) => seen.faults),
        agreement: agreement.result(),
      };
    },
  };
}

const isOfNote = ({ decisions, faults }: ReplayedHand): boolean =>
  faults.length > 0 ||
  decisions.some(
    ({ verdict, faults: own }) => own.length > 0 || (verdict !== 'same' && verdict !== 'not_compared'),
  );

const countNames = {
  same: 'same',
  changed: 'changed',
  mixes: 'mixes',
  failed: 'failed',
  not_compared: 'notCompared',
} as const satisfies Record<ReplayedDecision['verdict'], keyof ReplayCounts>;

function countOf({ verdict, isHypothetical }: ReplayedDecision): keyof ReplayCounts {
  return isHypothetical ? 'hypothetical' : countNames[verdict];
}

/** Of a bot that mixes anywhere, some plays of another answer do not show that it gives up the one that was played. */
function ofMixer(hand: ReplayedHand, counts: ReplayCounts): ReplayedHand {
  const decisions = hand.decisions.map((decision): ReplayedDecision => {
    if (decision.verdict !== 'changed' || decision.runs >= defaults.runsOfMixed) return decision;
    const mixed = { ...decision, verdict: 'mixes' as const };
    counts[countOf(decision)] -= 1;
    counts[countOf(mixed)] += 1;
    return mixed;
  });
  return { ...hand, decisions };
}

/** Takes one after the other, some at once; what one of them throws ends all. */
async function inParallel<T>(
  inputs: AsyncIterable<T> | Iterable<T>,
  { jobs, isOver }: { jobs: number; isOver: () => boolean },
  run: (input: T, position: number) => Promise<void>,
): Promise<void> {
  const iterator =
    Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
  let taken = 0;
  const broken = new AbortController();
  /** One at a time asks for the next. */
  let turn: Promise<unknown> = Promise.resolve();
  const next = (): Promise<{ input: T; position: number } | null> => {
    const asked = turn.then(async () => {
      const { done, value } = await iterator.next();
      if (done === true) return null;
      taken += 1;
      return { input: value, position: taken };
    });
    turn = asked.catch(() => undefined);
    return asked;
  };
  const work = async (): Promise<void> => {
    try {
      while (!isOver() && !broken.signal.aborted) {
        const given = await next();
        if (given === null) return;
        await run(given.input, given.position);
      }
    } catch (error) {
      broken.abort();
      throw error;
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, work));
  } finally {
    await iterator.return?.();
  }
}
