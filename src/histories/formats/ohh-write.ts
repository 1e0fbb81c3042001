/**
 * Open Hand History 1.4.7 (hh-specs.handhistory.org, change log of 2024-03-04). The amount of a raise is what it puts in, not a
 * total; pots have no uncalled chips, and there is no line for them.
 */
import { parseCard } from '../../holdem/card.js';
import type { Street } from '../../holdem/facts.js';
import { version } from '../../protocol/version.js';
import { type ChipMove, chipsOf, isFirstBet } from '../hand-chips.js';
import type { HandHistory } from '../hand-history.js';
import { potsOf } from '../hand-pots.js';
import { inDealingOrder, showingOrderOf } from './dealing-order.js';
import { siteNumbersOf } from './hand-numbers.js';
import { HandRefusedError } from './hand-refusal.js';

const streets: readonly { street: Street; title: string; from: number; to: number }[] = [
  { street: 'preflop', title: 'Preflop', from: 0, to: 0 },
  { street: 'flop', title: 'Flop', from: 0, to: 3 },
  { street: 'turn', title: 'Turn', from: 3, to: 4 },
  { street: 'river', title: 'River', from: 4, to: 5 },
];

interface OhhAction {
  player_id: number;
  action: string;
  amount: number;
  is_allin: boolean;
  cards?: readonly string[];
}

/**
 * One hand: an object in one line, and the blank line after it that the format asks for. A player's `id` is the number of its
 * seat from 0. A hand that was cut off has no pots.
 *
 * @param startedAt for a hand without a time of its own, in epoch milliseconds.
 * @throws {HandRefusedError} without a number, a time, or the stacks.
 */
export function ohhOf(hand: HandHistory, startedAt: number | null): string {
  const at = hand.startedAt ?? startedAt;
  if (at === null)
    throw new HandRefusedError(
      'no_time',
      'The hand has no time, nor has its match, and Open Hand History must have one: give one with --started-at.',
    );
  if (hand.seats.some(({ stack }) => stack === null))
    throw new HandRefusedError(
      'no_stacks',
      'Open Hand History tells all stacks, and those of this hand are not known.',
    );
  const pots = potsOf(hand);
  if (pots === null && hand.isFinished)
    throw new HandRefusedError('no_end', 'What each seat won is not known, and Open Hand History tells it.');
  const { level, seats, dealerSeat, hero } = hand;
  const numbers = siteNumbersOf(hand);
  const ohh = {
    spec_version: '1.4.7',
    site_name: 'Chipzen',
    network_name: 'Chipzen',
    internal_version: version,
    game_number: String(numbers.hand),
    start_date_utc: new Date(at).toISOString(),
    table_name: `Match ${numbers.tournament}`,
    ...(hand.matchId !== null && { table_handle: hand.matchId }),
    game_type: 'Holdem',
    bet_limit: { bet_type: 'NL', bet_cap: 0 },
    table_size: Math.max(2, dealerSeat + 1, ...seats.map(({ seat }) => seat + 1)),
    currency: 'XPM',
    dealer_seat: dealerSeat + 1,
    small_blind_amount: level.smallBlind,
    big_blind_amount: level.bigBlind,
    ante_amount: level.ante,
    ...(hero === null ? { flags: ['Observed'] } : { hero_player_id: hero }),
    players: seats.map(({ seat, name, stack }) => ({
      id: seat,
      seat: seat + 1,
      name,
      starting_stack: stack,
    })),
    rounds: roundsOf(hand),
    pots: (pots ?? []).map(({ amount, rake, winners }, number) => ({
      number,
      amount,
      rake,
      player_wins: winners.map((won) => ({ player_id: won.seat, win_amount: won.amount })),
    })),
  };
  return `${JSON.stringify({ ohh })}\n\n`;
}

function roundsOf(hand: HandHistory) {
  const { moves } = chipsOf(hand);
  const rounds = streets
    .filter(({ to }) => to <= hand.board.length)
    .map(({ street, title, from, to }) => {
      const own = moves.filter(({ entry }) => entry.street === street);
      const posts = own.filter(({ entry }) => entry.action.startsWith('post_'));
      const deals = street === 'preflop' ? dealsOf(hand) : [];
      const actions = [...posts.map(actionOf), ...deals, ...own.slice(posts.length).map(actionOf)];
      const cards = hand.board.slice(from, to);
      return { title, cards, actions };
    });
  const shows = showingOrderOf(hand).map(
    ({ seat, cards, hasShown }): OhhAction => ({
      player_id: seat,
      action: hasShown && cards !== null ? 'Shows Cards' : 'Mucks Cards',
      amount: 0,
      is_allin: false,
      ...(cards !== null && { cards }),
    }),
  );
  const all = shows.length > 0 ? [...rounds, { title: 'Showdown', cards: [], actions: shows }] : rounds;
  return all.map(({ title, cards, actions }, id) => ({
    id,
    street: title,
    ...(cards.length > 0 && { cards }),
    actions: actions.map((action, index) => ({ action_number: index + 1, ...action })),
  }));
}

/** Who has no known cards has no entry. */
function dealsOf({ seats, dealerSeat }: HandHistory): OhhAction[] {
  return inDealingOrder(seats, dealerSeat).flatMap(({ seat, cards }) =>
    cards?.every((text) => parseCard(text) !== null)
      ? [{ player_id: seat, action: 'Dealt Cards', amount: 0, is_allin: false, cards }]
      : [],
  );
}

const verbs = {
  post_small_blind: 'Post SB',
  post_big_blind: 'Post BB',
  post_ante: 'Post Ante',
  fold: 'Fold',
  check: 'Check',
  call: 'Call',
  raise: 'Raise',
} as const;

function actionOf(move: ChipMove): OhhAction {
  const { entry, added, isAllIn } = move;
  return {
    player_id: entry.seat,
    action: isFirstBet(move) ? 'Bet' : verbs[entry.action],
    amount: added,
    is_allin: isAllIn,
  };
}
