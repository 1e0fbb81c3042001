/** The state that a journal's entries lead to: bots, tokens and matches. */
import type { JsonObject } from '../../protocol/frames.js';
import type { JournalEntry } from './journal-entry.js';

const defaults = { keepEndedMatches: 1_000 } as const;

type EntryOf<T extends JournalEntry['t']> = Extract<JournalEntry, { t: T }>;

/** An entry that advances a match. */
export type JournalMove = EntryOf<'act'> | EntryOf<'forfeit'>;

export interface JournalMatch {
  readonly start: EntryOf<'match'>;
  hasBegun: boolean;
  readonly moves: JournalMove[];
  /** The request id of the turn that is open after all moves; null when it was not requested yet. */
  requestId: string | null;
  end: JsonObject | null;
}

export interface Digest {
  readonly bots: EntryOf<'bot'>[];
  readonly tokens: (EntryOf<'token'> & { revoked: boolean })[];
  /** Those that are over in the order of their end, in which they count for ratings; then the others, as they began. */
  readonly matches: JournalMatch[];
  /** The fixtures whose matches are played, or were. */
  readonly fixtures: ReadonlySet<string>;
  /** How many matches were made, including forgotten ones. */
  readonly made: number;
}

export function digestOf(entries: readonly JournalEntry[]): Digest {
  const bots: Digest['bots'] = [];
  const tokens = new Map<string, Digest['tokens'][number]>();
  const matches = new Map<string, JournalMatch>();
  const ended = new Set<JournalMatch>();
  let made = 0;
  for (const entry of entries) {
    switch (entry.t) {
      case 'bot':
        bots.push(entry);
        break;
      case 'token':
        tokens.set(entry.tokenId, { ...entry, revoked: false });
        break;
      case 'revoked': {
        const token = tokens.get(entry.tokenId);
        if (token !== undefined) token.revoked = true;
        break;
      }
      case 'match':
        made = Math.max(made, entry.n);
        matches.set(entry.matchId, { start: entry, hasBegun: false, moves: [], requestId: null, end: null });
        break;
      case 'begun':
      case 'turn':
      case 'act':
      case 'forfeit':
      case 'end': {
        const match = matches.get(entry.matchId);
        note(match, entry);
        if (match !== undefined && entry.t === 'end') ended.add(match);
      }
    }
  }
  const live = [...matches.values()].filter(({ end }) => end === null);
  return {
    bots,
    tokens: [...tokens.values()],
    matches: [...ended, ...live],
    fixtures: new Set([...matches.values()].flatMap(fixtureOf)),
    made,
  };
}

/** A match that was cancelled since a bot did not come to it was not played. */
function fixtureOf({ start: { fixture }, end }: JournalMatch): string[] {
  return fixture === undefined || end?.['reason'] === 'cancelled' ? [] : [fixture];
}

function note(
  match: JournalMatch | undefined,
  entry: EntryOf<'begun' | 'turn' | 'act' | 'forfeit' | 'end'>,
): void {
  if (match === undefined) return;
  if (entry.t === 'begun') match.hasBegun = true;
  else if (entry.t === 'turn') match.requestId = entry.requestId;
  else if (entry.t === 'end') match.end = entry.end;
  else {
    match.moves.push(entry);
    if (entry.t === 'act') match.requestId = null;
  }
}

/** Entries for the same state, without what is no longer needed. */
export function compactJournal(entries: readonly JournalEntry[]): JournalEntry[] {
  const { bots, tokens, matches } = digestOf(entries);
  const ended = matches.filter(({ end }) => end !== null).slice(-defaults.keepEndedMatches);
  const live = matches.filter(({ end }) => end === null);
  const kept = new Set([...ended, ...live]);
  return [
    ...bots,
    ...tokens.flatMap(({ revoked, ...token }): JournalEntry[] =>
      revoked ? [token, { t: 'revoked', tokenId: token.tokenId }] : [token],
    ),
    ...matches.filter((match) => kept.has(match)).flatMap(entriesOf),
  ];
}

function entriesOf({ start, hasBegun, moves, requestId, end }: JournalMatch): JournalEntry[] {
  const { matchId } = start;
  if (end !== null) return [start, { t: 'end', matchId, end }];
  return [
    start,
    ...(hasBegun ? [{ t: 'begun' as const, matchId }] : []),
    ...moves,
    ...(requestId === null ? [] : [{ t: 'turn' as const, matchId, requestId }]),
  ];
}
