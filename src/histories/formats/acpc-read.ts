/**
 * Reads lines of an ACPC log, protocol 2.0.0. Stacks and blinds come from the comment that our own exports have, or from a game
 * definition; without one of them a line is no hand.
 */
import { isObject } from '../../protocol/checks.js';
import type { HandHistory } from '../hand-history.js';
import type { AcpcTerms } from './acpc-write.js';
import { blindSeatsOf, liveSeatsOf } from './dealing-order.js';
import { HandRefusedError } from './hand-refusal.js';
import { createWalk, type HandWalk, postAll, streetOfBoard } from './hand-walk.js';
import { type ReadHistories, readBlocks, textLines } from './read-blocks.js';

interface AcpcBlock {
  readonly line: string;
  readonly terms: AcpcTerms | null;
}

/** @param game the text of a game definition. Default: none. */
export function readAcpc(text: string, game: string | null = null): ReadHistories {
  const definition = game === null ? null : termsOfGame(game);
  const blocks: AcpcBlock[] = [];
  let terms: AcpcTerms | null = null;
  for (const line of textLines(text)) {
    if (line.startsWith('#')) terms = termsOfComment(line.slice(1)) ?? terms;
    else if (line.trim() !== '' && !line.startsWith('SCORE:')) {
      blocks.push({ line: line.trim(), terms: terms ?? definition });
      terms = null;
    }
  }
  return readBlocks(blocks, readHand, ({ line }) => wholeOf(line.split(':')[1]));
}

function readHand({ line, terms }: AcpcBlock): HandHistory {
  const [word, number, betting, cards, values, names] = line.split(':');
  if (word === 'MATCHSTATE')
    throw new HandRefusedError(
      'unreadable',
      'It is what one player saw in play. The log of the server has the lines STATE.',
    );
  if (word !== 'STATE' || betting === undefined || cards === undefined)
    throw new HandRefusedError('unreadable', 'It is no line STATE of an ACPC log.');
  if (terms === null)
    throw new HandRefusedError(
      'no_stacks',
      'Stacks and blinds are not in a line: give the game definition with --game.',
    );
  const [holes = '', ...boards] = cards.split('/');
  const own = holes.split('|');
  const named = names === undefined || names === '' ? [] : names.split('|');
  const nets = values === undefined || values === '' ? null : values.split('|').map(Number);
  const count = terms.stacks.length;
  if (own.length !== count || (nets !== null && nets.length !== count))
    throw new HandRefusedError('unreadable', `It has not as many players as the game, which has ${count}.`);
  if (nets?.some((value) => !Number.isSafeInteger(value)))
    throw new HandRefusedError('fractions', 'It splits a chip, which no seat can have.');
  const dealt = terms.stacks.map((stack, index) => ({
    seat: (terms.seats[index] ?? index + 1) - 1,
    stack,
    index,
  }));
  const { small, big } = blindSeatsOf(dealt);
  const level = {
    smallBlind: terms.blinds[small.index] ?? 0,
    bigBlind: terms.blinds[big.index] ?? 0,
    ante: 0,
  };
  const walk = createWalk(new Map(dealt.map(({ seat, stack }) => [seat, stack])), level);
  postAll(walk, {
    small: { seat: small.seat, amount: level.smallBlind },
    big: { seat: big.seat, amount: level.bigBlind },
    antes: new Map(),
  });
  const board = boards.flatMap(cardsIn);
  playBetting(
    walk,
    betting.split('/'),
    dealt.map(({ seat }) => seat),
  );
  const seats = dealt
    .map(({ seat, stack, index }) => ({
      seat,
      name: named[index] ?? `p${index + 1}`,
      stack,
      stackAfter: nets === null ? null : stack + (nets[index] ?? 0),
      cards: own[index] ? cardsIn(own[index]) : null,
      hasShown: false,
    }))
    .toSorted((a, b) => a.seat - b.seat);
  const live = liveSeatsOf({ seats, history: walk.history }).map(({ seat }) => seat);
  const isShowdown = nets !== null && live.length > 1;
  return {
    source: 'acpc',
    matchId: terms.match,
    handNumber: wholeOf(number),
    startedAt: terms.at,
    level,
    dealerSeat: dealt.at(-1)?.seat ?? 0,
    seats: seats.map((seat) => ({
      ...seat,
      hasShown: isShowdown && live.includes(seat.seat) && seat.cards !== null,
    })),
    history: walk.history,
    board,
    hero: terms.hero === null ? null : terms.hero - 1,
    isFinished: nets !== null,
  };
}

/** Nobody is named in a line: each action is that of the next seat that has not folded and has chips. */
function playBetting(walk: HandWalk, streets: readonly string[], seats: readonly number[]): void {
  const folded = new Set<number>();
  for (const [index, betting] of streets.entries()) {
    if (index > 0) walk.open(streetOfBoard(index + 2));
    // Before the flop the seat after the big blind begins: heads-up the second one, the button.
    let at = index > 0 ? 0 : seats.length === 2 ? 1 : 2 % seats.length;
    for (const [text, total] of betting.matchAll(/[fc]|r(\d+)|./g)) {
      const step = seats.findIndex((_, offset) => {
        const seat = seats[(at + offset) % seats.length] ?? -1;
        return !folded.has(seat) && walk.left(seat) !== 0;
      });
      const seat = seats[(at + step) % seats.length];
      if (step === -1 || seat === undefined)
        throw new HandRefusedError('unreadable', `Nobody is left to do "${text}".`);
      at = (at + step + 1) % seats.length;
      if (text === 'f') {
        walk.fold(seat);
        folded.add(seat);
      } else if (text === 'c') walk.checkOrCall(seat);
      else if (total === undefined)
        throw new HandRefusedError('unreadable', `"${text}" is no action of ACPC.`);
      else walk.raiseTo(seat, Number(total) - walk.handTotal(seat) + walk.streetTotal(seat));
    }
  }
}

function termsOfComment(text: string): AcpcTerms | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  const { match, at, hero } = value;
  const [seats, stacks, blinds] = [value['seats'], value['stacks'], value['blinds']].map(numbersIn);
  if (!seats || !stacks || !blinds || stacks.length < 2) return null;
  return {
    match: typeof match === 'string' ? match : null,
    at: typeof at === 'number' ? at : null,
    seats,
    stacks,
    blinds,
    hero: typeof hero === 'number' ? hero : null,
  };
}

function numbersIn(value: unknown): number[] | null {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each)) ? value : null;
}

/** A game definition of the competition's server, such as `stack = 20000 20000`. */
function termsOfGame(text: string): AcpcTerms | null {
  const numbers = (name: string) =>
    (new RegExp(`^\\s*${name}\\s*=\\s*([\\d ]+)`, 'im').exec(text)?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .map(Number);
  const [stacks, blinds] = [numbers('stack'), numbers('blind')];
  if (stacks.length < 2 || stacks.length !== blinds.length || !/nolimit/i.test(text)) return null;
  return { match: null, at: null, seats: stacks.map((_, index) => index + 1), stacks, blinds, hero: null };
}

function wholeOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

function cardsIn(text: string): string[] {
  return text.match(/.{1,2}/g) ?? [];
}
