/** One match, played to the bot as often as it takes to say something about it. */
import { faultsOf, judgeHand } from './judge-hand.js';
import type { SeatRun } from './play-seat.js';
import type { ReplayHand, SeatMatch } from './replay-match.js';
import type { ReplayedDecision, ReplayedHand, ReplayFault } from './replay-report.js';

export interface LookTerms {
  /** Plays it once; what was not played when that was ended is missing. */
  play: (match: SeatMatch) => Promise<SeatRun>;
  /** How often it is played, from 1 on. */
  repeat: number;
  /** Which hands are compared. The bot is shown those before them, too. */
  isWanted: (hand: ReplayHand) => boolean;
  isOver: () => boolean;
}

export interface SeenSeatMatch {
  /** Those that are wanted and were played. */
  readonly hands: readonly ReplayedHand[];
  /** Of no hand. */
  readonly faults: readonly ReplayFault[];
  readonly runs: number;
}

/** Null: none of its hands is wanted. */
export async function lookAtMatch(
  whole: SeatMatch,
  { play, repeat, isWanted, isOver }: LookTerms,
): Promise<SeenSeatMatch | null> {
  const last = whole.hands.findLastIndex(isWanted);
  if (last < 0) return null;
  const match = { ...whole, hands: whole.hands.slice(0, last + 1) };
  const wanted = [...match.hands.entries()].filter(([, hand]) => isWanted(hand));
  const runs = [await play(match)];
  const isSettled = (): boolean => {
    if (runs.length < repeat) return false;
    if (runs.length > 1) return true;
    // A bot that mixes differs from itself, and a busy machine makes any bot late once.
    return (
      runs.every(({ findings }) => findings.length === 0) &&
      wanted.every(([, hand]) => judgeHand(hand, runs).every(({ verdict }) => isQuiet[verdict]))
    );
  };
  while (!isOver() && !isSettled()) runs.push(await play(match));
  const hands = wanted.flatMap(([index, hand]): ReplayedHand[] => {
    const asked = judgeHand(hand, runs);
    const faults = faultsOf(runs, ({ handIndex, hook }) => handIndex === index && hook !== 'decide');
    const wasPlayed = runs.some(({ handsPlayed }) => handsPlayed > index);
    if (!wasPlayed && asked.length === 0) return [];
    const { matchId, frames, opponents } = match;
    const { handNumber, net, pot, bigBlind } = hand;
    return [{ matchId, handNumber, opponents, frames, net, pot, bigBlind, decisions: asked, faults }];
  });
  return { hands, faults: faultsOf(runs, ({ handIndex }) => handIndex === null), runs: runs.length };
}

const isQuiet: Readonly<Record<ReplayedDecision['verdict'], boolean>> = {
  same: true,
  changed: false,
  mixes: false,
  failed: false,
  not_compared: true,
};
