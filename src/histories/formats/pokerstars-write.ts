/**
 * PokerStars text, for which there is no specification: as files of the site have it (docs/hand-histories.md). Antes stand
 * before blinds, a raise is told with what it adds to the bet and with its total, and chips that nobody called have a line
 * of their own and are in no pot.
 */
import { parseCard } from '../../holdem/card.js';
import type { HandAction, Street } from '../../holdem/facts.js';
import { rankHand } from '../../holdem/hand-rank.js';
import { type ChipMove, chipsOf, type HandChips } from '../hand-chips.js';
import type { HandHistory, HistorySeat } from '../hand-history.js';
import { potsOf, type WonPot } from '../hand-pots.js';
import { liveSeatsOf, showingOrderOf } from './dealing-order.js';
import { siteNumbersOf } from './hand-numbers.js';
import { HandRefusedError } from './hand-refusal.js';
import { rankPhrase } from './hand-words.js';
import { plainNames } from './plain-names.js';
import { clockTimeOf } from './zoned-time.js';

const streets: readonly { street: Street; title: string; size: number }[] = [
  { street: 'flop', title: 'FLOP', size: 3 },
  { street: 'turn', title: 'TURN', size: 4 },
  { street: 'river', title: 'RIVER', size: 5 },
];

/** Tables of the site have so many seats. */
const tableSizes = [2, 3, 4, 6, 8, 9, 10];

interface Writing {
  readonly hand: HandHistory;
  readonly chips: HandChips;
  readonly pots: readonly WonPot[];
  readonly live: readonly HistorySeat[];
  readonly nameOf: (seat: number) => string;
}

/**
 * One hand, with a newline at the end of its last line. A hand that was cut off ends with `Hand cancelled`, which readers
 * leave out of their sums.
 *
 * @param startedAt for a hand without a time of its own, in epoch milliseconds.
 * @throws {HandRefusedError} without a number, a time, or the stacks.
 */
export function pokerStarsOf(hand: HandHistory, startedAt: number | null): string {
  const at = hand.startedAt ?? startedAt;
  if (at === null)
    throw new HandRefusedError(
      'no_time',
      'The hand has no time, nor has its match, and PokerStars text must have one: give one with --started-at.',
    );
  if (hand.seats.some(({ stack }) => stack === null))
    throw new HandRefusedError(
      'no_stacks',
      'PokerStars text tells all stacks, and those of this hand are not known.',
    );
  const pots = potsOf(hand);
  if (pots === null && hand.isFinished)
    throw new HandRefusedError('no_end', 'What each seat won is not known, and PokerStars text tells it.');
  const names = plainNames(hand.seats.map(({ name }) => name));
  const nameOf = (seat: number) => names[hand.seats.findIndex((each) => each.seat === seat)] ?? '';
  const writing: Writing = { hand, chips: chipsOf(hand), pots: pots ?? [], live: liveSeatsOf(hand), nameOf };
  const lines = [...headLines(writing, at), ...playLines(writing), ...endLines(writing)];
  return `${[...lines, ...summaryLines(writing)].join('\n')}\n`;
}

function headLines({ hand, nameOf }: Writing, at: number): string[] {
  const { level, seats, dealerSeat } = hand;
  const numbers = siteNumbersOf(hand);
  const needed = Math.max(dealerSeat, ...seats.map(({ seat }) => seat)) + 1;
  const size = tableSizes.find((each) => each >= needed) ?? needed;
  return [
    `PokerStars Hand #${numbers.hand}: Tournament #${numbers.tournament}, $0.00+$0.00 USD Hold'em No Limit - Level I (${level.smallBlind}/${level.bigBlind}) - ${timeOf(at, 'UTC')} UTC [${timeOf(at, 'America/New_York')} ET]`,
    `Table '${numbers.tournament} 1' ${size}-max Seat #${dealerSeat + 1} is the button`,
    ...seats.map(({ seat, stack }) => `Seat ${seat + 1}: ${nameOf(seat)} (${stack} in chips)`),
  ];
}

/** A clock that is set back shows an hour twice, so that UTC stands beside the site's own time. */
function timeOf(at: number, zone: string): string {
  const shown = clockTimeOf(at, zone);
  if (shown === null) return '';
  const { year, month, day, hour, minute, second } = shown;
  return `${year}/${twoDigits(month)}/${twoDigits(day)} ${hour}:${twoDigits(minute)}:${twoDigits(second)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function playLines(writing: Writing): string[] {
  const { hand, chips, nameOf } = writing;
  const hero = hand.seats.find(({ seat }) => seat === hand.hero);
  const lines = [
    ...postLines(writing),
    '*** HOLE CARDS ***',
    ...(hero?.cards ? [`Dealt to ${nameOf(hero.seat)} [${hero.cards.join(' ')}]`] : []),
  ];
  const played = chips.moves.filter(({ entry }) => !entry.action.startsWith('post_'));
  const uncalled =
    chips.uncalled !== null && hand.isFinished
      ? [`Uncalled bet (${chips.uncalled.amount}) returned to ${nameOf(chips.uncalled.seat)}`]
      : [];
  if (played.length === 0) lines.push(...uncalled);
  const linesOn = (street: Street) =>
    played.flatMap((move) => {
      if (move.entry.street !== street) return [];
      return [...actionLines(move, nameOf), ...(move === played.at(-1) ? uncalled : [])];
    });
  lines.push(...linesOn('preflop'));
  for (const { street, title, size } of streets) {
    if (hand.board.length < size) break;
    const earlier = hand.board.slice(0, size === 3 ? 0 : size - 1);
    const cards = [earlier, hand.board.slice(earlier.length, size)].filter((part) => part.length > 0);
    lines.push(
      `*** ${title} *** ${cards.map((part) => `[${part.join(' ')}]`).join(' ')}`,
      ...linesOn(street),
    );
  }
  return lines;
}

/** A short stack pays its ante first here: the site's order, with the same sums as the table's. */
function postLines({ hand, chips, nameOf }: Writing): string[] {
  const { level, seats, history } = hand;
  const isEven = !chips.areAntesDead;
  const postsOf = (seat: number, action: HandAction['action']) =>
    history.reduce(
      (sum, entry) => sum + (entry.seat === seat && entry.action === action ? entry.amount : 0),
      0,
    );
  const posts = seats.map(({ seat, stack }) => {
    const small = postsOf(seat, 'post_small_blind');
    const big = postsOf(seat, 'post_big_blind');
    const total = small + big + postsOf(seat, 'post_ante');
    const ante = isEven ? Math.min(total, level.ante) : total - small - big;
    return { seat, ante, blind: total - ante, isSmall: small > 0, isBig: big > 0, isAllIn: total === stack };
  });
  const line = (seat: number, what: string, isLast: boolean) =>
    `${nameOf(seat)}: posts ${what}${isLast ? ' and is all-in' : ''}`;
  return [
    ...posts.flatMap(({ seat, ante, blind, isAllIn }) =>
      ante > 0 ? [line(seat, `the ante ${ante}`, isAllIn && blind === 0)] : [],
    ),
    ...(['isSmall', 'isBig'] as const).flatMap((kind) =>
      posts.flatMap((post) =>
        post[kind] && post.blind > 0
          ? [line(post.seat, `${kind === 'isSmall' ? 'small' : 'big'} blind ${post.blind}`, post.isAllIn)]
          : [],
      ),
    ),
  ];
}

function actionLines(move: ChipMove, nameOf: Writing['nameOf']): string[] {
  const { entry, facing, isAllIn } = move;
  const name = nameOf(entry.seat);
  const line = `${name}: ${deedOf(move, facing)}${isAllIn ? ' and is all-in' : ''}`;
  return entry.isTimeout ? [`${name} has timed out`, line] : [line];
}

function deedOf({ entry: { action }, added, streetTotal }: ChipMove, facing: number): string {
  if (action === 'fold') return 'folds';
  if (action === 'check') return 'checks';
  if (action !== 'raise') return `calls ${added}`;
  return facing === 0 ? `bets ${added}` : `raises ${streetTotal - facing} to ${streetTotal}`;
}

/** What the hand of a seat is called; empty without a whole board. */
function rankWords({ board }: HandHistory, { cards }: HistorySeat): string {
  const all = [...(cards ?? []), ...board].flatMap((text) => parseCard(text) ?? []);
  return all.length === 7 ? rankPhrase(rankHand(all)) : '';
}

function endLines({ hand, pots, live, nameOf }: Writing): string[] {
  if (!hand.isFinished) return ['Hand cancelled'];
  const collected = pots
    .map(({ winners }, index) =>
      winners.map(
        ({ seat, amount }) => `${nameOf(seat)} collected ${amount} from ${potName(index, pots.length)}`,
      ),
    )
    .toReversed()
    .flat();
  const [last] = live;
  if (live.length === 1 && last !== undefined)
    return [...collected, `${nameOf(last.seat)}: doesn't show hand`];
  const shows = showingOrderOf(hand).map((seat) => {
    if (!seat.hasShown || seat.cards === null) return `${nameOf(seat.seat)}: mucks hand`;
    const words = rankWords(hand, seat);
    return `${nameOf(seat.seat)}: shows [${seat.cards.join(' ')}]${words === '' ? '' : ` (${words})`}`;
  });
  return ['*** SHOW DOWN ***', ...shows, ...collected];
}

/** A single side pot has no number. */
function potName(index: number, count: number): string {
  if (count === 1) return 'pot';
  if (index === 0) return 'main pot';
  return count === 2 ? 'side pot' : `side pot-${index}`;
}

function summaryLines(writing: Writing): string[] {
  const { hand, chips, pots } = writing;
  const parts = pots.map(({ amount }, index) => {
    const name = potName(index, pots.length);
    return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${amount}.`;
  });
  const total = [`Total pot ${chips.pot}`, ...(pots.length > 1 ? parts : [])].join(' ');
  return [
    '*** SUMMARY ***',
    `${total} | Rake ${hand.rake ?? 0}`,
    ...(hand.board.length > 0 ? [`Board [${hand.board.join(' ')}]`] : []),
    ...hand.seats.map((seat) => `Seat ${seat.seat + 1}: ${summaryOf(writing, seat)}`),
  ];
}

function summaryOf({ hand, chips, live, nameOf }: Writing, seat: HistorySeat): string {
  const poster = (action: string) => hand.history.find((entry) => entry.action === action)?.seat;
  const tags = [
    ...(seat.seat === hand.dealerSeat ? [' (button)'] : []),
    ...(seat.seat === poster('post_small_blind') ? [' (small blind)'] : []),
    ...(seat.seat === poster('post_big_blind') ? [' (big blind)'] : []),
  ].join('');
  const head = `${nameOf(seat.seat)}${tags}`;
  const fold = hand.history.find((entry) => entry.seat === seat.seat && entry.action === 'fold');
  if (fold !== undefined) {
    const isIdle = chips.moves.every(
      ({ entry, streetTotal }) => entry.seat !== seat.seat || streetTotal === 0,
    );
    if (fold.street === 'preflop') return `${head} folded before Flop${isIdle ? " (didn't bet)" : ''}`;
    return `${head} folded on the ${fold.street.charAt(0).toUpperCase()}${fold.street.slice(1)}`;
  }
  if (!hand.isFinished) return head;
  const won = chips.won?.get(seat.seat) ?? 0;
  if (live.length === 1) return `${head} collected (${won})`;
  if (!seat.hasShown || seat.cards === null)
    return `${head} mucked${seat.cards === null ? '' : ` [${seat.cards.join(' ')}]`}`;
  const words = rankWords(hand, seat);
  const ending = words === '' ? '' : ` with ${words}`;
  return `${head} showed [${seat.cards.join(' ')}] and ${won > 0 ? `won (${won})` : 'lost'}${ending}`;
}
