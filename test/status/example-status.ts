import { newSession } from '../../src/session-view/session-state.js';
import { type SessionStatus, statusOfSession } from '../../src/status/session-status.js';

/** When the example was written. */
export const writtenAt = Date.UTC(2026, 0, 6, 18, 30);

const whole = statusOfSession(newSession, {
  pid: 1234,
  startedAt: writtenAt - 7_200_000,
  writtenAt,
  everyMs: 10_000,
  since: writtenAt - 7_200_000,
  lastTrafficAt: writtenAt - 4_000,
});

/** Of a session that has been in its lobby for two hours. */
export function exampleStatus(
  lobby: Partial<SessionStatus['lobby']> = {},
  more: Partial<SessionStatus> = {},
): SessionStatus {
  return { ...whole, ...more, lobby: { ...whole.lobby, phase: 'online', ...lobby } };
}
