/** Knows which hands came already, whatever file they are in and whatever format it has. */
import type { HandHistory } from '../hand-history.js';
import { siteNumbersOf } from './hand-numbers.js';

/** What a hand is to those that came before. */
export type HandNovelty =
  | 'new'
  /** The same hand came before. */
  | 'repeated'
  /** Another hand of its match has its number. */
  | 'taken';

export interface KnownHands {
  /** Whether hands of this match came. */
  hasMatch(matchId: string): boolean;
  take(hand: HandHistory): HandNovelty;
}

/** Takes some 40 bytes a hand. */
export function createKnownHands(): KnownHands {
  /** By match, by number: what was done. */
  const matches = new Map<string, Map<number, number>>();
  /** Ids that formats with digits alone made a number of, by that number. */
  const byNumber = new Map<string, string>();
  /** Hands that no match and number tell apart. */
  const loose = new Set<number>();

  const handsOf = (matchId: string): Map<number, number> => {
    const known = matches.get(matchId);
    if (known !== undefined) return known;
    const hands = new Map<number, number>();
    matches.set(matchId, hands);
    byNumber.set(siteIdOf(matchId), matchId);
    return hands;
  };

  /** The match as another format calls it: its id, and the number that its id was made. */
  const otherId = (matchId: string): string | undefined =>
    byNumber.get(matchId) ?? (matches.has(siteIdOf(matchId)) ? siteIdOf(matchId) : undefined);

  return {
    hasMatch: (matchId) => matches.has(matchId) || otherId(matchId) !== undefined,
    take(hand) {
      const { matchId, handNumber } = hand;
      const done = digestOf(hand);
      if (matchId === null || handNumber === null) {
        if (loose.has(done)) return 'repeated';
        loose.add(done);
        return 'new';
      }
      const other = otherId(matchId);
      if (other !== undefined && other !== matchId && matches.get(other)?.get(handNumber) === done)
        return 'repeated';
      const hands = handsOf(matchId);
      const known = hands.get(handNumber);
      if (known !== undefined) return known === done ? 'repeated' : 'taken';
      hands.set(handNumber, done);
      return 'new';
    },
  };
}

const siteIdOf = (matchId: string): string => String(siteNumbersOf({ matchId, handNumber: 0 }).tournament);

/** 53 bits of what was played, as all formats tell it. */
function digestOf({ matchId, handNumber, history, board, seats }: HandHistory): number {
  let [high, low] = [0x2f3a9c1d, 0x7b5e4a93];
  const add = (text: string): void => {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      high = Math.imul(high ^ code, 0x85ebca77);
      low = Math.imul(low ^ code, 0xc2b2ae3d);
      high ^= high >>> 15;
      low ^= low >>> 13;
    }
  };
  for (const { seat, action, amount } of history) add(`${seat}${action}${amount}`);
  for (const card of board) add(card);
  if (matchId === null || handNumber === null)
    for (const { stack, cards } of seats) add(`${stack}${cards?.join('') ?? ''}`);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
