/** Which matches there are among hands, and which seat of them is the bot's. */
import type { HandHistory } from '../histories/hand-history.js';
import { OptionError } from '../protocol/errors.js';
import { matchOfHands } from './match-of-hands.js';
import type { ReplayInput } from './replay-matches.js';

export interface HeroTerms {
  /** Name or number of the seat, for hands that do not say whose they are. */
  hero: string | number | undefined;
  /** For turns: no history tells it. Milliseconds. */
  clockMs: number;
}

/**
 * Matches by their ids, and those without by who sits where; each hand once, in the order of its number where all have one.
 *
 * @throws {OptionError} where nothing says which seat is the bot's.
 */
export function seatMatches(hands: Iterable<HandHistory>, terms: HeroTerms): ReplayInput[] {
  const groups = new Map<string, Map<string, HandHistory>>();
  let unnumbered = 0;
  for (const hand of hands) {
    const key = hand.matchId ?? hand.seats.map(({ seat, name }) => `${seat} ${name}`).join('\n');
    const group = groups.get(key) ?? new Map<string, HandHistory>();
    groups.set(key, group);
    unnumbered += 1;
    const id = hand.handNumber === null ? `unnumbered ${unnumbered}` : String(hand.handNumber);
    if (!group.has(id)) group.set(id, hand);
  }
  return [...groups.values()].flatMap((group) => inputsOf([...group.values()], terms));
}

function inputsOf(hands: readonly HandHistory[], { hero, clockMs }: HeroTerms): ReplayInput[] {
  const isNumbered = hands.every(({ handNumber }) => handNumber !== null);
  const ordered = isNumbered ? hands.toSorted((a, b) => (a.handNumber ?? 0) - (b.handNumber ?? 0)) : hands;
  const { match, unplayed } = matchOfHands(ordered, { seatIndex: heroOf(ordered, hero), clockMs });
  return [...(match.hands.length > 0 ? [{ match }] : []), ...unplayed.map((hand) => ({ unplayed: hand }))];
}

function heroOf(hands: readonly HandHistory[], hero: string | number | undefined): number {
  const names = new Map(hands.flatMap(({ seats }) => seats.map(({ seat, name }) => [seat, name] as const)));
  if (hero === undefined) {
    const own = hands.find((hand) => hand.hero !== null)?.hero ?? null;
    if (own !== null) return own;
    throw new OptionError('hero', `Nothing says which seat was the bot's: ${asked(names)}`);
  }
  const isNumber = typeof hero === 'number' || /^\d+$/.test(hero);
  const named = [...names].filter(([, name]) => name === hero);
  const alike = [...names].filter(([, name]) => name.toLowerCase() === String(hero).toLowerCase());
  const [first, second] = named.length > 0 ? named : alike;
  if (first !== undefined && second === undefined) return first[0];
  if (first === undefined && isNumber && names.has(Number(hero))) return Number(hero);
  const what = first === undefined ? 'There is no' : 'There is more than one';
  throw new OptionError('hero', `${what} ${String(hero)} at the table: ${asked(names)}`);
}

function asked(names: ReadonlyMap<number, string>): string {
  const seats = [...names].map(([seat, name]) => `${seat} ${name}`).join(', ');
  return `name it, or give its number (${seats}).`;
}
