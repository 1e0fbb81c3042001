/** The biggest pot of a match as a short story, street by street with all cards face up. */
import { type Card, formatCard } from '../../holdem/card.js';
import type { Acted, HandEnded, HandStarted, Street, StreetOpened, TableFact } from '../../holdem/facts.js';
import { printable } from '../../protocol/redact.js';
import { wrapped } from './wrapped.js';

const defaults = { columns: 80, headWidth: 10, maxNameLength: 24 } as const;

/** The facts of one hand, all cards face up. */
export interface FaceUpHand {
  start: HandStarted;
  /** In their order, `handStarted` and `handEnded` left out. */
  facts: (Acted | StreetOpened)[];
  end: HandEnded;
}

export interface BiggestPot {
  /** To be called with every fact of one table. */
  onFact(fact: TableFact): void;
  /** Null when nobody has won a pot. */
  hand(): FaceUpHand | null;
  /**
   * @param names by seat; the name `you` is written to.
   * @param columns of the terminal.
   * @returns no line when nobody has won a pot.
   */
  lines(names: readonly string[], columns?: number): string[];
}

/** Remembers one hand: the one that had the most chips in its pots, without those that nobody called. */
export function createBiggestPot(): BiggestPot {
  let open: Omit<FaceUpHand, 'end'> | null = null;
  let biggest: FaceUpHand | null = null;
  return {
    onFact(fact) {
      if (fact.type === 'handStarted') open = { start: fact, facts: [] };
      else if (fact.type === 'acted' || fact.type === 'streetOpened') open?.facts.push(fact);
      else if (fact.type === 'handEnded' && open !== null) {
        if (biggest === null || contested(fact) > contested(biggest.end)) biggest = { ...open, end: fact };
        open = null;
      }
    },
    hand: () => biggest,
    lines: (names, columns = defaults.columns) =>
      biggest === null ? [] : tell(biggest, names, Math.min(columns, defaults.columns)),
  };
}

const contested = ({ pot, uncalled }: HandEnded): number => pot - (uncalled?.amount ?? 0);

function tell({ start, facts, end }: FaceUpHand, names: readonly string[], columns: number): string[] {
  const nameOf = (seatIndex: number) =>
    printable(names[seatIndex] ?? `seat ${seatIndex}`, defaults.maxNameLength);
  const does = (seatIndex: number, verb: string) => {
    const name = nameOf(seatIndex);
    return `${name} ${name === 'you' ? verb : `${verb}s`}`;
  };
  const dealt = start.holeCards.flatMap((cards, seatIndex) =>
    cards.length === 0 ? [] : [`${nameOf(seatIndex)} ${cardsText(cards)}`],
  );
  const parts = [
    { head: 'cards', text: dealt.join(', ') },
    ...streetsOf(facts, does),
    ...(end.shown.length === 0
      ? []
      : [
          { head: 'showdown', text: end.shown.map(({ seat, rank }) => `${nameOf(seat)} ${rank}`).join(', ') },
        ]),
    { head: 'pot', text: winnersOf(end, does) },
  ];
  return [
    `The biggest pot was in hand ${end.hand}:`,
    ...parts.flatMap(({ head, text }) =>
      wrapped(text, columns - 1 - 2 - defaults.headWidth).map(
        (line, index) => `  ${(index === 0 ? head : '').padEnd(defaults.headWidth)}${line}`,
      ),
    ),
  ];
}

type Does = (seatIndex: number, verb: string) => string;

function streetsOf(facts: FaceUpHand['facts'], does: Does): { head: string; text: string }[] {
  const streets: { street: Street; board: string; acts: string[]; isRaised: boolean }[] = [
    { street: 'preflop', board: '', acts: [], isRaised: true },
  ];
  for (const fact of facts) {
    if (fact.type === 'streetOpened') {
      streets.push({ street: fact.street, board: cardsText(fact.board), acts: [], isRaised: false });
      continue;
    }
    const street = streets.at(-1);
    street?.acts.push(actText(fact, street.isRaised, does));
    if (street !== undefined && fact.action === 'raise') street.isRaised = true;
  }
  return streets.map(({ street, board, acts }) => ({
    head: street,
    text: [board, acts.join(', ')].filter((text) => text !== '').join(': '),
  }));
}

/** The blinds are a bet, so that a first raise before the flop is one. */
function actText({ seat, action, amount, stacks }: Acted, isRaised: boolean, does: Does): string {
  const allIn = stacks[seat] === 0 && (action === 'call' || action === 'raise') ? ' all-in' : '';
  if (action === 'raise')
    return `${isRaised ? `${does(seat, 'raise')} to` : does(seat, 'bet')} ${amount}${allIn}`;
  return `${does(seat, action)}${action === 'call' ? ` ${amount}` : ''}${allIn}`;
}

function winnersOf(end: HandEnded, does: Does): string {
  const { payouts, winners, uncalled } = end;
  return payouts
    .filter(({ seat }) => winners.includes(seat))
    .map(
      ({ seat, amount }) =>
        `${does(seat, 'win')} ${amount - (uncalled?.seat === seat ? uncalled.amount : 0)}`,
    )
    .join(', ');
}

const cardsText = (cards: readonly Card[]): string => cards.map(formatCard).join(' ');
