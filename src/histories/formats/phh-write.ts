/**
 * Poker Hand History, version 0.0.2 (uoftcprg/phh-std, commit c1bd44c): one hand in `.phh`, several as numbered tables in
 * `.phhs`. Players are told by position, the first left of the button; heads-up the lists of antes and blinds are the other
 * way round.
 */

import type { Street } from '../../holdem/facts.js';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory, HistorySeat } from '../hand-history.js';
import { blindSeatsOf, showingOrderOf, usualPositions } from './dealing-order.js';

const streets: readonly { street: Street; from: number; to: number }[] = [
  { street: 'flop', from: 0, to: 3 },
  { street: 'turn', from: 3, to: 4 },
  { street: 'river', from: 4, to: 5 },
];

/**
 * One hand.
 *
 * @throws {HandRefusedError} where the posts are not those of the usual positions.
 */
export function phhOf(hand: HandHistory): string {
  const dealt = usualPositions(hand, 'PHH');
  const { level, isFinished } = hand;
  const { dead, areAntesDead } = chipsOf(hand);
  const fields: [string, string | null][] = [
    ['variant', "'NT'"],
    ['ante_trimming_status', String(!areAntesDead)],
    [
      'antes',
      listOf(turnedHeadsUp(areAntesDead ? deadAntesOf(hand, dealt, dead) : dealt.map(() => level.ante))),
    ],
    ['blinds_or_straddles', listOf(dealt.map((_, index) => [level.smallBlind, level.bigBlind][index] ?? 0))],
    ['min_bet', String(level.bigBlind)],
    ['starting_stacks', listOf(dealt.map(({ stack }) => stack ?? 'inf'))],
    [
      'actions',
      `[${actionsOf(hand, dealt)
        .map((action) => `'${action}'`)
        .join(', ')}]`,
    ],
    ['hand', hand.handNumber === null ? null : String(hand.handNumber)],
    ...timeFields(hand.startedAt),
    ['seats', listOf(dealt.map(({ seat }) => seat + 1))],
    ['seat_count', String(Math.max(...dealt.map(({ seat }) => seat)) + 1)],
    ['players', listOf(dealt.map(({ name }) => textOf(name)))],
    ['finishing_stacks', isFinished ? knownStacks(dealt) : null],
    ['_match_id', hand.matchId === null ? null : textOf(hand.matchId)],
    ['_hero_seat', hand.hero === null ? null : String(hand.hero + 1)],
    ['_is_unfinished', isFinished ? null : 'true'],
  ];
  return fields.flatMap(([name, value]) => (value === null ? [] : [`${name} = ${value}\n`])).join('');
}

/** The tables of a `.phhs` file. @param position from 1. */
export function phhsTable(phh: string, position: number): string {
  return `[${position}]\n${phh}\n`;
}

/** A big blind that is all-in owes the whole ante all the same. */
function deadAntesOf(
  { level, history }: HandHistory,
  dealt: readonly HistorySeat[],
  dead: ReadonlyMap<number, number>,
): number[] {
  const { big } = blindSeatsOf(dealt);
  const posted = history.reduce(
    (sum, { seat, action, amount }) => sum + (seat === big.seat && action.startsWith('post_') ? amount : 0),
    0,
  );
  return dealt.map(({ seat, stack }) => {
    const paid = dead.get(seat) ?? 0;
    return seat === big.seat && posted === stack ? Math.max(paid, level.ante) : paid;
  });
}

function turnedHeadsUp<Value>(values: readonly Value[]): readonly Value[] {
  return values.length === 2 ? values.toReversed() : values;
}

/** Cards are shown when the betting is over, before the rest of the board. */
function actionsOf(hand: HandHistory, dealt: readonly HistorySeat[]): string[] {
  const { history, board } = hand;
  const nameOf = (seat: number) => `p${dealt.findIndex((each) => each.seat === seat) + 1}`;
  const deals = dealt.map(({ seat, cards }) => `d dh ${nameOf(seat)} ${cards?.join('') ?? '????'}`);
  const shows = showingOrderOf(hand).map(
    ({ seat, cards, hasShown }) =>
      `${nameOf(seat)} sm${hasShown && cards !== null ? ` ${cards.join('')}` : ''}`,
  );
  const played = (street: Street) =>
    history.flatMap((entry) => {
      if (entry.street !== street || entry.action.startsWith('post_')) return [];
      return `${nameOf(entry.seat)} ${verbOf(entry)}${entry.isTimeout ? ' # timeout' : ''}`;
    });
  const actions = [...deals, ...played('preflop')];
  const last = history.at(-1)?.street;
  let isShown = false;
  for (const { street, from, to } of streets) {
    if (board.length < to) break;
    const isOver =
      streets.findIndex((one) => one.street === last) < streets.findIndex((one) => one.street === street);
    if (isOver && !isShown) {
      actions.push(...shows);
      isShown = true;
    }
    actions.push(`d db ${board.slice(from, to).join('')}`, ...played(street));
  }
  return isShown ? actions : [...actions, ...shows];
}

function verbOf({ action, amount }: HandHistory['history'][number]): string {
  if (action === 'fold') return 'f';
  return action === 'raise' ? `cbr ${amount}` : 'cc';
}

function knownStacks(dealt: readonly HistorySeat[]): string | null {
  const stacks = dealt.flatMap(({ stackAfter }) => stackAfter ?? []);
  return stacks.length === dealt.length ? listOf(stacks) : null;
}

/** In UTC, which PHH takes a time for where no zone is told. */
function timeFields(startedAt: number | null): [string, string][] {
  if (startedAt === null) return [];
  const [day = '', time = ''] = new Date(startedAt)
    .toISOString()
    .replace('.000Z', '')
    .replace('Z', '')
    .split('T');
  const [year, month, date] = day.split('-').map(Number);
  return [
    ['day', String(date)],
    ['month', String(month)],
    ['year', String(year)],
    ['time', time],
  ];
}

function listOf(values: readonly (string | number)[]): string {
  return `[${values.join(', ')}]`;
}

/** A basic string of TOML, which has the escapes of JSON, DEL as one more, and no half characters. */
function textOf(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('\u007F', '\\u007F');
}
