/** What happens on a sandbox as lines for people. */
import type { MatchEnd } from '../protocol/frames.js';
import { messageOf } from '../protocol/message-of.js';
import { printable } from '../protocol/redact.js';
import type { SandboxEvent } from '../sandbox/events.js';
import { count, signed } from './progress.js';

const defaults = { maxLineLength: 240 } as const;

/** One line for an event; null for those that are not worth one. */
export function describeSandboxEvent(event: SandboxEvent): string | null {
  const line = lineOf(event);
  return line === null ? null : printable(line, defaults.maxLineLength);
}

function lineOf(event: SandboxEvent): string | null {
  switch (event.type) {
    case 'client.deprecated':
      return 'warning: a client gave its token in the URL, where everybody on the way writes it down. Let it send the subprotocols chipzen-bot-token and the token instead.';
    case 'connect.refused':
      return `warning: ${event.address} connects too often and was closed with 1008`;
    case 'bot.failed':
      return `warning: the opponent ${event.name} threw in ${event.hook}: ${messageOf(event.error)}`;
    case 'platform.fault':
      return `warning: the sandbox itself failed in ${event.where}: ${messageOf(event.error)}`;
    case 'turn.substituted':
      return `seat ${event.seat} did not answer, the sandbox played ${event.action}`;
    case 'seat.forfeited':
      return `seat ${event.seat} forfeited (${event.reason}); the sandbox plays for it`;
    default:
      return null;
  }
}

/** `complete, 2 hands, bot +5, random -5`, or who lost it without playing to the end. */
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
