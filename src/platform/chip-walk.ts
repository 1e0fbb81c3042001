/** Walks the actions of a recorded hand, and counts the chips of each. */

/** An action as records have it. */
export interface ChipAction {
  seat: number;
  action: string;
  phase: string;
  /** As it was recorded. Of a call the chips added; of a raise it depends on the source. */
  amount: number;
}

export interface ChipStep {
  /** Chips that the action moves from the stack to the pot. */
  added: number;
  /** What the seat has put in on this street, after the action; antes and other dead money do not count. */
  streetTotal: number;
  /** The bet that was to be matched. */
  betBefore: number;
}

/** Posts that count towards the bet of the first street. Others are dead money. */
const livePosts: ReadonlySet<string> = new Set(['post_small_blind', 'post_big_blind', 'post_straddle']);

/** Verbs whose amount has two meanings. */
const raises: ReadonlySet<string> = new Set(['raise', 'bet']);

export function isRaise(action: string): boolean {
  return raises.has(action);
}

/** A post that counts towards no bet: an ante, say. */
export function isDeadPost(action: string): boolean {
  return action.startsWith('post_') && !livePosts.has(action);
}

/** @param meaning what the amount of a raise is: the chips added, or the total of the street. */
export function walkChips(actions: readonly ChipAction[], meaning: 'added' | 'total'): ChipStep[] {
  const totals = new Map<number, number>();
  let bet = 0;
  let street: string | null = null;
  return actions.map(({ seat, action, phase, amount }) => {
    if (street !== phase) {
      street = phase;
      totals.clear();
      bet = 0;
    }
    const before = totals.get(seat) ?? 0;
    const betBefore = bet;
    const added = isRaise(action) && meaning === 'total' ? amount - before : amount;
    const streetTotal = isDeadPost(action) ? before : before + added;
    totals.set(seat, streetTotal);
    bet = Math.max(bet, streetTotal);
    return { added, streetTotal, betBefore };
  });
}
