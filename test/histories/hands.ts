/** Hands in a short notation, for tests. */
import type { HandHistory } from '../../src/histories/hand-history.js';
import type { HandAction, Street } from '../../src/holdem/facts.js';

export interface TestTable {
  /** By seat, before the posts. */
  stacks: readonly number[];
  /** By seat, after the payouts. Default: not known. */
  after?: readonly number[];
  dealer?: number;
  /** Such as `Kc7d2s`. */
  board?: string;
  /** By seat, such as `AhKd`; an empty one is not known. */
  cards?: readonly string[];
  /** Seats that showed. */
  shown?: readonly number[];
  names?: readonly string[];
  level?: HandHistory['level'];
  hero?: number;
}

const verbs: Readonly<Record<string, HandAction['action']>> = {
  sb: 'post_small_blind',
  bb: 'post_big_blind',
  ante: 'post_ante',
};

/** @param lines one for each street: `preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20`. */
export function handOf(table: TestTable, lines: readonly string[]): HandHistory {
  const {
    stacks,
    after,
    dealer = 0,
    board = '',
    cards = [],
    shown = [],
    names = ['Ann', 'Bob', 'Cid', 'Dot', 'Eve', 'Fay'],
  } = table;
  return {
    source: 'recording',
    matchId: 'match-1',
    handNumber: 1,
    startedAt: Date.UTC(2026, 10, 27, 22, 1),
    level: table.level ?? { smallBlind: 5, bigBlind: 10, ante: 0 },
    dealerSeat: dealer,
    seats: stacks.map((stack, seat) => ({
      seat,
      name: names[seat] ?? `Seat ${seat}`,
      stack,
      stackAfter: after?.[seat] ?? null,
      cards: cards[seat] ? cardsIn(cards[seat]) : null,
      hasShown: shown.includes(seat),
    })),
    history: lines.flatMap(actionsIn),
    board: cardsIn(board),
    hero: table.hero ?? null,
    isFinished: true,
  };
}

function cardsIn(text: string): string[] {
  return text.match(/../g) ?? [];
}

function actionsIn(line: string): HandAction[] {
  const [street = '', actions = ''] = line.split(': ');
  return actions.split(', ').map((text) => {
    const [seat, verb = '', amount = 0] = text.split(' ');
    return {
      seat: Number(seat),
      action: verbs[verb] ?? (verb as HandAction['action']),
      amount: Number(amount),
      street: street as Street,
      isTimeout: false,
    };
  });
}
