/** Tallies of matches in the store of a bot: a key for each match of each bot, so that nothing counts twice. */
import { createHash } from 'node:crypto';
import type { BotStore, StoredValue } from '../bot/bot-store.js';
import { isObject, isWhole } from '../protocol/checks.js';
import { StoreError } from '../protocol/errors.js';
import { type MatchTally, newTally } from './match-tally.js';
import type { Answers } from './profile-statistics.js';

const defaults = {
  hashLength: 16,
  /** Of the kept tallies so many go, the oldest first, when the store is full. */
  shareToGo: 0.1,
} as const;

const version = 1;
const prefix = 'profile ';

const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, defaults.hashLength);

const prefixOf = (name: string): string => `${prefix}${hashOf(name)} `;

const keyOf = (name: string, matchId: string): string => `${prefixOf(name)}${hashOf(matchId)}`;

/** All of a bot. */
export function storedTallies(store: BotStore, name: string): MatchTally[] {
  return store.entries(prefixOf(name)).flatMap(([, value]) => readTally(value, name) ?? []);
}

export function storedTally(store: BotStore, name: string, matchId: string): MatchTally | null {
  const tally = readTally(store.get(keyOf(name, matchId)), name);
  return tally?.matchId === matchId ? tally : null;
}

/** The names that something is kept of. */
export function storedNames(store: BotStore): string[] {
  const names = store
    .entries(prefix)
    .flatMap(([, value]) => (isObject(value) && typeof value['name'] === 'string' ? [value['name']] : []));
  return [...new Set(names)];
}

/**
 * Keeps what was counted in a match, in place of what was kept of it. A full store loses its oldest tallies for it.
 *
 * @throws {StoreError} when there is no room even so.
 */
export function storeTally(store: BotStore, name: string, tally: MatchTally): void {
  const key = keyOf(name, tally.matchId);
  const value = valueOf(name, tally);
  try {
    store.set(key, value);
  } catch (error) {
    if (!(error instanceof StoreError) || error.why !== 'full') throw error;
    forgetOldest(store);
    store.set(key, value);
  }
}

function forgetOldest(store: BotStore): void {
  const kept = store
    .entries(prefix)
    .map(([key, value]) => ({
      key,
      at: isObject(value) && typeof value['at'] === 'number' ? value['at'] : 0,
    }))
    .toSorted((a, b) => a.at - b.at);
  for (const { key } of kept.slice(0, Math.ceil(kept.length * defaults.shareToGo))) store.delete(key);
}

function valueOf(name: string, { matchId, startedAt, hands, numbers, counts }: MatchTally): StoredValue {
  return {
    version,
    name,
    matchId,
    at: startedAt,
    hands,
    numbers: [...rangesOf(numbers)],
    shares: counts.shares,
    sizes: [counts.sizes.preflop, counts.sizes.postflop],
    nodes: Object.fromEntries(counts.nodes),
  };
}

/** Null for what is no tally of this bot, or one of another version. */
function readTally(value: unknown, name: string): MatchTally | null {
  if (!isObject(value) || value['version'] !== version || value['name'] !== name) return null;
  const { matchId, at, hands, numbers, shares, sizes, nodes } = value;
  if (typeof matchId !== 'string' || !isWhole(hands) || !Array.isArray(numbers) || !Array.isArray(sizes))
    return null;
  const tally = newTally(matchId, typeof at === 'number' ? at : null);
  tally.hands = hands;
  for (const range of numbers) {
    const [from, to] = Array.isArray(range) ? range : [];
    if (!isWhole(from) || !isWhole(to)) return null;
    for (let number = from; number <= to; number += 1) tally.numbers.add(number);
  }
  const [preflop, postflop] = sizes;
  const isRead =
    fill(tally.counts.shares, shares) &&
    fill(tally.counts.sizes.preflop, preflop) &&
    fill(tally.counts.sizes.postflop, postflop);
  if (!isRead || !isObject(nodes)) return null;
  for (const [node, answers] of Object.entries(nodes)) {
    const counts: Answers = [0, 0, 0];
    if (!fill(counts, answers)) return null;
    tally.counts.nodes.set(node, counts);
  }
  return tally;
}

function fill(to: number[], from: unknown): boolean {
  if (!Array.isArray(from) || from.length !== to.length || !from.every(isWhole)) return false;
  for (const [index, count] of from.entries()) to[index] = count;
  return true;
}

/** Numbers as few pairs: hands of a match follow each other. */
function* rangesOf(numbers: Iterable<number>): Generator<[from: number, to: number]> {
  let open: [number, number] | null = null;
  for (const number of [...numbers].toSorted((a, b) => a - b)) {
    if (open !== null && number === open[1] + 1) {
      open[1] = number;
      continue;
    }
    if (open !== null) yield open;
    open = [number, number];
  }
  if (open !== null) yield open;
}
