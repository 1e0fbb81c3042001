/** The words of `chipzen-agent status`. */
import { count, signed } from '../../io/reports/describe.js';
import { countdown, utcTime } from '../../season/fixture-words.js';
import {
  fixtureWords,
  hoursWords,
  matchesWords,
  queueWords,
  ratingWords,
} from '../../session-view/plan-words.js';
import type { ReadStatus } from '../../status/read-status.js';
import type { SessionStatus, StatusMatch, StatusResult } from '../../status/session-status.js';
import type { StatusVerdict } from '../../status/status-verdict.js';
import { ageWords } from '../../time/age-words.js';

/** One look at the file. */
export interface Looked {
  read: ReadStatus;
  verdict: StatusVerdict;
  /** Epoch milliseconds. */
  now: number;
}

/** A verdict, and below it everything that the file says. */
export function statusLines({ read: { status }, verdict, now }: Looked): string[] {
  const first = `${verdict.word}: ${verdict.message}`;
  if (status === null) return [first];
  const { lobby, totals, latency, live, results, lastTrafficAt } = status;
  const since = (at: number) => `${ageWords(now - at)} ago`;
  const traffic = lastTrafficAt === null ? 'no frame yet' : `last frame ${since(lastTrafficAt)}`;
  const retry = lobby.retryAt === null ? '' : `, next dial ${countdown(lobby.retryAt - now)}`;
  return [
    first,
    `lobby ${lobby.phase} since ${utcTime(lobby.since)} UTC, ${count(lobby.reconnects, 'reconnect')}, ${traffic}${retry}`,
    ...live.map((match) => `live: ${liveWords(match, now)}`),
    `${totals.completed} completed, ${totals.abandoned} abandoned, net ${signed(totals.netChips)}; ${count(totals.hands, 'hand')}, ${count(totals.turns, 'turn')}, ${totals.answeredFor} answered for the bot${latency.count === 0 ? '' : `, p95 ${latency.p95} ms`}`,
    ...results.map((result) => `over: ${resultWords(result)}, ${since(result.endedAt)}`),
    ...planLines(status, now),
    `process ${status.pid}, started ${since(status.startedAt)}, written ${since(status.writtenAt)}`,
  ];
}

/** What the bot has before it: fixtures, the queue, its day, its rating. */
function planLines(status: SessionStatus, now: number): string[] {
  const { fixtures, queue, day, rating } = status;
  // Whoever wrote the file may be gone since it was to be written again.
  const known = Math.min(now, status.writtenAt + status.everyMs);
  return [
    ...fixtures.map(
      (fixture, index) =>
        `${index === 0 ? 'next fixture' : 'then'}: ${fixtureWords(fixture, now)}, ${utcTime(fixture.startsAt)} UTC`,
    ),
    ...(queue === null ? [] : [`queue: ${queueWords(queue, now)}`]),
    ...(day === null ? [] : [`day ${day.day} UTC: ${matchesWords(day)}; ${hoursWords(day, known)}`]),
    ...(rating === null ? [] : [`rating: ${ratingWords(rating)}`]),
  ];
}

/** `18:40:02 ok: online; 1 live (birch: hand 12, +340); 5 over, net +1200`. */
export function changeLine({ read: { status }, verdict, now }: Looked): string {
  const time = new Date(now).toISOString().slice(11, 19);
  const words = verdict.word === 'ok' ? '' : ` ${verdict.message}`;
  return `${time} ${verdict.word}:${words}${status === null ? '' : ` ${briefly(status)}`}`;
}

/** The same for as long as there is nothing to tell but ages. */
export function changeKey({ read: { status }, verdict }: Looked): string {
  return `${verdict.word} ${status === null ? '' : briefly(status)}`;
}

function briefly({ lobby, live, totals }: SessionStatus): string {
  const matches = live.map((match) => `${namesOf(match)}: ${standing(match)}`).join('; ');
  const playing = live.length === 0 ? '0 live' : `${live.length} live (${matches})`;
  return `lobby ${lobby.phase}; ${playing}; ${totals.completed + totals.abandoned} over, net ${signed(totals.netChips)}`;
}

function liveWords(match: StatusMatch, now: number): string {
  const { link, turnEndsAt } = match;
  const turn = turnEndsAt === null ? '' : `, its turn ends ${countdown(turnEndsAt - now)}`;
  return `${namesOf(match)}: ${standing(match)}${link === 'connected' ? '' : `, ${link}`}${turn}`;
}

function standing({ hand, netChips }: StatusMatch): string {
  const chips = netChips === null ? '' : `, ${signed(netChips)}`;
  return hand === null ? 'no hand yet' : `hand ${hand}${chips}`;
}

function resultWords({ outcome, end, netChips, ...match }: StatusResult): string {
  const chips = netChips === null ? '' : `, ${signed(netChips)}`;
  return `${namesOf(match)}: ${outcome === 'abandoned' ? 'abandoned' : end}${chips}`;
}

function namesOf({ opponents }: { opponents: readonly string[] }): string {
  return opponents.length === 0 ? 'opponent not known yet' : opponents.join(', ');
}
