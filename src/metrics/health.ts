/** What the paths for monitors answer. */
import type { SessionState } from '../session-view/session-state.js';
import { type SessionStatus, statusOfSession } from '../status/session-status.js';
import { judgeStatus } from '../status/status-verdict.js';
import { ageWords } from '../time/age-words.js';

const defaults = {
  /** Of a lobby's pings. One may be late. */
  trafficMs: 40_000,
} as const;

export interface HealthAnswer {
  readonly isWell: boolean;
  /** One line: a word, and a sentence. */
  readonly line: string;
}

/** What is known when somebody asks; times are epoch milliseconds. */
export interface HealthFacts {
  session: SessionState;
  now: number;
  startedAt: number;
  /** Since when the lobby is in its phase. */
  since: number;
  lastLobbyFrameAt: number | null;
}

/** As a status file would say it. */
function statusOfFacts({ session, now, startedAt, since, lastLobbyFrameAt }: HealthFacts): SessionStatus {
  return statusOfSession(session, {
    pid: process.pid,
    startedAt,
    writtenAt: now,
    everyMs: 0,
    since,
    lastTrafficAt: lastLobbyFrameAt,
  });
}

/** Whether it stands as it should, by the rules of the command `status`: also when it is out of the lobby on purpose. */
export function livenessOf(facts: HealthFacts): HealthAnswer {
  const status = statusOfFacts(facts);
  const { word, code, message } = judgeStatus({ status }, facts.now, Number.POSITIVE_INFINITY);
  return { isWell: code === 0, line: `${word}: ${message}` };
}

/** Whether it should be in the lobby, and is. */
export function healthOf(facts: HealthFacts): HealthAnswer {
  const liveness = livenessOf(facts);
  const { phase } = facts.session.lobby;
  if (!liveness.isWell || phase === 'online') return liveness;
  return { isWell: false, line: liveness.line.replace(/^ok:/, 'out:') };
}

/** Whether matches can be announced to it now: it is in the lobby, which has sent something within its period. */
export function readinessOf(facts: HealthFacts): HealthAnswer {
  const health = healthOf(facts);
  if (!health.isWell) return health;
  const { lastLobbyFrameAt, now } = facts;
  if (lastLobbyFrameAt === null) return { isWell: false, line: 'silent: The lobby has sent nothing yet.' };
  const forMs = now - lastLobbyFrameAt;
  return forMs <= defaults.trafficMs
    ? { isWell: true, line: `ready: The lobby sent a frame ${ageWords(forMs)} ago.` }
    : { isWell: false, line: `silent: The lobby has sent nothing for ${ageWords(forMs)}.` };
}
