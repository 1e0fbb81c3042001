/**
 * The shape that an importer of fpdb asked for (`fpdb-chipzen-hand/v1`, September 2026): a hand as its player got it over the
 * wire, one object a line. Raises are totals of the street, payouts have uncalled chips in them, and cards are told that were
 * shown or are the player's own.
 */
import { actionNames } from '../../holdem/action-codes.js';
import type { HandAction, Street } from '../../holdem/facts.js';
import { instantOf, rowsOf, textOf, textsOf, wholeOf } from '../../platform/fields.js';
import { isObject } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory } from '../hand-history.js';
import { liveSeatsOf, showingOrderOf } from './dealing-order.js';
import { HandRefusedError } from './hand-refusal.js';
import { type ReadHistories, readBlocks, textLines } from './read-blocks.js';

const schema = 'fpdb-chipzen-hand/v1';

const streets: readonly { phase: Street; size: number }[] = [
  { phase: 'preflop', size: 0 },
  { phase: 'flop', size: 3 },
  { phase: 'turn', size: 4 },
  { phase: 'river', size: 5 },
];

/**
 * One hand in one line. A hand that was cut off has no payouts and says `unfinished`.
 *
 * @throws {HandRefusedError} without the stacks.
 */
export function fpdbJsonOf(hand: HandHistory): string {
  const { matchId, handNumber, startedAt, level, dealerSeat, seats, history, board, hero, isFinished } = hand;
  const stacks = bySeat(seats.map(({ seat, stack }) => [seat, stack]));
  const after = bySeat(seats.map(({ seat, stackAfter }) => [seat, stackAfter]));
  if (stacks === null)
    throw new HandRefusedError(
      'no_stacks',
      'fpdb-json tells all stacks, and those of this hand are not known.',
    );
  if (after === null && isFinished)
    throw new HandRefusedError('no_end', 'What each seat won is not known, and fpdb-json tells it.');
  if ((hand.rake ?? 0) > 0)
    throw new HandRefusedError('unsound', 'fpdb-json has no rake: the platform takes none.');
  const { won, uncalled, put } = chipsOf(hand);
  const roundId = `${matchId ?? 'match'}-${handNumber ?? 0}`;
  const serverTs = startedAt === null ? {} : { server_ts: new Date(startedAt).toISOString() };
  const own = seats.find(({ seat }) => seat === hero)?.cards ?? null;
  const paid = (isFinished ? seats : []).flatMap(({ seat }) => {
    const amount = (won?.get(seat) ?? 0) + (seat === uncalled?.seat ? uncalled.amount : 0);
    return amount > 0 ? [{ seat, amount }] : [];
  });
  const line = {
    schema,
    match: {
      match_id: matchId,
      started_at: startedAt === null ? null : new Date(startedAt).toISOString(),
      game_config: {
        variant: 'nlhe',
        small_blind: level.smallBlind,
        big_blind: level.bigBlind,
        ante: level.ante,
      },
      seats: seats.map(({ seat, name }) => ({ seat, display_name: name, is_self: seat === hero })),
    },
    round_start: {
      round_id: roundId,
      ...serverTs,
      state: {
        hand_number: handNumber,
        dealer_seat: dealerSeat,
        stacks,
        ...(own !== null && { your_hole_cards: own }),
      },
    },
    phase_changes: streets.flatMap(({ phase, size }) =>
      size > 0 && size <= board.length ? [{ phase, board: board.slice(0, size) }] : [],
    ),
    round_result: {
      round_id: roundId,
      ...serverTs,
      result: {
        hand_number: handNumber,
        winner_seats: [...(won ?? [])].flatMap(([seat, chips]) => (isFinished && chips > 0 ? [seat] : [])),
        pot: [...put.values()].reduce((sum, chips) => sum + chips, 0),
        payouts: paid,
        showdown: showingOrderOf(hand).flatMap(({ seat, cards, hasShown }) =>
          hasShown && cards !== null ? [{ seat, hole_cards: cards }] : [],
        ),
        action_history: history.map(({ seat, action, amount, street, isTimeout }) => ({
          seat,
          action,
          amount,
          phase: street,
          is_timeout: isTimeout,
        })),
        ...(isFinished ? { stacks: after } : { unfinished: true }),
      },
    },
  };
  return `${JSON.stringify(line)}\n`;
}

/** A list by the number of the seat, 0 where nobody was dealt in; null where one is not known. */
function bySeat(chips: readonly (readonly [number, number | null])[]): number[] | null {
  const list = Array.from({ length: Math.max(...chips.map(([seat]) => seat)) + 1 }, () => 0);
  for (const [seat, amount] of chips) {
    if (amount === null) return null;
    list[seat] = amount;
  }
  return list;
}

export function readFpdbJson(text: string): ReadHistories {
  return readBlocks(
    textLines(text).filter((line) => line.trim() !== ''),
    (line) => readHand(objectIn(line)),
  );
}

function objectIn(line: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(line);
    if (isObject(parsed) && parsed['schema'] === schema) return parsed;
  } catch {
    // Told below.
  }
  throw new HandRefusedError('unreadable', `It is no JSON object of the schema "${schema}".`);
}

function readHand(line: JsonObject): HandHistory {
  const match = part(line, 'match');
  const config = part(match, 'game_config');
  const state = part(part(line, 'round_start'), 'state');
  const result = part(part(line, 'round_result'), 'result');
  const stacks = chipsIn(state['stacks']);
  const after = result['unfinished'] === true ? null : chipsIn(result['stacks']);
  const history = actionsIn(result['action_history']);
  const shown = new Map<number, string[]>();
  for (const row of rowsOf(result['showdown'])?.rows ?? [])
    shown.set(wholeOf(row['seat']) ?? -1, textsOf(row['hole_cards']));
  const rows = rowsOf(match['seats'])?.rows ?? [];
  const hero = wholeOf(rows.find((row) => row['is_self'] === true)?.['seat']);
  const seats = rows.map((row) => {
    const seat = wholeOf(row['seat']) ?? -1;
    const own = seat === hero ? textsOf(state['your_hole_cards']) : [];
    return {
      seat,
      name: textOf(row['display_name']) ?? '',
      stack: stacks[seat] ?? null,
      stackAfter: after?.[seat] ?? null,
      cards: shown.get(seat) ?? (own.length > 0 ? own : null),
      hasShown: false,
    };
  });
  // A hand that somebody won without a show-down tells the winner's cards all the same.
  const isShowdown = after !== null && liveSeatsOf({ seats, history }).length > 1;
  return {
    source: 'fpdb-json',
    matchId: textOf(match['match_id']),
    handNumber: wholeOf(state['hand_number']),
    startedAt: instantOf(part(line, 'round_start')['server_ts']),
    level: {
      smallBlind: chipIn(config['small_blind']),
      bigBlind: chipIn(config['big_blind']),
      ante: config['ante'] === undefined ? 0 : chipIn(config['ante']),
    },
    dealerSeat: chipIn(state['dealer_seat']),
    seats: seats.map((seat) => ({ ...seat, hasShown: isShowdown && shown.has(seat.seat) })),
    history,
    board: textsOf((rowsOf(line['phase_changes'])?.rows ?? []).at(-1)?.['board']),
    hero,
    isFinished: after !== null,
  };
}

const actions: ReadonlySet<string> = new Set(actionNames);

function actionsIn(value: unknown): HandAction[] {
  const list = rowsOf(value);
  if (list === null || list.skipped > 0)
    throw new HandRefusedError('unreadable', 'It has no list `action_history`.');
  return list.rows.map((row) => {
    const action = textOf(row['action']) ?? '';
    const street = streets.find(({ phase }) => phase === row['phase'])?.phase;
    if (!actions.has(action) || street === undefined)
      throw new HandRefusedError('unreadable', `"${action}" is no action of a street of No-Limit Hold'em.`);
    return {
      seat: chipIn(row['seat']),
      action: action as HandAction['action'],
      amount: chipIn(row['amount'] ?? 0),
      street,
      isTimeout: row['is_timeout'] === true,
    };
  });
}

function part(owner: JsonObject, field: string): JsonObject {
  const value = owner[field];
  if (isObject(value)) return value;
  throw new HandRefusedError('unreadable', `Its field \`${field}\` is no object.`);
}

function chipsIn(value: unknown): number[] {
  if (!Array.isArray(value)) throw new HandRefusedError('no_stacks', 'It does not tell the stacks.');
  return value.map(chipIn);
}

function chipIn(value: unknown): number {
  const chips = wholeOf(value);
  if (chips === null)
    throw new HandRefusedError('unreadable', 'A number of chips, of a seat or of a blind is missing.');
  return chips;
}
