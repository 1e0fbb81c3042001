/** Whether a session stands as it should, for monitors. */
import { ageWords } from '../time/age-words.js';
import type { ReadStatus } from './read-status.js';
import type { SessionStatus } from './session-status.js';

const defaults = {
  /** So long before a fixture the bot should be in its lobby. */
  leadMs: 12 * 60_000,
  /** The platform waits for it so long after the mark. */
  waitMs: 90_000,
  /** A lobby sends a ping every 15 s; an agent gives up one that is silent for 40 s. */
  silenceMs: 60_000,
} as const;

export type StatusWord = 'ok' | 'absent' | 'unreadable' | 'stale' | 'over' | 'down' | 'fixture' | 'evicted';

export interface StatusVerdict {
  readonly word: StatusWord;
  /** The exit code of `status`. */
  readonly code: number;
  /** The same as a sentence. */
  readonly message: string;
}

const codes: Readonly<Record<StatusWord, number>> = {
  ok: 0,
  absent: 1,
  unreadable: 1,
  stale: 1,
  over: 1,
  down: 3,
  fixture: 4,
  evicted: 5,
};

/** @param now epoch milliseconds. @param maxAgeMs a file that is older tells nothing. */
export function judgeStatus(read: ReadStatus, now: number, maxAgeMs: number): StatusVerdict {
  if (read.status === null) return verdict(read.why, read.message);
  const { status } = read;
  const { lobby } = status;
  // What a session told at its end stays true however old it is.
  if (status.isEvicted)
    return verdict('evicted', `Evicted ${ago(now - lobby.since)}: the same bot has connected elsewhere.`);
  if (lobby.phase === 'over') return ended(status, now);
  const ageMs = now - status.writtenAt;
  if (Math.abs(ageMs) > maxAgeMs) {
    return verdict(
      'stale',
      ageMs < 0
        ? `Written ${ageWords(-ageMs)} from now: a clock was set, or is wrong.`
        : `Written ${ago(ageMs)}: the session (process ${status.pid}) is gone, or it is stuck.`,
    );
  }
  const fixture = nearFixture(status, now);
  const why = whyDown(status, now, fixture !== null);
  if (why === null) return verdict('ok', wellWords(status, now));
  return fixture === null ? verdict('down', why) : verdict('fixture', `${fixture} ${why}`);
}

function wellWords({ lobby }: SessionStatus, now: number): string {
  if (lobby.phase === 'ending') return `Ending: ${lobby.endMessage ?? 'told to stop'}.`;
  const forWords = ageWords(now - lobby.since);
  return lobby.phase === 'away'
    ? `Out of the lobby on purpose for ${forWords}: ${withoutStop(lobby.awayWhy ?? 'told to stay out')}.`
    : `In the lobby for ${forWords}.`;
}

function verdict(word: StatusWord, message: string): StatusVerdict {
  return { word, code: codes[word], message };
}

function ended({ lobby }: SessionStatus, now: number): StatusVerdict {
  const message = `The session ended ${ago(now - lobby.since)}: ${withoutStop(lobby.endMessage ?? 'told to stop')}.`;
  return verdict(lobby.endReason === 'failed' ? 'down' : 'over', message);
}

/** Null: it is in the lobby, or not because it should not be. */
function whyDown(
  { lobby, lastTrafficAt, writtenAt }: SessionStatus,
  now: number,
  isWanted: boolean,
): string | null {
  const forMs = now - lobby.since;
  switch (lobby.phase) {
    case 'online': {
      // What came after the file was written is not in it.
      const silentMs = writtenAt - Math.max(lastTrafficAt ?? 0, lobby.since);
      return silentMs > defaults.silenceMs
        ? `The lobby is connected, and silent for ${ageWords(silentMs)}.`
        : null;
    }
    case 'ending':
      return lobby.endReason === 'failed'
        ? `Not in the lobby: ${withoutStop(lobby.endMessage ?? 'it cannot go on')}.`
        : null;
    case 'away':
      return isWanted ? `Out of the lobby on purpose for ${ageWords(forMs)}.` : null;
    case 'offline':
      return `Not in the lobby for ${ageWords(forMs)}.`;
    case 'starting':
    case 'connecting':
    case 'over':
      return `Not in the lobby yet (${lobby.phase} for ${ageWords(forMs)}).`;
  }
}

function nearFixture({ nextFixture }: SessionStatus, now: number): string | null {
  if (nextFixture === null) return null;
  const untilMs = nextFixture.startsAt - now;
  if (untilMs > defaults.leadMs || untilMs < -defaults.waitMs) return null;
  const against = nextFixture.opponent === null ? '' : ` against ${nextFixture.opponent}`;
  return untilMs >= 0
    ? `A fixture${against} starts in ${ageWords(untilMs)}.`
    : `A fixture${against} has started ${ago(-untilMs)}.`;
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

const ago = (ms: number): string => `${ageWords(ms)} ago`;
