/** Fixtures in words: their times where the user is and in UTC, how long it is until then, and what the list left open. */
import type { Fixture } from '../platform/read-answers.js';
import { ageWords } from '../time/age-words.js';

/** A zone that this machine knows; its own for another text. */
export function timeZoneOf(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name || undefined }).resolvedOptions().timeZone;
  } catch {
    return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  }
}

/** `Tue 2026-01-06 19:40`. @param at epoch milliseconds. */
export function localTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** `2026-01-06 18:40`. */
export function utcTime(at: number): string {
  return new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}

/** `in 2 d 3 h`, `in 1 h 5 min`, `in 40 s`, `3 min ago`: rounded down, so that nobody comes late. */
export function countdown(ms: number): string {
  const words = ageWords(Math.abs(ms));
  return ms < 0 ? `${words} ago` : `in ${words}`;
}

/** `round_robin, round 1`; empty where neither is told. */
export function stageWords({ stage, round }: Pick<Fixture, 'stage' | 'round'>): string {
  const named = round === null ? [] : [/^\d+$/.test(round) ? `round ${round}` : round];
  return [...(stage === null ? [] : [stage]), ...named].join(', ');
}

/** What the list left open or called by another name, a sentence each. */
export function fixtureNotes(fixtures: readonly Fixture[], skipped: number): string[] {
  const notes: string[] = [];
  const timeless = fixtures.filter(({ startsAt }) => startsAt === null);
  for (const { startsAtText, opponent } of timeless) {
    const against = opponent === null ? '' : ` against ${opponent}`;
    notes.push(
      startsAtText === null
        ? `A fixture${against} has no time.`
        : `The time of a fixture${against} cannot be read: ${startsAtText}`,
    );
  }
  const clockless = fixtures.filter(({ decisionClockMs }) => decisionClockMs === null).length;
  if (clockless > 0) notes.push(`Without a clock: ${clockless} of ${fixtures.length}.`);
  const names = [...new Set(fixtures.flatMap(({ otherNames }) => otherNames))];
  if (names.length > 0) notes.push(`Read under names that are not the usual ones: ${names.join(', ')}.`);
  if (skipped > 0) notes.push(`Entries of the list that cannot be read, and are left out: ${skipped}.`);
  return notes;
}
