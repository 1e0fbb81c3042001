/** A hand that was played, as text: cards, actions, pot, result. */
import { type ChipMove, chipsOf, isFirstBet } from '../../histories/hand-chips.js';
import type { HandHistory, HistorySeat } from '../../histories/hand-history.js';
import type { Street } from '../../holdem/facts.js';
import { signed } from '../../io/reports/describe.js';
import { printable, type Redact } from '../../protocol/redact.js';
import { wrapped } from './wrapped.js';

const defaults = { columns: 79, maxNameLength: 24, streetWidth: 9, maxLineLength: 2_000 } as const;

const boards: Readonly<Record<Street, number>> = { preflop: 0, flop: 3, turn: 4, river: 5 };

/** @param columns of the terminal. */
export function handLines(hand: HandHistory, redact: Redact, columns: number = defaults.columns): string[] {
  const { matchId, handNumber, level, seats, dealerSeat, hero, isFinished } = hand;
  const names = new Map(seats.map(({ seat, name }) => [seat, name.slice(0, defaults.maxNameLength)]));
  const nameOf = (seat: number): string => names.get(seat) ?? `seat ${seat}`;
  const width = Math.max(...[...names.values()].map((name) => name.length));
  const number = handNumber === null ? 'a hand' : `hand ${handNumber}`;
  const ante = level.ante > 0 ? `, ante ${level.ante}` : '';
  const head = `${number}${matchId === null ? '' : ` of ${matchId}`}, blinds ${level.smallBlind}/${level.bigBlind}${ante}${isFinished ? '' : ', cut off'}`;
  const seatLine = ({ seat, stack, cards, name }: HistorySeat): string => {
    const marks = [seat === dealerSeat && 'button', seat === hero && 'the bot'].filter(
      (mark) => mark !== false,
    );
    const held = cards === null ? '' : cards.join(' ');
    return `  ${name.slice(0, defaults.maxNameLength).padEnd(width)}  ${String(stack ?? '?').padStart(7)}  ${held.padEnd(5)}  ${marks.join(', ')}`.trimEnd();
  };
  const lines = [head, ...seats.map(seatLine), ...streetLines(hand, nameOf), ...resultLines(hand, nameOf)];
  return lines.flatMap((line) => {
    const indent = ' '.repeat(2 + defaults.streetWidth);
    const [first = '', ...rest] = wrapped(printable(line, defaults.maxLineLength, redact), columns);
    if (rest.length === 0) return [first];
    const more = wrapped(rest.join(' '), Math.max(1, columns - indent.length));
    return [first, ...more.map((part) => indent + part)];
  });
}

function streetLines(hand: HandHistory, nameOf: (seat: number) => string): string[] {
  const { moves, pot: called } = chipsOf(hand);
  const lines: string[] = [];
  let pot = 0;
  let shown: Street | null = null;
  let parts: string[] = [];
  let head = '';
  const end = (): void => {
    if (shown !== null) lines.push(`${head}${parts.join(', ')}`);
    parts = [];
  };
  for (const move of moves) {
    const { entry, added, isAllIn } = move;
    if (entry.street !== shown) {
      end();
      shown = entry.street;
      head = streetHead(hand.board, shown, pot);
    }
    parts.push(`${nameOf(entry.seat)} ${actionWords(move)}${isAllIn ? ' (all-in)' : ''}`);
    pot += added;
  }
  end();
  // Cards that came after the last bet.
  for (const street of ['flop', 'turn', 'river'] as const) {
    const isDealt = hand.board.length >= boards[street];
    if (isDealt && boards[street] > boards[shown ?? 'preflop'])
      lines.push(streetHead(hand.board, street, called).trimEnd().replace(/:$/, ''));
  }
  return lines;
}

function streetHead(board: readonly string[], street: Street, pot: number): string {
  const cards = board.slice(0, boards[street]).join(' ');
  const chips = pot === 0 ? '' : `pot ${pot}: `;
  return `  ${street.padEnd(defaults.streetWidth)}${cards === '' ? '' : `${cards}  `}${chips}`;
}

function actionWords(move: ChipMove): string {
  const { action, amount, isTimeout } = move.entry;
  if (isFirstBet(move)) return `bet ${amount}${isTimeout ? ' (its time ran out)' : ''}`;
  const verb = action.startsWith('post_') ? action.slice('post_'.length).replaceAll('_', ' ') : action;
  const chips = action === 'raise' ? ` to ${amount}` : amount > 0 ? ` ${amount}` : '';
  return `${verb}${chips}${isTimeout ? ' (its time ran out)' : ''}`;
}

function resultLines(hand: HandHistory, nameOf: (seat: number) => string): string[] {
  const { pot } = chipsOf(hand);
  if (!hand.isFinished) return [];
  const shown = hand.seats.filter(({ hasShown }) => hasShown).map(({ seat }) => nameOf(seat));
  const nets = hand.seats.flatMap(({ seat, stack, stackAfter }) =>
    stack === null || stackAfter === null || stack === stackAfter
      ? []
      : [`${nameOf(seat)} ${signed(stackAfter - stack)}`],
  );
  const ending = shown.length > 1 ? `shown by ${shown.join(' and ')}` : 'not shown';
  const result = nets.length === 0 ? 'nobody won or lost' : nets.join(', ');
  return [`  ${'result'.padEnd(defaults.streetWidth)}pot ${pot}, ${ending}: ${result}`];
}
