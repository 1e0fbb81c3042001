/**
 * Lines of the log of the Annual Computer Poker Competition, protocol 2.0.0 (October 2010). Players are told by position, the
 * first left of the button; a raise says the total of the hand. Stacks, blinds and seats are not in a line: a comment above it
 * has them, which other readers skip.
 */
import type { Street } from '../../holdem/facts.js';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory } from '../hand-history.js';
import { blindSeatsOf, usualPositions } from './dealing-order.js';
import { HandRefusedError } from './hand-refusal.js';
import { plainNames } from './plain-names.js';

const streets: readonly { street: Street; from: number; to: number }[] = [
  { street: 'preflop', from: 0, to: 0 },
  { street: 'flop', from: 0, to: 3 },
  { street: 'turn', from: 3, to: 4 },
  { street: 'river', from: 4, to: 5 },
];

/** What a line does not tell, in the order of positions. */
export interface AcpcTerms {
  readonly match: string | null;
  readonly at: number | null;
  /** From 1. */
  readonly seats: readonly number[];
  readonly stacks: readonly number[];
  /** In the order of positions, as in a game definition: heads-up the big blind is first. */
  readonly blinds: readonly number[];
  readonly hero: number | null;
}

/**
 * The comment and the line of a hand. A hand that was cut off has no values.
 *
 * @throws {HandRefusedError} for antes, a fold where nothing is to be called, and what has to be known and is not.
 */
export function acpcOf(hand: HandHistory): string {
  const dealt = usualPositions(hand, 'ACPC');
  if (hand.history.some(({ action }) => action === 'post_ante'))
    throw new HandRefusedError(
      'antes',
      'ACPC has no antes, so that its totals would be wrong. PHH, PokerStars text and Open Hand History have them.',
    );
  if (hand.handNumber === null)
    throw new HandRefusedError('no_number', 'An ACPC line begins with the number of the hand.');
  const stacks = dealt.flatMap(({ stack }) => stack ?? []);
  if (stacks.length < dealt.length)
    throw new HandRefusedError('no_stacks', 'ACPC needs the stacks, and those of this hand are not known.');
  const values = dealt.flatMap(({ stack, stackAfter }) =>
    stack === null || stackAfter === null ? [] : [stackAfter - stack],
  );
  if (hand.isFinished && values.length < dealt.length)
    throw new HandRefusedError('no_end', 'What each seat won is not known, and ACPC tells it.');
  if ((hand.rake ?? 0) > 0)
    throw new HandRefusedError('unsound', 'ACPC has no rake: the values of a hand add up to 0.');
  const { small, big } = blindSeatsOf(dealt);
  const { smallBlind, bigBlind } = hand.level;
  const terms: AcpcTerms = {
    match: hand.matchId,
    at: hand.startedAt,
    seats: dealt.map(({ seat }) => seat + 1),
    stacks,
    blinds: dealt.map((seat) => (seat === small ? smallBlind : seat === big ? bigBlind : 0)),
    hero: hand.hero === null ? null : hand.hero + 1,
  };
  const reached = streets.filter(({ to }) => to <= hand.board.length);
  const holes = dealt.map(({ cards }) => cards?.join('') ?? '').join('|');
  const line = [
    'STATE',
    hand.handNumber,
    bettingOf(hand, reached),
    [holes, ...reached.slice(1).map(({ from, to }) => hand.board.slice(from, to).join(''))].join('/'),
    hand.isFinished ? values.join('|') : '',
    plainNames(dealt.map(({ name }) => name)).join('|'),
  ].join(':');
  return `# ${JSON.stringify(terms)}\n${line}\n`;
}

/** A street that is reached has its slash, also where nobody can act any more. */
function bettingOf(hand: HandHistory, reached: readonly { street: Street }[]): string {
  const { moves } = chipsOf(hand);
  return reached
    .map(({ street }) =>
      moves
        .filter(({ entry }) => entry.street === street && !entry.action.startsWith('post_'))
        .map(({ entry, facing, streetTotal, handTotal }) => {
          if (entry.action === 'raise') return `r${handTotal}`;
          if (entry.action !== 'fold') return 'c';
          if (facing > streetTotal) return 'f';
          throw new HandRefusedError(
            'free_fold',
            `Seat ${entry.seat} folds on the ${street} where it could check, which ACPC has no word for. PHH and Open Hand History have.`,
          );
        })
        .join(''),
    )
    .join('/');
}
