/** How a season went for a bot, by what the platform told and has in its records, and by the bot's own recordings. */
import { readCollection } from '../../src/histories/collection/read-collection.js';
import type { RecordedMatchRow } from '../../src/protocol/http-records.js';
import { recordReader } from '../kit/record-reader.js';
import { dayMs, type League } from './season-league.js';

export interface Standing {
  fixtures: number;
  /** Played to their end, or won because the other one did not come. */
  served: number;
  /** Of the served ones. */
  walkovers: number;
  /** Nobody came for the bot, or its seat was lost in the match. */
  missed: string[];
  /** By day: matches of the queue, and milliseconds in the lobby. */
  queued: number[];
  lobbyMs: number[];
}

/** @param days how many, from the first one's 00:00 UTC on. */
export function standingOf(league: League, name: string, from: number, days: number): Standing {
  const { facts, accountOf } = league;
  const { botId } = accountOf(name);
  const seats = new Map<string, readonly string[]>();
  const opened = new Map<string, readonly string[]>();
  const ofFixtures = new Set<string>();
  const lost = new Set<string>();
  // A fixture whose match was called off is dispatched again.
  const cancelled = cancelledOf(league);
  const standing: Standing = {
    fixtures: 0,
    served: 0,
    walkovers: 0,
    missed: [],
    queued: Array.from({ length: days }, () => 0),
    lobbyMs: Array.from({ length: days }, () => 0),
  };
  const dayOf = (time: number): number => Math.floor((time - from) / dayMs);
  for (const { event } of facts) {
    if (event.type === 'match.created') seats.set(event.matchId, event.players);
    if (event.type === 'fixture.opened') opened.set(event.fixtureId, event.players);
    if (event.type === 'fixture.played') ofFixtures.add(event.matchId);
    if (event.type === 'seat.forfeited' && seats.get(event.matchId)?.[event.seat] === name)
      lost.add(event.matchId);
  }
  let onlineSince: number | null = null;
  const addOnline = (until: number): void => {
    for (let at = onlineSince ?? until; at < until; ) {
      const next = Math.min(until, from + (dayOf(at) + 1) * dayMs);
      standing.lobbyMs[dayOf(at)] = (standing.lobbyMs[dayOf(at)] ?? 0) + next - at;
      at = next;
    }
  };
  for (const { at, event } of facts) {
    if (event.type === 'fixture.opened' && event.players.includes(name)) standing.fixtures += 1;
    else if (event.type === 'fixture.played' && opened.get(event.fixtureId)?.includes(name)) {
      if (lost.has(event.matchId)) standing.missed.push(`${new Date(at).toISOString()} lost its seat`);
      else standing.served += 1;
    } else if (event.type === 'fixture.walkover' && event.players.includes(name)) {
      if (event.winner === name) {
        standing.served += 1;
        standing.walkovers += 1;
      } else standing.missed.push(`${new Date(at).toISOString()} was not there`);
    } else if (event.type === 'match.created') {
      if (event.players.includes(name) && !ofFixtures.has(event.matchId) && !cancelled.has(event.matchId))
        standing.queued[dayOf(at)] = (standing.queued[dayOf(at)] ?? 0) + 1;
    } else if (event.type === 'lobby.online' && event.botId === botId) {
      addOnline(at);
      onlineSince = at;
    } else if (event.type === 'lobby.offline' && event.botId === botId) {
      addOnline(at);
      onlineSince = null;
    }
  }
  addOnline(league.clock.now());
  return standing;
}

/** Matches in which a seat of these bots was lost: it was away for too long. */
export function lostSeatsOf({ facts }: Pick<League, 'facts'>, names: readonly string[]): Set<string> {
  const seats = new Map<string, readonly string[]>();
  const lost = new Set<string>();
  for (const { event } of facts) {
    if (event.type === 'match.created') seats.set(event.matchId, event.players);
    if (event.type === 'seat.forfeited' && names.includes(seats.get(event.matchId)?.[event.seat] ?? ''))
      lost.add(event.matchId);
  }
  return lost;
}

/** What the platform told, a line each: the same for the same seed, but for ids, which get numbers here. */
export function storyOf({ facts }: Pick<League, 'facts'>): string {
  const ids = new Map<string, string>();
  const numbered = (id: string): string => {
    const name = ids.get(id) ?? `id-${ids.size}`;
    ids.set(id, name);
    return name;
  };
  return facts
    .map(({ at, event }) => `${new Date(at).toISOString()} ${JSON.stringify(event)}`)
    .join('\n')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, numbered);
}

/** Matches that were called off: they are in no records. */
export function cancelledOf({ facts }: Pick<League, 'facts'>): Set<string> {
  return new Set(
    facts.flatMap(({ event }) =>
      event.type === 'match.ended' && event.end.reason === 'cancelled' ? [event.matchId] : [],
    ),
  );
}

/** Who won each fixture that is over, in their order. */
export function winnersOf({ facts }: Pick<League, 'facts'>): string[] {
  const seats = new Map<string, readonly string[]>();
  const ends = new Map<string, string>();
  return facts.flatMap(({ event }) => {
    if (event.type === 'match.created') seats.set(event.matchId, event.players);
    if (event.type === 'match.ended') {
      const best = event.end.results?.find(({ net_chips: chips }) => Number(chips) > 0);
      ends.set(event.matchId, seats.get(event.matchId)?.[best?.seat ?? -1] ?? '');
    }
    if (event.type === 'fixture.walkover') return event.winner === null ? [] : [event.winner];
    return event.type === 'fixture.played' ? [ends.get(event.matchId) ?? ''] : [];
  });
}

/** All matches of the platform's records. */
export async function recordsOf({ sandbox, clock }: League): Promise<RecordedMatchRow[]> {
  const reader = recordReader(sandbox, () => clock.advance(1_500));
  const rows: RecordedMatchRow[] = [];
  for (let page = 1; ; page += 1) {
    const { total, matches } = await reader.matches(`?page=${page}&page_size=100`);
    rows.push(...matches);
    if (rows.length >= total || matches.length === 0) return rows;
  }
}

/** By match: what a bot won, as the platform has it. */
export function chipsOf(rows: readonly RecordedMatchRow[], name: string): Map<string, number | null> {
  return new Map(
    rows.flatMap(({ id, participants }) => {
      const own = participants.find(({ name: each }) => each === name);
      return own === undefined ? [] : [[id, own.net_chips ?? null]];
    }),
  );
}

/** By match: what our recordings say that it won; null where they do not know. */
export async function recordedChips(folder: string): Promise<Map<string, number | null>> {
  const chips = new Map<string, number | null>();
  for await (const match of readCollection([folder]))
    if (match.matchId !== null) chips.set(match.matchId, match.netChips);
  return chips;
}
