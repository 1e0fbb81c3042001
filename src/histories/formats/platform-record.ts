/** Hands of the platform's public records, `/hands` and `/replay`, in the normal form. */
import type { HandAction } from '../../holdem/facts.js';
import { readHandRows } from '../../platform/read-hands.js';
import { readMatch, readReplay } from '../../platform/read-records.js';
import type { RecordedHand } from '../../platform/recorded-hand.js';
import { isObject } from '../../protocol/checks.js';
import { actionCalled, streetCalled } from '../action-words.js';
import { chipsOf } from '../hand-chips.js';
import type { HandHistory, HandLevel } from '../hand-history.js';
import { stacksByRules } from '../hand-pots.js';
import { dealerOf, mostPosted } from '../played-histories.js';
import { liveSeatsOf } from './dealing-order.js';
import { HandRefusedError, type RefusedHand } from './hand-refusal.js';
import { type ReadHistories, readBlocks } from './read-blocks.js';

export interface RecordTerms {
  readonly source: 'hands' | 'replay';
  readonly matchId: string | null;
  /** By the number of the seat. Default: `Seat 0`, as the record itself has no names. */
  readonly names?: ReadonlyMap<number, string>;
  /** Of the match, in epoch milliseconds. Default: not known. */
  readonly startedAt?: number | null;
  /**
   * What every seat began the match with. `/hands` tells no stacks: with this they are counted on from the first hand, as long
   * as each hand's winners are those that its cards give. Default: not known.
   */
  readonly startingStack?: number;
}

/**
 * Hands as `read-hands.ts` reads them, in their order. A hand in which it cannot be told what the amounts of raises mean is
 * refused.
 */
export function historiesOfRecord(hands: readonly RecordedHand[], terms: RecordTerms): ReadHistories {
  let level: HandLevel = { smallBlind: 0, bigBlind: 0, ante: 0 };
  let stacks: ReadonlyMap<number, number> | null = null;
  const { startingStack } = terms;
  return readBlocks(
    hands,
    (recorded) => {
      level = levelAfter(level, recorded);
      const isFirst = recorded.handNumber === 1 || recorded === hands[0];
      if (isFirst && startingStack !== undefined)
        stacks = new Map(seatsOf(recorded).map((seat) => [seat, startingStack]));
      const before = stacks;
      // Whatever comes of this hand, the next one has no stacks to count on from unless it is read.
      stacks = null;
      const hand = historyOf(recorded, level, terms);
      const counted = before === null ? hand : withStacks(hand, before, recorded.winnerSeats);
      stacks = stacksAfter(counted);
      return counted;
    },
    ({ handNumber }) => handNumber,
  );
}

function historyOf(recorded: RecordedHand, level: HandLevel, terms: RecordTerms): HandHistory {
  const { source, matchId, names, startedAt = null } = terms;
  const { handNumber, board, holeCards, startingStacks, stacksAfter: after, showdown } = recorded;
  const history = recorded.actions.map(({ seat, action: word, phase, added, streetTotal }): HandAction => {
    const action = actionCalled(word);
    const street = streetCalled(phase);
    if (action === null || street === null)
      throw new HandRefusedError('unreadable', `"${word}" is no action of a street of No-Limit Hold'em.`);
    const amount = action === 'raise' ? streetTotal : added;
    if (amount === null)
      throw new HandRefusedError(
        'unknown_raises',
        'Its raises may be totals or the chips added: neither its stacks nor other hands of the match tell.',
      );
    return { seat, action, amount, street, isTimeout: false };
  });
  const dealt = seatsOf(recorded);
  const seats = dealt.map((seat) => ({
    seat,
    name: names?.get(seat) ?? `Seat ${seat}`,
    stack: startingStacks?.[seat] ?? null,
    stackAfter: after?.[seat] ?? null,
    cards: holeCards[seat] ?? showdown.find((shown) => shown.seat === seat)?.cards ?? null,
    hasShown: false,
  }));
  const live = new Set(liveSeatsOf({ seats, history }).map(({ seat }) => seat));
  // One entry is the winner of a hand in which all others folded. /hands does not tell who showed: at its table all do.
  const isShowdown = live.size > 1 && (source === 'hands' || showdown.length > 1);
  const showing = source === 'hands' ? live : new Set(showdown.map(({ seat }) => seat));
  return {
    source,
    matchId,
    handNumber,
    startedAt: handNumber === 1 ? startedAt : null,
    level,
    dealerSeat: dealerOf(history, dealt),
    seats: seats.map((seat) => ({
      ...seat,
      hasShown: isShowdown && live.has(seat.seat) && showing.has(seat.seat) && seat.cards !== null,
    })),
    history,
    board,
    hero: null,
    isFinished: true,
  };
}

function seatsOf({ startingStacks, holeCards, actions }: RecordedHand): number[] {
  const told = Object.keys(startingStacks ?? holeCards).map(Number);
  return [...new Set([...told, ...actions.map(({ seat }) => seat)])].toSorted((a, b) => a - b);
}

/** A short stack posts less than the level, which never falls: the most that was posted counts, or twice the small blind. */
function levelAfter(before: HandLevel, { actions }: RecordedHand): HandLevel {
  const posts = actions.flatMap(({ seat, action: word, amount }): HandAction[] => {
    const action = actionCalled(word);
    return action?.startsWith('post_') ? [{ seat, action, amount, street: 'preflop', isTimeout: false }] : [];
  });
  const smallBlind = Math.max(before.smallBlind, mostPosted(posts, 'post_small_blind'));
  return {
    smallBlind,
    bigBlind: Math.max(before.bigBlind, mostPosted(posts, 'post_big_blind'), 2 * smallBlind),
    ante: Math.max(before.ante, mostPosted(posts, 'post_ante')),
  };
}

/** The hand with these stacks, and its end if it has the winners that the record tells. */
function withStacks(
  hand: HandHistory,
  stacks: ReadonlyMap<number, number>,
  winners: readonly number[],
): HandHistory {
  const seats = hand.seats.map((seat) => ({ ...seat, stack: seat.stack ?? stacks.get(seat.seat) ?? null }));
  const begun = { ...hand, seats };
  if (hand.seats.every(({ stackAfter }) => stackAfter !== null)) return begun;
  const after = stacksByRules(begun);
  const ended = {
    ...begun,
    seats: seats.map((seat) => ({ ...seat, stackAfter: after?.get(seat.seat) ?? null })),
  };
  const won = [...(chipsOf(ended).won ?? [])].flatMap(([seat, chips]) => (chips > 0 ? [seat] : []));
  const isTold = winners.length === won.length && won.every((seat) => winners.includes(seat));
  return isTold ? ended : hand;
}

function stacksAfter({ seats }: HandHistory): ReadonlyMap<number, number> | null {
  const known = seats.flatMap(({ seat, stackAfter }) =>
    stackAfter === null ? [] : [[seat, stackAfter] as const],
  );
  return known.length === seats.length ? new Map(known) : null;
}

/** Whether a text is an answer of `/hands` or `/replay`: the file of a record that was kept. */
export function isPlatformRecord(text: string): boolean {
  return /^\s*\{/.test(text) && /"hands"\s*:\s*\[/.test(text);
}

/** What the answers do not tell. */
export type TermsOfRecord = Pick<RecordTerms, 'matchId'> & { readonly startingStack?: number | null };

/** An answer, or the file of a scout, which tells the match as well. */
export function readPlatformRecord(text: string, terms: TermsOfRecord): ReadHistories {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  return historiesOfAnswer(body, terms);
}

/** The same of an answer that was parsed. */
export function historiesOfAnswer(body: unknown, { matchId, startingStack }: TermsOfRecord): ReadHistories {
  const rows = isObject(body) ? body['hands'] : null;
  if (!isObject(body) || !Array.isArray(rows))
    return refusedWhole('It is no JSON of a record: an object with a list `hands`.');
  const isReplay = rows.some((row) => isObject(row) && 'streets' in row);
  const replay = isReplay ? readReplay(body) : null;
  const { hands, unreadable } = replay ?? readHandRows(rows);
  const match = isObject(body['match']) ? readMatch(body['match']) : null;
  const names = new Map(
    [...(replay?.players ?? []), ...(match?.participants ?? [])].flatMap(({ seat, name }) =>
      name === null || seat === null ? [] : [[seat, name]],
    ),
  );
  const read = historiesOfRecord(hands, {
    source: isReplay ? 'replay' : 'hands',
    matchId: match?.matchId ?? matchId,
    names,
    startedAt: match?.startedAt ?? null,
    ...(typeof startingStack === 'number' && { startingStack }),
  });
  const broken = unreadable.map(
    ({ index, handNumber, why }): RefusedHand => ({
      position: index + 1,
      handNumber,
      code: 'unreadable',
      why,
    }),
  );
  return { ...read, blocks: read.blocks + broken.length, refused: [...broken, ...read.refused] };
}

function refusedWhole(why: string): ReadHistories {
  return {
    blocks: 1,
    hands: [],
    refused: [{ position: 1, handNumber: null, code: 'unreadable', why }],
    remarks: new Map(),
  };
}
