/** The platform's events as entries of the feed. */
import { describeEnd } from '../protocol/events.js';
import { messageOf } from '../protocol/message-of.js';
import { printable } from '../protocol/redact.js';
import type { SandboxEvent } from '../sandbox/terms/sandbox-events.js';
import type { Telling } from './feed.js';
import type { FeedKind, FeedLevel } from './page-view.js';

const defaults = { maxTextLength: 200 } as const;

type EventType = SandboxEvent['type'];
type Describe<T extends EventType> = (event: Extract<SandboxEvent, { type: T }>, named: NamedThen) => string;

export interface Named {
  readonly bot: (botId: string) => string;
  /** Of a live match. */
  seats(matchId: string): readonly string[];
}

/** Names for the text of one event, which may be read when its match is over. */
interface NamedThen {
  readonly bot: (botId: string) => string;
  readonly seat: (seatIndex: number) => string;
}

/** As the page names matches. */
const against = (players: readonly string[]): string => players.join(' – ');

/** Null: the page shows it elsewhere, or there are too many of these events. */
const lines: { [T in EventType]: [FeedKind, FeedLevel, Describe<T>] | null } = {
  'lobby.online': ['session', 'good', ({ botId }, named) => `${named.bot(botId)} is online`],
  'lobby.ping': null,
  'lobby.pong': null,
  'lobby.offline': [
    'session',
    'warning',
    ({ botId, code, reason }, named) => `${named.bot(botId)} is offline: ${code} ${reason}`,
  ],
  'lobby.refused': [
    'session',
    'warning',
    ({ botId, code, reason }, named) => `${named.bot(botId)} was turned away: ${code} ${reason}`,
  ],
  'match.created': ['match', 'info', ({ players }) => `a match of ${players.join(', ')}`],
  'match.started': ['match', 'good', () => 'the match begins'],
  'match.ended': ['match', 'good', ({ end }) => `ended: ${describeEnd(end)}`],
  'seat.connected': [
    'match',
    'info',
    ({ botId, resumed }, named) => `${named.bot(botId)} ${resumed ? 'is back' : 'sat down'}`,
  ],
  'seat.disconnected': [
    'match',
    'warning',
    ({ botId, code, reason }, named) => `${named.bot(botId)} left its seat: ${code} ${reason}`,
  ],
  'seat.refused': ['match', 'warning', ({ code, reason }) => `a dial was turned away: ${code} ${reason}`],
  'seat.forfeited': [
    'match',
    'error',
    ({ seat, reason }, named) => `${named.seat(seat)} forfeits: ${reason.replaceAll('_', ' ')}`,
  ],
  'turn.opened': null,
  'turn.rejected': [
    'turn',
    'warning',
    ({ seat, reason }, named) => `${named.seat(seat)} was refused: ${reason}`,
  ],
  'turn.substituted': [
    'turn',
    'error',
    ({ seat, action }, named) => `the platform plays ${action} for ${named.seat(seat)}`,
  ],
  'table.changed': null,
  'hand.ended': ['hand', 'info', ({ hand, stacks }) => `hand ${hand} is over: ${stacks.join(' / ')}`],
  'fixture.opened': ['match', 'info', ({ players }) => `the fixture ${against(players)} opens`],
  'fixture.kicked': [
    'match',
    'info',
    ({ players, kick, missing }) =>
      missing.length === 0
        ? `the fixture ${against(players)} is dispatched`
        : `the fixture ${against(players)} waits for ${missing.join(', ')}, ${kick} of 3 times`,
  ],
  'fixture.played': ['match', 'good', () => 'the fixture is played'],
  'fixture.walkover': [
    'match',
    'warning',
    ({ players, winner }) =>
      winner === null
        ? `nobody came to the fixture ${against(players)}`
        : `the fixture ${against(players)} is a walkover for ${winner}`,
  ],
  'bot.failed': ['bot', 'error', ({ name, hook, error }) => `${name} threw in ${hook}: ${messageOf(error)}`],
  'client.deprecated': [
    'match',
    'warning',
    () => 'a client gives its token in the address, which will not work for ever',
  ],
  'connect.refused': ['session', 'warning', ({ address }) => `${address} opens too many connections`],
  'platform.restarting': ['session', 'warning', ({ downMs }) => `the platform is away for ${downMs} ms`],
  'state.repaired': ['session', 'warning', ({ message }) => message],
  'state.failed': ['session', 'error', ({ message }) => message],
  'state.recovered': ['session', 'good', () => 'the state file can be written again'],
  chaos: ['session', 'warning', ({ event }) => `chaos: ${event.type}`],
  'platform.fault': ['session', 'error', ({ where, error }) => `defect in ${where}: ${messageOf(error)}`],
};

/** Null for an event that is not an entry. */
export function tellingOfSandbox(event: SandboxEvent, at: number, named: Named): Telling | null {
  if (event.type === 'table.changed') return tellAction(event, at, named);
  return tell(event.type, event, at, named);
}

function tellAction(
  { type, matchId, event }: Extract<SandboxEvent, { type: 'table.changed' }>,
  at: number,
  named: Named,
): Telling | null {
  if (event.type !== 'acted') return null;
  const { action, amount } = event;
  const { seat } = namesFor(matchId, named);
  const text = () => `${seat(event.seat)}: ${action}${amount > 0 ? ` ${amount}` : ''}`;
  return { at, kind: 'turn', level: 'info', type, matchId, text };
}

function tell<T extends EventType>(
  type: T,
  event: Extract<SandboxEvent, { type: T }>,
  at: number,
  named: Named,
): Telling | null {
  const line = lines[type];
  if (line === null) return null;
  const [kind, level, describe] = line;
  const matchId = 'matchId' in event ? event.matchId : null;
  const names = namesFor(matchId, named);
  return {
    at,
    kind,
    level,
    type,
    matchId,
    text: () => printable(describe(event, names), defaults.maxTextLength),
  };
}

function namesFor(matchId: string | null, named: Named): NamedThen {
  const seats = matchId === null ? [] : named.seats(matchId);
  return { bot: named.bot, seat: (seatIndex) => seats[seatIndex] ?? `seat ${seatIndex}` };
}
