/**
 * Reads PokerStars text, that of the site and that of converters, whose words are the same and whose numbers are not always:
 * chips are counted from the totals and have to agree with what else is told.
 */
import type { Street } from '../../holdem/facts.js';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory, HandLevel, HistorySeat } from '../hand-history.js';
import { liveSeatsOf } from './dealing-order.js';
import { handOfSiteNumbers } from './hand-numbers.js';
import { HandRefusedError } from './hand-refusal.js';
import { createWalk, type HandWalk, postAll } from './hand-walk.js';
import { type ReadHistories, type Remark, readBlocks, textLines } from './read-blocks.js';
import { epochOf } from './zoned-time.js';

const firstLine = /^PokerStars (?:Zoom |Home Game )?(?:Hand|Game) #(\d+): /;

/** A block begins with the first line of a hand. A lone line between hands is a title, more of them are a block amiss. */
export function readPokerStars(text: string): ReadHistories {
  const blocks: string[][] = [];
  let current: string[] | null = null;
  for (const line of [...textLines(text), '']) {
    const isFirst = firstLine.test(line);
    if (isFirst || (line.trim() === '' && current !== null)) {
      if (current !== null && (current.length > 1 || firstLine.test(current[0] ?? ''))) blocks.push(current);
      current = null;
    }
    if (line.trim() !== '') current = [...(current ?? []), line.trimEnd()];
  }
  return readBlocks(
    blocks.length === 0 && text.trim() !== '' ? [textLines(text)] : blocks,
    readHand,
    ([line = '']) => wholeOf(firstLine.exec(line)?.[1]),
  );
}

interface Reading {
  readonly lines: readonly string[];
  readonly remark: Remark;
  /** In chips; money in hundredths. */
  readonly chips: (text: string | undefined) => number;
  /** The longest first, so that no name is taken for the beginning of another. */
  readonly names: readonly string[];
  readonly seatOf: (name: string) => number;
}

function readHand(lines: readonly string[], remark: Remark): HandHistory {
  const [head = ''] = lines;
  if (!firstLine.test(head))
    throw new HandRefusedError(
      'unreadable',
      'It does not begin with the first line of a hand: "PokerStars Hand #".',
    );
  if (!head.includes("Hold'em No Limit"))
    throw new HandRefusedError('other_game', "It is another game than No-Limit Hold'em.");
  if (lines.some((line) => /^\*\*\* (?:FIRST|SECOND) /.test(line)))
    throw new HandRefusedError('other_game', 'Its board was run twice.');
  const [, small, big] = /\((\D?[\d.,]+)\/(\D?[\d.,]+)[^)]*\)/.exec(head) ?? [];
  const isMoney = /[^\d.,]/.test(small ?? '') || /\./.test(`${small}${big}`);
  if (isMoney) remark('Amounts are counted in hundredths.');
  const chips = (text = '') => {
    const value = Number(text.replace(/[^\d.]/g, '')) * (isMoney ? 100 : 1);
    if (text !== '' && Math.abs(value - Math.round(value)) < 1e-6) return Math.round(value);
    throw new HandRefusedError('fractions', `"${text}" is no amount of chips or hundredths.`);
  };
  const seats = seatsOf(lines, chips);
  const byName = new Map(seats.map(({ name, seat }) => [name, seat]));
  const reading: Reading = {
    lines,
    remark,
    chips,
    names: [...byName.keys()].toSorted((a, b) => b.length - a.length),
    seatOf: (name) => byName.get(name) ?? -1,
  };
  const posts = postsOf(reading);
  const level: HandLevel = {
    smallBlind: chips(small),
    bigBlind: chips(big),
    ante: Math.max(0, ...posts.antes.values()),
  };
  const walk = createWalk(new Map(seats.map(({ seat, stack }) => [seat, stack])), level);
  postAgain(walk, posts, level);
  const played = play(reading, walk);
  const dealt = seats.filter(
    ({ seat, isAway }) => !isAway || walk.history.some((entry) => entry.seat === seat),
  );
  const numbers = siteNumbers(head);
  const isFinished = !lines.some((line) => line.startsWith('Hand cancelled'));
  const isShowdown =
    isFinished && liveSeatsOf({ seats: dealt.map(asSeat), history: walk.history }).length > 1;
  const folded = new Set(walk.history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  const hand: HandHistory = {
    source: 'pokerstars',
    ...numbers,
    startedAt: timeOf(head),
    level,
    dealerSeat:
      Number(lines.flatMap((line) => / Seat #(\d+) is the button/.exec(line)?.[1] ?? [])[0] ?? 0) - 1,
    seats: dealt.map((seat) => ({
      ...asSeat(seat),
      cards: played.cards.get(seat.seat) ?? null,
      hasShown: isShowdown && played.shown.has(seat.seat) && !folded.has(seat.seat),
    })),
    history: walk.history,
    board: played.board,
    hero: played.dealtTo.length === 1 ? (played.dealtTo[0] ?? null) : null,
    isFinished,
  };
  return isFinished ? withEnd(hand, reading, played) : hand;
}

interface ReadSeat {
  readonly seat: number;
  readonly name: string;
  readonly stack: number;
  /** It sits out, unless it acts. */
  readonly isAway: boolean;
}

function asSeat({ seat, name, stack }: ReadSeat): HistorySeat {
  return { seat, name, stack, stackAfter: null, cards: null, hasShown: false };
}

function seatsOf(lines: readonly string[], chips: Reading['chips']): ReadSeat[] {
  const end = lines.findIndex((line) => line.startsWith('*** '));
  const seats = lines.slice(0, end === -1 ? undefined : end).flatMap((line) => {
    const [, number, name, stack, rest = ''] =
      /^Seat (\d+): (.+) \(([^()]+?) in chips[^()]*\)(.*)$/.exec(line) ?? [];
    if (number === undefined || name === undefined) return [];
    const isAway = /sitting out|out of hand/.test(rest);
    return [{ seat: Number(number) - 1, name, stack: chips(stack), isAway }];
  });
  if (new Set(seats.map(({ name }) => name)).size !== seats.length)
    throw new HandRefusedError('unreadable', 'Two seats have one name.');
  return seats;
}

interface ReadPosts {
  readonly antes: ReadonlyMap<number, number>;
  readonly blinds: ReadonlyMap<number, number>;
  /** Null: nobody. */
  readonly small: number | null;
  readonly big: number | null;
}

/** A stack that its ante took has no line for its blind: the summary says whose it was. */
function postsOf({ lines, names, seatOf, chips }: Reading): ReadPosts {
  const antes = new Map<number, number>();
  const blinds = new Map<number, number>();
  const posters = new Map<string, number>();
  for (const line of lines) {
    const name = names.find((each) => line.startsWith(`${each}: posts `));
    if (name === undefined) {
      const [, number, tag] =
        /^Seat (\d+): .*\((small|big) blind\) (?:folded|showed|mucked|collected|lost)/.exec(line) ?? [];
      if (tag !== undefined && !posters.has(tag)) posters.set(tag, Number(number) - 1);
      continue;
    }
    const [, what = '', amount] =
      /^(the ante|small blind|big blind) (\S+)/.exec(line.slice(name.length + 8)) ?? [];
    if (what === '' || (what !== 'the ante' && posters.has(what.slice(0, -6))))
      throw new HandRefusedError('posts', `"${line}" is a post that is not read.`);
    (what === 'the ante' ? antes : blinds).set(seatOf(name), chips(amount));
    if (what !== 'the ante') posters.set(what.slice(0, -6), seatOf(name));
  }
  return { antes, blinds, small: posters.get('small') ?? null, big: posters.get('big') ?? null };
}

/** In the order of the table, which takes the blind first from a short stack; the sums are the same. */
function postAgain(walk: HandWalk, { antes, blinds, small, big }: ReadPosts, level: HandLevel): void {
  const rest = new Map<number, number>();
  const blindOf = (seat: number | null, asked: number) => {
    if (seat === null) return { seat: -1, amount: 0 };
    const total = (blinds.get(seat) ?? 0) + (antes.get(seat) ?? 0);
    rest.set(seat, Math.max(0, total - asked));
    return { seat, amount: Math.min(total, asked) };
  };
  const posts = { small: blindOf(small, level.smallBlind), big: blindOf(big, level.bigBlind) };
  postAll(walk, { ...posts, antes: new Map([...antes, ...rest]) });
}

interface Played {
  readonly board: readonly string[];
  readonly cards: ReadonlyMap<number, readonly string[]>;
  readonly shown: ReadonlySet<number>;
  readonly dealtTo: readonly number[];
  readonly collected: ReadonlyMap<number, number>;
  readonly returned: { readonly seat: number; readonly amount: number } | null;
}

function play(reading: Reading, walk: HandWalk): Played {
  const { lines, names, seatOf, chips } = reading;
  const cards = new Map<number, readonly string[]>();
  const collected = new Map<number, number>();
  const shown = new Set<number>();
  const dealtTo: number[] = [];
  let board: readonly string[] = [];
  let returned: Played['returned'] = null;
  let late: string | null = null;
  for (const line of lines.slice(1)) {
    const [, title, boardText] = /^\*\*\* (FLOP|TURN|RIVER|SUMMARY)\b[^[]*(.*)$/.exec(line) ?? [];
    if (title === 'SUMMARY') break;
    if (title !== undefined) {
      walk.open(title.toLowerCase() as Street);
      board = cardsIn(boardText);
      continue;
    }
    const [, to, dealt] = /^Dealt to (.+?) \[([^\]]+)\]/.exec(line) ?? [];
    if (to !== undefined && names.includes(to)) {
      dealtTo.push(seatOf(to));
      cards.set(seatOf(to), cardsIn(dealt));
    }
    const [, back, winner = ''] = /^Uncalled bet \(([^)]+)\) returned to (.+)$/.exec(line) ?? [];
    if (back !== undefined) returned = { seat: seatOf(winner), amount: chips(back) };
    const name = names.find((each) => line.startsWith(`${each}: `) || line.startsWith(`${each} `));
    if (name === undefined) continue;
    const seat = seatOf(name);
    const rest = line.slice(name.length);
    const [, amount] = /^ collected (\S+) from /.exec(rest) ?? [];
    if (amount !== undefined) collected.set(seat, (collected.get(seat) ?? 0) + chips(amount));
    else if (rest.startsWith(' has timed out')) late = name;
    else if (rest.startsWith(': ')) {
      const own = /^: shows \[([^\]]+)\]/.exec(rest)?.[1];
      if (own !== undefined && cardsIn(own).length === 2) {
        cards.set(seat, cardsIn(own));
        shown.add(seat);
      } else if (act(reading, walk, { seat, deed: rest.slice(2), isTimeout: late === name })) late = null;
    }
  }
  for (const [seat, own] of summaryCards(lines)) if (!cards.has(seat)) cards.set(seat, own);
  return { board, cards, shown, dealtTo, collected, returned };
}

/** Cards that a seat mucked are told at the end. */
function summaryCards(lines: readonly string[]): [number, string[]][] {
  return lines.slice(lines.indexOf('*** SUMMARY ***')).flatMap((line) => {
    const [, number, own] = /^Seat (\d+): .* (?:showed|mucked) \[([^\]]+)\]/.exec(line) ?? [];
    return own === undefined ? [] : [[Number(number) - 1, cardsIn(own)]];
  });
}

/** False for a line that is no action: talk, posts, `mucks hand`. */
function act(
  { chips, remark }: Reading,
  walk: HandWalk,
  { seat, deed, isTimeout }: { seat: number; deed: string; isTimeout: boolean },
): boolean {
  const [, verb, first, second] =
    /^(folds|checks|calls|bets|raises)\b ?(?:(\S+)(?: to (\S+))?)?/.exec(deed) ?? [];
  if (verb === undefined) return false;
  if (verb === 'folds') walk.fold(seat, isTimeout);
  else if (verb === 'bets') walk.raiseTo(seat, walk.streetTotal(seat) + chips(first), isTimeout);
  else if (verb === 'raises') {
    const by = chips(first);
    const total = chips(second);
    const [increase, added] = [total - walk.bet(), total - walk.streetTotal(seat)];
    // What a raise is by is told in two ways; its total in one.
    if (by !== increase)
      remark(
        by === added
          ? 'Raises say the chips added, not the increase.'
          : 'Raises say amounts that are no increase.',
      );
    walk.raiseTo(seat, total, isTimeout);
  } else {
    walk.checkOrCall(seat, isTimeout, verb === 'calls' ? chips(first) : 0);
  }
  return true;
}

/** From the lines about chips, which have to agree with the actions. Old files do not tell what nobody called. */
function withEnd(
  before: HandHistory,
  { lines, chips }: Reading,
  { collected, returned }: Played,
): HandHistory {
  const summary = lines.find((line) => line.startsWith('Total pot ')) ?? '';
  const [, total, rakeText] = /^Total pot (\S+).*\| Rake (\S+)/.exec(summary) ?? [];
  const { put, uncalled: found } = chipsOf(before);
  const back = returned ?? found;
  const seats = before.seats.map((seat): HistorySeat => {
    const chipsBack = seat.seat === back?.seat ? back.amount : 0;
    const won = collected.get(seat.seat) ?? 0;
    return { ...seat, stackAfter: (seat.stack ?? 0) - (put.get(seat.seat) ?? 0) + chipsBack + won };
  });
  const rake = rakeText === undefined ? 0 : chips(rakeText);
  const hand = { ...before, seats, ...(rake > 0 && { rake }) };
  const { uncalled, pot } = chipsOf(hand);
  if (returned !== null && (returned.seat !== uncalled?.seat || returned.amount !== uncalled.amount))
    throw new HandRefusedError(
      'unsound',
      `It returns an uncalled bet of ${returned.amount}, and by its actions ${uncalled?.amount ?? 0} were uncalled.`,
    );
  if (total !== undefined && chips(total) !== pot)
    throw new HandRefusedError(
      'unsound',
      `It tells a pot of ${chips(total)}, and by its actions it is ${pot}.`,
    );
  return hand;
}

function siteNumbers(head: string): Pick<HandHistory, 'matchId' | 'handNumber'> {
  const hand = wholeOf(firstLine.exec(head)?.[1]);
  const tournament = wholeOf(/Tournament #(\d+)/.exec(head)?.[1]);
  if (hand === null || tournament === null) return { matchId: null, handNumber: hand };
  return { matchId: String(tournament), handNumber: handOfSiteNumbers({ tournament, hand }) };
}

const zones: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  GMT: 'UTC',
  ET: 'America/New_York',
  CET: 'Europe/Paris',
  WET: 'Europe/Lisbon',
  EET: 'Europe/Athens',
};

/** UTC where it is told, or else the site's own time; null: none. */
function timeOf(head: string): number | null {
  const times = [...head.matchAll(/(\d{4})\/(\d\d)\/(\d\d) (\d{1,2}):(\d\d):(\d\d) ([A-Z]+)/g)];
  const time = times.find(([, , , , , , , zone]) => zone === 'UTC') ?? times.at(-1);
  if (time === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = time.slice(1, 7).map(Number);
  const zone = zones[time[7] ?? ''];
  return zone === undefined ? null : epochOf({ year, month, day, hour, minute, second }, zone);
}

function wholeOf(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) ? value : null;
}

function cardsIn(text = ''): string[] {
  return text.match(/[2-9TJQKA][cdhs]/g) ?? [];
}
