import { Action, Bot, type GameState } from 'chipzen-agent';
import { allCards, type Card, formatCard, rankHand } from 'chipzen-agent/holdem';

/**
 * Bets a little with almost everything while nobody else has, and gives way to bets unless its hand is good for them. The
 * place for your ideas.
 */
export default class MyBot extends Bot {
  decide(state: GameState): Action {
    const { phase, pot, toCall, minRaise, maxRaise, validActions } = state;
    const chance = chanceToWin(state);
    // A call costs `toCall` to win `pot`. Before the flop the blinds make it a quarter.
    const price = toCall / (pot + toCall);
    const isBet = price > (phase === 'preflop' ? 0.3 : 0);
    if (chance > (isBet ? 0.85 : 0.2) && validActions.includes('raise')) {
      const total = Math.round(toCall + pot * 0.4);
      return Action.raiseTo(Math.min(maxRaise, Math.max(minRaise, total)));
    }
    if (validActions.includes('check')) return Action.check();
    // Who bets has more than any two cards, so that the price alone is not enough.
    return chance > 0.45 + 0.7 * price ? Action.call() : Action.fold();
  }
}

/** Deals the hand to its end a hundred times, against any two cards. @returns how often it wins, from 0 to 1. */
function chanceToWin({ holeCards, board }: GameState, deals = 100): number {
  const known = [...holeCards, ...board].map(formatCard);
  const deck = allCards.filter((card) => !known.includes(formatCard(card)));
  let won = 0;
  for (let deal = 0; deal < deals; deal += 1) {
    const drawn = draw(deck, 7 - board.length);
    const table = [...board, ...drawn.slice(2)];
    const ours = rankHand([...holeCards, ...table]).strength;
    const other = rankHand([...drawn.slice(0, 2), ...table]).strength;
    won += ours > other ? 1 : ours === other ? 0.5 : 0;
  }
  return won / deals;
}

/** Moves so many cards to the front of the deck, each by chance. */
function draw(deck: Card[], count: number): Card[] {
  for (let at = 0; at < count; at += 1) {
    const [card] = deck.splice(at + Math.floor(Math.random() * (deck.length - at)), 1);
    if (card !== undefined) deck.unshift(card);
  }
  return deck.slice(0, count);
}
