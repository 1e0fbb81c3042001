/** Reads Poker Hand History 0.0.2, `.phh` and `.phhs`: `phh-write.ts` says where its order of players is not ours. */
import { parse, TomlDate, TomlError } from 'smol-toml';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory, HandLevel, HistorySeat } from '../hand-history.js';
import { stacksByRules } from '../hand-pots.js';
import { blindSeatsOf, liveSeatsOf } from './dealing-order.js';
import { HandRefusedError } from './hand-refusal.js';
import { createWalk, type HandWalk, postAll, streetOfBoard } from './hand-walk.js';
import { type ReadHistories, type Remark, readBlocks, textLines } from './read-blocks.js';
import { epochOf } from './zoned-time.js';

type Fields = Readonly<Record<string, unknown>>;

const header = /^\s*\[\s*("[^"]*"|'[^']*'|[\w-]+)\s*\]\s*(#.*)?$/;

/** Every table of a `.phhs` is a block, and so is what stands before the first one. */
export function readPhh(text: string): ReadHistories {
  const blocks: string[][] = [[]];
  for (const line of textLines(text)) {
    if (header.test(line)) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  const full = blocks.filter((lines) =>
    lines.some((line) => line.trim() !== '' && !line.trim().startsWith('#')),
  );
  return readBlocks(full, (lines, remark) => readHand(fieldsOf(lines.join('\n')), remark));
}

function fieldsOf(text: string): Fields {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [why = ''] = error.message.split('\n');
    throw new HandRefusedError('unreadable', `It is no TOML: ${why}.`, { cause: error });
  }
}

function readHand(fields: Fields, remark: Remark): HandHistory {
  const { variant } = fields;
  if (typeof variant !== 'string') throw new HandRefusedError('unreadable', 'It has no field `variant`.');
  if (variant !== 'NT')
    throw new HandRefusedError('other_game', `It is "${variant}", not No-Limit Hold'em (NT).`);
  const chips = createChips(fields, remark);
  const starting = chips.list('starting_stacks');
  const count = starting.length;
  if (count < 2) throw new HandRefusedError('unreadable', 'A hand has two seats or more.');
  // Heads-up the lists of posts are the other way round.
  const inOrder = (values: number[]) => (count === 2 ? values.toReversed() : values);
  const posts = chips.list('blinds_or_straddles');
  const antes = inOrder(chips.list('antes'));
  if (posts.length !== count || antes.length !== count)
    throw new HandRefusedError('unreadable', 'Its lists are not all as long as `starting_stacks`.');
  const [smallBlind = 0, bigBlind = 0, ...others] = posts;
  if (bigBlind <= 0 || others.some((amount) => amount !== 0) || smallBlind < 0)
    throw new HandRefusedError(
      'posts',
      'It has straddles, or others than the usual blinds, which are not read.',
    );
  const level: HandLevel = { smallBlind, bigBlind, ante: Math.max(...antes) };
  const numbers = seatNumbers(fields, count);
  const names = Array.isArray(fields['players']) ? fields['players'] : [];
  const dealt = numbers.map((seat, index) => ({
    seat,
    name: typeof names[index] === 'string' && names[index] !== '' ? names[index] : `p${index + 1}`,
    stack: Number.isFinite(starting[index]) ? (starting[index] ?? null) : null,
  }));
  const walk = createWalk(
    new Map(dealt.map(({ seat, stack }) => [seat, stack])),
    level,
    new Set(antes).size > 1,
  );
  const { small, big } = blindSeatsOf(dealt);
  postAll(walk, {
    small: { seat: small.seat, amount: smallBlind },
    big: { seat: big.seat, amount: bigBlind },
    antes: new Map(dealt.map(({ seat }, index) => [seat, antes[index] ?? 0])),
  });
  const table = playActions(fields, walk, numbers, chips);
  const live = liveSeatsOf({ seats: dealt.map((seat) => ({ ...seat, ...unknown })), history: walk.history });
  const finishing =
    fields['finishing_stacks'] === undefined ? null : inBounds(chips.list('finishing_stacks'), count);
  const isOver = live.length === 1 || table.shown.size + table.mucked.size > 0 || finishing !== null;
  const hand: HandHistory = {
    source: 'phh',
    matchId: typeof fields['_match_id'] === 'string' ? fields['_match_id'] : null,
    handNumber: wholeOf(fields['hand']),
    startedAt: timeOf(fields),
    level,
    dealerSeat: numbers.at(-1) ?? 0,
    seats: dealt
      .map(({ seat, name, stack }, index) => ({
        seat,
        name,
        stack,
        stackAfter: finishing?.[index] ?? null,
        cards: table.cards.get(seat) ?? null,
        hasShown: table.shown.has(seat) && live.length > 1,
      }))
      .toSorted((a, b) => a.seat - b.seat),
    history: walk.history,
    board: table.board,
    hero: seatOf(fields['_hero_seat']),
    isFinished: isOver && fields['_is_unfinished'] !== true,
  };
  return withEnd(hand, fields, chips, numbers);
}

const unknown = { stackAfter: null, cards: null, hasShown: false } as const;

/** What the seats have after the hand: as told, by their winnings, or by the rules of the game. */
function withEnd(
  hand: HandHistory,
  fields: Fields,
  chips: ChipFields,
  numbers: readonly number[],
): HandHistory {
  if (!hand.isFinished) return { ...hand, seats: hand.seats.map((seat) => ({ ...seat, stackAfter: null })) };
  if (hand.seats.every(({ stackAfter }) => stackAfter !== null)) return withRake(hand);
  if (fields['winnings'] === undefined) return withStacks(hand, stacksByRules(hand));
  const winnings = inBounds(chips.list('winnings'), numbers.length);
  const { put, uncalled } = chipsOf(hand);
  const after = new Map(
    hand.seats.map(({ seat, stack }): [number, number | null] => {
      const back = uncalled?.seat === seat ? uncalled.amount : 0;
      const won = winnings[numbers.indexOf(seat)] ?? 0;
      return [seat, stack === null ? null : stack - (put.get(seat) ?? 0) + back + won];
    }),
  );
  return withRake(withStacks(hand, after));
}

function withStacks(hand: HandHistory, after: ReadonlyMap<number, number | null> | null): HandHistory {
  const seats = hand.seats.map(
    (seat): HistorySeat => ({ ...seat, stackAfter: after?.get(seat.seat) ?? null }),
  );
  return { ...hand, seats };
}

/** PHH has no word for the rake: it is what is missing at the end. A tenth of the pot is more than any house takes. */
function withRake(hand: HandHistory): HandHistory {
  const { won, pot } = chipsOf(hand);
  if (won === null) return hand;
  const rake = pot - [...won.values()].reduce((sum, chips) => sum + chips, 0);
  return rake > 0 && rake * 10 <= pot ? { ...hand, rake } : hand;
}

function playActions(fields: Fields, walk: HandWalk, numbers: readonly number[], chips: ChipFields) {
  const cards = new Map<number, readonly string[]>();
  const shown = new Set<number>();
  const mucked = new Set<number>();
  const board: string[] = [];
  const actions = fields['actions'];
  if (!Array.isArray(actions)) throw new HandRefusedError('unreadable', 'It has no list `actions`.');
  for (const text of actions) {
    if (typeof text !== 'string') throw new HandRefusedError('unreadable', 'One of its actions is no text.');
    const [notation = '', comment = ''] = text.split('#');
    const words = notation.trim().split(/\s+/);
    if (words[0] === '') continue;
    const isTimeout = comment.trim() === 'timeout';
    const player = (name = '') => {
      const seat = numbers[Number(/^p(\d+)$/.exec(name)?.[1]) - 1];
      if (seat === undefined) throw new HandRefusedError('unreadable', `There is no player for "${text}".`);
      return seat;
    };
    const [actor, verb, argument] = words;
    if (actor === 'd' && verb === 'db') {
      board.push(...(cardsIn(argument) ?? []));
      walk.open(streetOfBoard(board.length));
    } else if (actor === 'd' && verb === 'dh') {
      const dealt = cardsIn(words[3]);
      if (dealt !== null) cards.set(player(argument), dealt);
    } else if (verb === 'f') walk.fold(player(actor), isTimeout);
    else if (verb === 'cc') walk.checkOrCall(player(actor), isTimeout);
    else if (verb === 'cbr') walk.raiseTo(player(actor), chips.whole(Number(argument), 'actions'), isTimeout);
    else if (verb === 'sm') {
      const seat = player(actor);
      const shownCards = argument === '-' ? (cards.get(seat) ?? null) : cardsIn(argument);
      if (shownCards === null) mucked.add(seat);
      else {
        shown.add(seat);
        cards.set(seat, shownCards);
      }
    } else throw new HandRefusedError('unreadable', `"${text}" is no action of No-Limit Hold'em.`);
  }
  return { cards, shown, mucked, board };
}

/** Null where one of them is not known. */
function cardsIn(text = ''): string[] | null {
  return text === '' || text.includes('?') ? null : (text.match(/.{1,2}/gs) ?? []);
}

interface ChipFields {
  list(name: string): number[];
  /** In chips, whatever the file counts in. */
  whole(value: number, name: string): number;
}

/** Money with fractions is counted in hundredths. */
function createChips(fields: Fields, remark: Remark): ChipFields {
  const texts = Array.isArray(fields['actions']) ? fields['actions'] : [];
  const amounts = [
    ...['antes', 'blinds_or_straddles', 'starting_stacks', 'finishing_stacks', 'winnings'].flatMap(
      (name) => fields[name],
    ),
    ...texts.flatMap((text) => Number(/\bcbr\s+([\d.]+)/.exec(String(text))?.[1] ?? 0)),
  ];
  const isMoney = amounts.some(
    (value) => typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value),
  );
  const factor = isMoney ? 100 : 1;
  if (isMoney) remark('Amounts are counted in hundredths.');
  const whole = (value: number, name: string) => {
    if (value === Number.POSITIVE_INFINITY && name === 'starting_stacks') return value;
    const chips = Math.round(value * factor);
    if (Number.isSafeInteger(chips) && Math.abs(chips - value * factor) < 1e-6) return chips;
    throw new HandRefusedError(
      'fractions',
      `\`${name}\` has an amount that is no whole number of chips or hundredths.`,
    );
  };
  return {
    whole,
    list(name) {
      const values = fields[name];
      if (!Array.isArray(values) || !values.every((value) => typeof value === 'number'))
        throw new HandRefusedError('unreadable', `Its field \`${name}\` is no list of numbers.`);
      return values.map((value) => whole(value, name));
    },
  };
}

function inBounds(values: number[], count: number): number[] {
  if (values.length === count) return values;
  throw new HandRefusedError('unreadable', 'Its lists are not all as long as `starting_stacks`.');
}

/** Those that are told, or else the positions with the button last. */
function seatNumbers(fields: Fields, count: number): number[] {
  const told = fields['seats'];
  if (told === undefined) return Array.from({ length: count }, (_, index) => index);
  const seats = (Array.isArray(told) ? told : []).flatMap((value) => seatOf(value) ?? []);
  if (seats.length === count && new Set(seats).size === count) return seats;
  throw new HandRefusedError(
    'unreadable',
    'Its field `seats` is no list of different seats, one for each player.',
  );
}

function seatOf(value: unknown): number | null {
  const seat = wholeOf(value);
  return seat === null || seat < 1 ? null : seat - 1;
}

function wholeOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Null unless day, month, year and time are told: a hand is not given a time that nobody wrote. */
function timeOf(fields: Fields): number | null {
  const { day, month, year, time } = fields;
  if (typeof day !== 'number' || typeof month !== 'number' || typeof year !== 'number') return null;
  if (!(time instanceof TomlDate) || !time.isTime()) return null;
  const [hour = 0, minute = 0, second = 0] = time.toISOString().split(':').map(Number);
  const zone = fields['time_zone'];
  return epochOf({ year, month, day, hour, minute, second }, typeof zone === 'string' ? zone : 'UTC');
}
