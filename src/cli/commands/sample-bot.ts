import { evaluate, getCardCode, getCardCodes } from '@pokertools/evaluator';
import { Bot } from '../../bot/bot.js';
import { Action } from '../../holdem/action.js';
import { type Card, formatCard, ranks, suits } from '../../holdem/card.js';
import type { GameState } from '../../holdem/game-state.js';

const deck = getCardCodes(ranks.flatMap((rank) => suits.map((suit) => formatCard({ rank, suit }))));

const style = {
  /** Simulated deals for one decision. */
  samples: 300,
  /** Chance to win from which it bets and raises; facing a bet, a part of the price of a call is added. */
  raiseFrom: 0.6,
  pricePerRaise: 0.4,
  /** It calls when its chance exceeds the price by this much. */
  margin: 0.04,
} as const;

/** Tight and aggressive: folds most hands to a bet, raises the good ones, and never bluffs. */
export class SampleBot extends Bot {
  private seed = 1;

  override decide({ holeCards, board, pot, toCall, minRaise, maxRaise, validActions }: GameState): Action {
    const chance = this.chanceToWin(holeCards, board);
    const price = toCall / (pot + toCall);
    if (validActions.includes('raise') && chance > style.raiseFrom + style.pricePerRaise * price) {
      return Action.raiseTo(Math.min(maxRaise, minRaise + Math.round(pot / 2)));
    }
    if (validActions.includes('check')) return Action.check();
    return chance > price + style.margin ? Action.call() : Action.fold();
  }

  /** Deals the unknown cards many times and counts how often these hole cards win against any two. */
  private chanceToWin(holeCards: Card[], board: Card[]): number {
    const mine = holeCards.map((card) => getCardCode(formatCard(card)));
    const open = board.map((card) => getCardCode(formatCard(card)));
    const unseen = deck.filter((code) => !mine.includes(code) && !open.includes(code));
    let won = 0;
    for (let i = 0; i < style.samples; i += 1) {
      const dealt = this.draw(unseen, 7 - open.length);
      const table = [...open, ...dealt.slice(2)];
      const lead = evaluate([...dealt.slice(0, 2), ...table]) - evaluate([...mine, ...table]);
      won += lead > 0 ? 1 : lead === 0 ? 0.5 : 0;
    }
    return won / style.samples;
  }

  /** Moves `count` random cards to the front. Its own generator, so that a demo can be repeated. */
  private draw(cards: number[], count: number): number[] {
    for (let i = 0; i < count; i += 1) {
      this.seed = (this.seed * 48_271) % 2_147_483_647;
      const j = i + (this.seed % (cards.length - i));
      [cards[i], cards[j]] = [cards[j] ?? 0, cards[i] ?? 0];
    }
    return cards.slice(0, count);
  }
}
