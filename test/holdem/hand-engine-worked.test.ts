/** The hands of hand-engine-worked.txt, which were worked out on paper: each turn, bound and stack. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numberOfCard } from '../../src/holdem/card-numbers.js';
import { HandEngine } from '../../src/holdem/hand-engine.js';

interface WorkedHand {
  name: string;
  /** By the first word of their lines: the words that follow. */
  terms: Map<string, string[]>;
  /** The lines of turns, without the streets between them. */
  turns: string[][];
  streets: number[];
}

const streets = ['preflop', 'flop', 'turn', 'river'];

function handsOf(text: string): WorkedHand[] {
  const hands: WorkedHand[] = [];
  let street = 0;
  for (const line of text.split('\n')) {
    const words = line.split(/\s+/).filter((word) => word !== '');
    const [first = '', ...rest] = words;
    const hand = hands.at(-1);
    if (first === '' || first === '#') continue;
    if (first === '=') {
      hands.push({ name: rest.join(' '), terms: new Map(), turns: [], streets: [] });
      street = 0;
    } else if (streets.includes(first)) street = streets.indexOf(first);
    else if (/^\d$/.test(first)) {
      hand?.turns.push(words);
      hand?.streets.push(street);
    } else hand?.terms.set(first, rest);
  }
  return hands;
}

const hands = handsOf(readFileSync(new URL('hand-engine-worked.txt', import.meta.url), 'utf8'));

/** The table of the hand before, with which a hand goes on that says `moves`. */
let engine = new HandEngine({ seats: 2 });

function start({ terms }: WorkedHand): void {
  const numbers = (word: string): number[] => (terms.get(word) ?? []).map(Number);
  const [small = 0, big = 0] = numbers('blinds');
  const [ante = 0] = numbers('ante');
  const [bigBlindAnte] = numbers('big-blind-ante');
  if (!terms.has('moves')) {
    const [oddChips] = terms.get('odd') ?? [];
    engine = new HandEngine({
      seats: numbers('stacks').length,
      ...(oddChips === 'left-of-button' && { oddChips }),
    });
    engine.stacks.set(numbers('stacks'));
    engine.placeButton(numbers('button')[0] ?? 0);
  } else engine.moveButton();
  engine.setBlinds(small, big, bigBlindAnte === undefined ? ante : { bigBlind: bigBlindAnte });
  const holes = (terms.get('cards') ?? [])
    .join(' ')
    .split('|')
    .map((cards) => cards.trim().split(' '));
  const fromButton = holes.map(
    (_, step) => holes[(engine.positions.dealerSeat + 1 + step) % holes.length] ?? [],
  );
  const dealt = fromButton.filter(([first]) => first !== '-');
  const top = [0, 1].flatMap((round) => dealt.map((cards) => cards[round] ?? ''));
  engine.dealFrom([...top, ...(terms.get('board') ?? [])].map(numberOfCard));
}

/** The turn that is open, as the file writes it. */
function openTurn(): string[] {
  const { turn, pot, toCall, minRaise, maxRaise } = engine;
  const raise = maxRaise === 0 ? '-' : `${minRaise}-${maxRaise}`;
  return [String(turn), String(pot), String(engine.stacks[turn]), String(toCall), raise];
}

function act([word, total]: readonly string[]): void {
  if (word === 'raise') engine.raiseTo(Number(total));
  else if (word === 'call') engine.call();
  else if (word === 'check') engine.check();
  else engine.fold();
}

describe('hands worked out on paper', () => {
  it('are all there', () => {
    expect(hands).toHaveLength(25);
    expect(hands.reduce((sum, { turns }) => sum + turns.length, 0)).toBe(114);
  });

  // In their order: some go on from the hand before.
  it.each(hands)('$name', (hand) => {
    start(hand);
    const { smallBlindSeat, bigBlindSeat } = engine.positions;
    expect([smallBlindSeat, bigBlindSeat].map(String)).toEqual(hand.terms.get('posts'));
    for (const [index, words] of hand.turns.entries()) {
      expect(openTurn()).toEqual(words.slice(0, 5));
      expect(engine.street).toBe(hand.streets[index]);
      act(words.slice(5));
    }
    expect(engine.turn).toBe(-1);
    expect(Array.from(engine.stacks, String)).toEqual(hand.terms.get('ends'));
  });
});
