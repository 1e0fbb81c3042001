/** What makes a hand unfit for sums and exports. */
import { chipsOf } from './hand-chips.js';
import type { HandHistory } from './hand-history.js';

const card = /^[2-9TJQKA][cdhs]$/;
const boardSizes: ReadonlySet<number> = new Set([0, 3, 4, 5]);
const streets = ['preflop', 'flop', 'turn', 'river'];

/**
 * What cannot be right about a hand, as sentences; none for a hand that conserves chips. A hand with problems belongs in no
 * sum and no file, and is told by its number.
 */
export function problemsOf(hand: HandHistory): string[] {
  return [...cardProblems(hand), ...orderProblems(hand), ...chipProblems(hand)];
}

function cardProblems({ board, seats }: HandHistory): string[] {
  const all = [...board, ...seats.flatMap(({ cards }) => cards ?? [])];
  const problems: string[] = [];
  const odd = all.find((text) => !card.test(text));
  if (odd !== undefined) problems.push(`${odd} is no card.`);
  const twice = all.find((text, index) => all.indexOf(text) !== index);
  if (twice !== undefined) problems.push(`${twice} was dealt twice.`);
  if (!boardSizes.has(board.length)) problems.push(`A board has no ${board.length} cards.`);
  for (const { seat, cards } of seats)
    if (cards !== null && cards.length !== 2) problems.push(`Seat ${seat} has ${cards.length} hole cards.`);
  return problems;
}

function orderProblems({ seats, history, dealerSeat }: HandHistory): string[] {
  const dealt = new Set(seats.map(({ seat }) => seat));
  const problems: string[] = [];
  if (seats.length < 2) problems.push('Fewer than two seats were dealt in.');
  if (dealt.size !== seats.length) problems.push('A seat is named twice.');
  // The button may stand at a seat that is out.
  if (!Number.isInteger(dealerSeat) || dealerSeat < 0) problems.push('There is no button.');
  const folded = new Set<number>();
  let street = 0;
  for (const { seat, action, street: at } of history) {
    const index = streets.indexOf(at);
    if (!dealt.has(seat)) problems.push(`Seat ${seat} acts and was not dealt in.`);
    if (index < street) problems.push(`An action of the ${at} stands after the ${streets[street]}.`);
    if (folded.has(seat)) problems.push(`Seat ${seat} acts after it has folded.`);
    if (action === 'fold') folded.add(seat);
    street = Math.max(street, index);
  }
  return problems;
}

function chipProblems(hand: HandHistory): string[] {
  const { moves, put, won, pot } = chipsOf(hand);
  const problems: string[] = [];
  for (const { entry, added } of moves) {
    if (!Number.isSafeInteger(added) || added < 0)
      problems.push(`Seat ${entry.seat} cannot ${entry.action} ${entry.amount} on the ${entry.street}.`);
  }
  for (const { seat, stack } of hand.seats) {
    const chips = put.get(seat) ?? 0;
    if (stack !== null && chips > stack) problems.push(`Seat ${seat} put in ${chips} and has ${stack}.`);
  }
  if (!hand.isFinished || won === null) return problems;
  const paid = [...won.values()].reduce((sum, chips) => sum + chips, 0);
  const { rake = 0 } = hand;
  if (rake < 0) problems.push(`A rake of ${rake} is none.`);
  if (paid + rake !== pot)
    problems.push(
      `The pot has ${pot} chips, and ${paid} were won${rake === 0 ? '' : ` after a rake of ${rake}`}.`,
    );
  const folded = new Set(hand.history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  for (const [seat, chips] of won) {
    if (chips < 0) problems.push(`Seat ${seat} lost more than it put in.`);
    if (chips > 0 && folded.has(seat)) problems.push(`Seat ${seat} folded and won ${chips}.`);
  }
  return problems;
}
