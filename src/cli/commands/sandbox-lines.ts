/** Events of a sandbox as lines for people. */

import { authorPlaceOf } from '../../io/hosting/author-place.js';
import { describeFailureAt } from '../../io/hosting/failure.js';
import { count, signed } from '../../io/reports/describe.js';
import { createFailureCounter, isWorthALine } from '../../io/reports/failure-counter.js';
import { BOT_TOKEN_SUBPROTOCOL } from '../../protocol/credential.js';
import type { MatchEnd } from '../../protocol/frames.js';
import { messageOf } from '../../protocol/message-of.js';
import { printable } from '../../protocol/redact.js';
import type { SandboxEvent } from '../../sandbox/terms/sandbox-events.js';

const defaults = { maxLineLength: 240 } as const;

type EventOfType = { [T in SandboxEvent['type']]: Extract<SandboxEvent, { type: T }> };

/** The events that get a line. */
const lines: { [T in SandboxEvent['type']]?: (event: EventOfType[T]) => string } = {
  'client.deprecated': () =>
    `warning: a client gave its token in the URL, where everybody on the way writes it down. Let it send the subprotocols ${BOT_TOKEN_SUBPROTOCOL} and the token instead.`,
  'connect.refused': ({ address }) => `warning: ${address} connects too often and was closed with 1008`,
  'bot.failed': ({ name, hook, error }) =>
    `warning: the opponent ${name} threw in ${hook}: ${describeFailureAt(error)}`,
  'platform.fault': ({ where, error }) =>
    `warning: the sandbox itself failed in ${where}: ${messageOf(error)}`,
  'state.repaired': ({ message }) => message,
  'state.failed': ({ message }) => `warning: ${message}`,
  'state.recovered': () => 'the state file can be written again; matches go on',
  'turn.substituted': ({ seat, action }) => `seat ${seat} did not answer, the sandbox played ${action}`,
  'fixture.opened': ({ players }) => `fixture ${players.join(' - ')}: open`,
  'fixture.kicked': ({ players, kick, missing }) =>
    missing.length === 0
      ? `fixture ${players.join(' - ')}: both are there`
      : `fixture ${players.join(' - ')}: waits for ${missing.join(', ')} (${kick} of 3)`,
  'fixture.walkover': ({ players, winner }) =>
    `fixture ${players.join(' - ')}: ${winner === null ? 'nobody came' : `a walkover for ${winner}`}`,
  'seat.forfeited': ({ seat, reason }) => `seat ${seat} forfeited (${reason}); the sandbox plays for it`,
};

/**
 * Makes one line of each event of a platform; null for events without one. The same failure of an opponent gets one the
 * first time, the tenth, the hundredth and so on, with how often it came.
 */
export function createSandboxLines(): (event: SandboxEvent) => string | null {
  const failures = createFailureCounter();

  const often = (event: SandboxEvent): number => {
    if (event.type !== 'bot.failed') return 1;
    const { name, hook, error } = event;
    return failures.count({
      hook: `${name} ${hook}`,
      message: messageOf(error),
      place: authorPlaceOf(error),
    });
  };

  return (event) => {
    const describe = lines[event.type] as ((event: SandboxEvent) => string) | undefined;
    if (describe === undefined) return null;
    const times = often(event);
    if (!isWorthALine(times)) return null;
    const more = times > 1 ? `, ${times} times so far` : '';
    return printable(describe(event), defaults.maxLineLength - more.length) + more;
  };
}

/** `complete, 2 hands, bot +5, random -5`, or who forfeited it. */
export function describeMatchEnd(end: MatchEnd): string {
  const { results = [], total_hands_played: hands = 0 } = end;
  const players = results.map(({ name = '?', net_chips: chips = 0 }) => `${name} ${signed(chips)}`);
  return printable([outcomeOf(end), count(hands, 'hand'), ...players].join(', '), defaults.maxLineLength);
}

function outcomeOf({
  reason = 'ended',
  results = [],
  error_code: errorCode,
  forfeit_seat: seat,
  forfeit_reason: why,
}: MatchEnd): string {
  if (seat === undefined) return errorCode === undefined ? reason : `${reason} (${errorCode})`;
  const name = results.find((result) => result.seat === seat)?.name ?? `seat ${seat}`;
  return `forfeited by ${name}${typeof why === 'string' ? ` (${why})` : ''}`;
}
