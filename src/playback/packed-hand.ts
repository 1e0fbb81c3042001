/** Hands as they stand in pages and files for pages: short, and the same hand when they are read again. */
import type { HandHistory, HandSource, HistorySeat } from '../histories/hand-history.js';
import type { HandAction, Street } from '../holdem/facts.js';
import type { JsonObject } from '../protocol/frames.js';

/** What is known of a turn of our bot, beside its action. */
export interface PlayedTurn {
  /** Where its action stands in the history of the hand. */
  readonly position: number;
  /** From the request to the answer; null: not known. */
  readonly latencyMs: number | null;
  /** Who chose the answer: `bot`, or why it was chosen for the bot; null: not known. */
  readonly source: string | null;
  /** What the bot noted; null: nothing, or it was left out. */
  readonly note: JsonObject | null;
}

/** A hand with what only its player, or only its end, tells. */
export interface PlayedBack {
  readonly hand: HandHistory;
  /** By seat, of those that showed their cards: `Full House`. */
  readonly ranks: ReadonlyMap<number, string>;
  readonly turns: readonly PlayedTurn[];
}

/** Fields have short names, as there are many of them; what is not there is the usual case. */
export interface PackedHand {
  /** Its number; null: not known. */
  readonly n: number | null;
  /** When it began, in epoch milliseconds. */
  readonly at?: number;
  /** Small blind, big blind, ante. */
  readonly lv: readonly [number, number, number];
  /** The seat of the button. */
  readonly d: number;
  /** Number, name (its place in the list of names), stack before and after, hole cards without separators, 1: shown. */
  readonly s: readonly (readonly [number, number, number | null, number | null, string, 0 | 1])[];
  /** The history: seat, letter and amount of each entry, `!` where a clock ran out; `/` begins the next street. */
  readonly h: string;
  readonly b: string;
  /** The seat whose eyes saw it. */
  readonly me?: number;
  readonly rake?: number;
  /** 1: it was cut off. */
  readonly cut?: 1;
  /** By seat. */
  readonly ranks?: Readonly<Record<string, string>>;
  /** Position, milliseconds, source, note. */
  readonly t?: readonly (readonly [number, number | null, string | null, (JsonObject | null)?])[];
}

const letters = {
  post_small_blind: 's',
  post_big_blind: 'b',
  post_ante: 'a',
  fold: 'f',
  check: 'x',
  call: 'c',
  raise: 'r',
} as const satisfies Record<HandAction['action'], string>;

const actions = new Map<string, HandAction['action']>(
  Object.entries(letters).map(([action, letter]) => [letter, action as HandAction['action']]),
);

const streets: readonly Street[] = ['preflop', 'flop', 'turn', 'river'];

/** @param nameIndex the place of a name in the list that `unpackHand` gets. */
export function packHand(
  { hand, ranks, turns }: PlayedBack,
  nameIndex: (name: string) => number,
): PackedHand {
  const { handNumber, startedAt, level, dealerSeat, seats, board, hero, rake = 0, isFinished } = hand;
  return {
    n: handNumber,
    ...(startedAt !== null && { at: startedAt }),
    lv: [level.smallBlind, level.bigBlind, level.ante],
    d: dealerSeat,
    s: seats.map(({ seat, name, stack, stackAfter, cards, hasShown }) => [
      seat,
      nameIndex(name),
      stack,
      stackAfter,
      cards?.join('') ?? '',
      hasShown ? 1 : 0,
    ]),
    h: packHistory(hand.history),
    b: board.join(''),
    ...(hero !== null && { me: hero }),
    ...(rake !== 0 && { rake }),
    ...(!isFinished && { cut: 1 as const }),
    ...(ranks.size > 0 && { ranks: Object.fromEntries(ranks) }),
    ...(turns.length > 0 && {
      t: turns.map(({ position, latencyMs, source, note }) =>
        note === null
          ? ([position, latencyMs, source] as const)
          : ([position, latencyMs, source, note] as const),
      ),
    }),
  };
}

/** What the hands of a match have in common. */
export interface HandOrigin {
  readonly source: HandSource;
  readonly matchId: string | null;
  readonly names: readonly string[];
}

export function unpackHand(packed: PackedHand, { source, matchId, names }: HandOrigin): PlayedBack {
  const { n, at = null, lv, d, s, h, b, me = null, rake, cut, ranks = {}, t = [] } = packed;
  const [smallBlind, bigBlind, ante] = lv;
  const seats = s.map(
    ([seat, name, stack, stackAfter, cards, shown]): HistorySeat => ({
      seat,
      name: names[name] ?? `Seat ${seat}`,
      stack,
      stackAfter,
      cards: cards === '' ? null : cardsIn(cards),
      hasShown: shown === 1,
    }),
  );
  return {
    hand: {
      source,
      matchId,
      handNumber: n,
      startedAt: at,
      level: { smallBlind, bigBlind, ante },
      dealerSeat: d,
      seats,
      history: unpackHistory(h),
      board: cardsIn(b),
      hero: me,
      ...(rake !== undefined && { rake }),
      isFinished: cut !== 1,
    },
    ranks: new Map(Object.entries(ranks).map(([seat, rank]) => [Number(seat), rank])),
    turns: t.map(([position, latencyMs, by, note = null]) => ({ position, latencyMs, source: by, note })),
  };
}

const cardsIn = (text: string): string[] => text.match(/../g) ?? [];

function packHistory(history: readonly HandAction[]): string {
  let street = 0;
  let packed = '';
  for (const entry of history) {
    const at = streets.indexOf(entry.street);
    if (at > street) packed += '/'.repeat(at - street);
    else if (packed !== '') packed += ' ';
    street = at;
    const amount = entry.amount === 0 ? '' : entry.amount;
    packed += `${entry.seat}${letters[entry.action]}${amount}${entry.isTimeout ? '!' : ''}`;
  }
  return packed;
}

function unpackHistory(packed: string): HandAction[] {
  return packed.split('/').flatMap((part, index) =>
    Array.from(part.matchAll(/(\d+)([a-z])(\d*)(!?)/g), ([, seat, letter = '', amount, timeout]) => ({
      seat: Number(seat),
      action: actions.get(letter) ?? 'check',
      amount: Number(amount),
      street: streets[index] ?? 'river',
      isTimeout: timeout === '!',
    })),
  );
}
