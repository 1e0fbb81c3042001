/** Reads Open Hand History, 1.4.6 and 1.4.7: objects with a blank line between them, or one a line, as some programs write it. */
import type { Street } from '../../holdem/facts.js';
import { instantOf, rowsOf, textOf, textsOf } from '../../platform/fields.js';
import { isObject } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory, HistorySeat } from '../hand-history.js';
import { liveSeatsOf } from './dealing-order.js';
import { handOfSiteNumbers, siteNumbersOf } from './hand-numbers.js';
import { HandRefusedError } from './hand-refusal.js';
import { createWalk, type HandWalk } from './hand-walk.js';
import { type ReadHistories, type Remark, readBlocks, textLines } from './read-blocks.js';

export function readOhh(text: string): ReadHistories {
  return readBlocks(jsonBlocks(textLines(text).join('\n')), (block, remark) =>
    readHand(objectIn(block), remark),
  );
}

/** Each object as text; what is none is a block, too. */
function jsonBlocks(text: string): string[] {
  return text.split(/\n[ \t]*\n/).flatMap((part) => {
    const lines = part.split('\n').filter((line) => line.trim() !== '');
    const isLineByLine =
      lines.length > 1 && lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}'));
    if (lines.length === 0) return [];
    return isLineByLine ? lines : [part];
  });
}

function objectIn(block: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(block);
    if (isObject(parsed) && isObject(parsed['ohh'])) return parsed['ohh'];
  } catch {
    // Told below.
  }
  throw new HandRefusedError('unreadable', 'It is no JSON object with the field `ohh`.');
}

function readHand(ohh: JsonObject, remark: Remark): HandHistory {
  const limit = isObject(ohh['bet_limit']) ? ohh['bet_limit']['bet_type'] : undefined;
  if (ohh['game_type'] !== 'Holdem' || limit !== 'NL')
    throw new HandRefusedError('other_game', `It is "${textOf(ohh['game_type'])}", not No-Limit Hold'em.`);
  const chips = chipsReader(ohh, remark);
  const players = rows(ohh, 'players')
    .map((player) => ({
      id: Number(player['id']),
      seat: Number(player['seat']) - 1,
      name: textOf(player['name']) ?? '',
      stack: chips(player['starting_stack']),
      isAway: player['is_sitting_out'] === true,
    }))
    .toSorted((a, b) => a.seat - b.seat);
  const level = {
    smallBlind: chips(ohh['small_blind_amount']),
    bigBlind: chips(ohh['big_blind_amount']),
    ante: chips(ohh['ante_amount']),
  };
  const walk = createWalk(new Map(players.map(({ seat, stack }) => [seat, stack])), level);
  const seatOf = (id: unknown): number => {
    const player = players.find((each) => each.id === id);
    if (player === undefined) throw new HandRefusedError('unreadable', 'An action or a win is of no player.');
    return player.seat;
  };
  const played = playRounds({ ohh, walk, chips, seatOf });
  const dealt = players.filter(
    ({ seat, isAway }) => !isAway || walk.history.some((entry) => entry.seat === seat),
  );
  const pots = rows(ohh, 'pots');
  const seats = dealt.map(
    ({ seat, name, stack }): HistorySeat => ({
      seat,
      name,
      stack,
      stackAfter: null,
      cards: played.cards.get(seat) ?? null,
      hasShown: false,
    }),
  );
  const isShowdown = pots.length > 0 && liveSeatsOf({ seats, history: walk.history }).length > 1;
  const hand: HandHistory = {
    source: 'ohh',
    ...numbersOf(ohh),
    startedAt: instantOf(ohh['start_date_utc']),
    level,
    dealerSeat: Number(ohh['dealer_seat']) - 1,
    seats: seats.map((seat) => ({ ...seat, hasShown: isShowdown && played.shown.has(seat.seat) })),
    history: walk.history,
    board: played.board,
    hero: ohh['hero_player_id'] === undefined ? null : seatOf(ohh['hero_player_id']),
    isFinished: pots.length > 0,
  };
  return hand.isFinished ? withEnd(hand, { pots, chips, seatOf }) : hand;
}

const titles: Readonly<Record<string, Street>> = { Flop: 'flop', Turn: 'turn', River: 'river' };

interface Rounds {
  readonly ohh: JsonObject;
  readonly walk: HandWalk;
  readonly chips: (value: unknown) => number;
  readonly seatOf: (id: unknown) => number;
}

function playRounds(rounds: Rounds) {
  const cards = new Map<number, readonly string[]>();
  const shown = new Set<number>();
  const board: string[] = [];
  for (const round of rows(rounds.ohh, 'rounds')) {
    const street = titles[textOf(round['street']) ?? ''];
    if (street !== undefined) rounds.walk.open(street);
    board.push(...textsOf(round['cards']));
    for (const action of rows(round, 'actions')) {
      const seat = rounds.seatOf(action['player_id']);
      const own = textsOf(action['cards']);
      if (own.length > 0) cards.set(seat, own);
      if (action['action'] === 'Shows Cards') shown.add(seat);
      act(rounds, seat, action);
    }
  }
  return { cards, shown, board };
}

const posts: Readonly<Record<string, 'post_small_blind' | 'post_big_blind' | 'post_ante'>> = {
  'Post SB': 'post_small_blind',
  'Post BB': 'post_big_blind',
  'Post Ante': 'post_ante',
};

/** What does not change chips or turns of the hand. */
const silent: ReadonlySet<string> = new Set([
  'Dealt Cards',
  'Shows Cards',
  'Mucks Cards',
  'Sits Down',
  'Stands Up',
  'Added Chips',
]);

function act({ walk, chips }: Rounds, seat: number, row: JsonObject): void {
  const action = textOf(row['action']) ?? '';
  const amount = row['amount'] === undefined ? 0 : chips(row['amount']);
  const post = posts[action];
  if (post !== undefined) walk.post(seat, post, amount);
  else if (action === 'Fold') walk.fold(seat);
  else if (action === 'Check') walk.checkOrCall(seat, false, 0);
  else if (action === 'Call') walk.checkOrCall(seat, false, amount);
  else if (action === 'Bet' || action === 'Raise') walk.raiseTo(seat, walk.streetTotal(seat) + amount);
  else if (!silent.has(action))
    throw new HandRefusedError('posts', `"${action}" is a post or an action that is not read.`);
}

/** Wins have no uncalled chips in them. */
function withEnd(
  hand: HandHistory,
  { pots, chips, seatOf }: Pick<Rounds, 'chips' | 'seatOf'> & { pots: readonly JsonObject[] },
): HandHistory {
  const { put, uncalled } = chipsOf(hand);
  const won = new Map<number, number>();
  let [rake, total] = [0, 0];
  for (const pot of pots) {
    rake += pot['rake'] === undefined ? 0 : chips(pot['rake']);
    total += chips(pot['amount']);
    for (const win of rows(pot, 'player_wins')) {
      const seat = seatOf(win['player_id']);
      won.set(seat, (won.get(seat) ?? 0) + chips(win['win_amount']));
    }
  }
  // What all put in and no pot has went back to whoever was called by nobody.
  const back = [...put.values()].reduce((sum, amount) => sum + amount, 0) - total;
  const seats = hand.seats.map((seat): HistorySeat => {
    const stack = (seat.stack ?? 0) - (put.get(seat.seat) ?? 0) + (won.get(seat.seat) ?? 0);
    return { ...seat, stackAfter: stack + (seat.seat === uncalled?.seat ? back : 0) };
  });
  const ended = { ...hand, seats, ...(rake > 0 && { rake }) };
  const { pot } = chipsOf(ended);
  if (pot !== total)
    throw new HandRefusedError(
      'unsound',
      `Its pots have ${total} chips, and by its actions they have ${pot}.`,
    );
  return ended;
}

/** Money is counted in hundredths. */
function chipsReader(ohh: JsonObject, remark: Remark): (value: unknown) => number {
  const isMoney = /"(?:[a-z_]*amount|starting_stack|rake)":\s*\d+\.\d*[1-9]/.test(JSON.stringify(ohh));
  if (isMoney) remark('Amounts are counted in hundredths.');
  return (value) => {
    const chips = typeof value === 'number' ? value * (isMoney ? 100 : 1) : Number.NaN;
    if (Number.isSafeInteger(Math.round(chips)) && Math.abs(chips - Math.round(chips)) < 1e-6)
      return Math.round(chips);
    throw Number.isNaN(chips)
      ? new HandRefusedError('unreadable', 'An amount, a stack or a blind is missing.')
      : new HandRefusedError('fractions', `${String(value)} is no amount of chips or hundredths.`);
  };
}

/** The number as our own exports have it, or as the site has it. */
function numbersOf(ohh: JsonObject): Pick<HandHistory, 'matchId' | 'handNumber'> {
  const matchId = textOf(ohh['table_handle']);
  const text = textOf(ohh['game_number']) ?? '';
  const number = /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
  if (number === null || matchId === null) return { matchId, handNumber: number };
  const { tournament } = siteNumbersOf({ matchId, handNumber: 0 });
  return { matchId, handNumber: handOfSiteNumbers({ tournament, hand: number }) };
}

function rows(owner: JsonObject, field: string): readonly JsonObject[] {
  const list = rowsOf(owner[field]);
  if (list === null || list.skipped > 0)
    throw new HandRefusedError('unreadable', `Its field \`${field}\` is no list of objects.`);
  return list.rows;
}
