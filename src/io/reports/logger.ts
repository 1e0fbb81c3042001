/** Events as log lines, and a logger that masks secrets. */
import { pino } from 'pino';
import type { Fault } from '../../protocol/errors.js';
import type { AgentEvent, EndReason, TimedAgentEvent } from '../../protocol/events.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { createMask, type Mask, maskTokens, type Redact, visibleJson } from '../../protocol/redact.js';
import type { MatchResult } from '../../protocol/results.js';

const defaults = {
  level: 'info',
  maxStringLength: 500,
  /** How much of a string is searched for secrets before it is cut: otherwise half of a secret could remain. */
  maxSearchedLength: 5_000,
  maxItems: 30,
  maxDepth: 4,
} as const;

/** pino's levels. */
export type PinoLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

type LogLine = (fields: object, message?: string) => void;

/**
 * A logger that takes the events of a session. Any pino logger is one; the types of pino itself would make the declarations
 * of this package need those of Node.
 */
export interface EventLogger extends Record<PinoLevel, LogLine> {
  isLevelEnabled(level: string): boolean;
}

/** What is used of a logger that `createLogger` made; it is a pino logger. */
export interface SessionLogger extends Record<PinoLevel, LogLine & ((message: string) => void)> {
  level: string;
  isLevelEnabled(level: string): boolean;
  /** A logger whose lines have these fields, too. */
  child(fields: Record<string, unknown>): SessionLogger;
}

/** Where a logger writes its lines: a stream, or anything that takes text. */
export interface LogDestination {
  write(line: string): void;
}

type EventType = AgentEvent['type'];
type EventOfType = { [T in EventType]: Extract<AgentEvent, { type: T }> };

/** How one event is logged. Without `fields`, all of its fields are. */
interface Row<E extends AgentEvent> {
  level: PinoLevel | ((event: E) => PinoLevel);
  message: string;
  fields?: (event: E) => object;
}

function levelOfEnd({ fault, reason }: { fault: Fault | null; reason: EndReason }): PinoLevel {
  if (fault !== null) return 'error';
  return reason === 'evicted' ? 'warn' : 'info';
}

function endOfMatch(result: MatchResult): object {
  // The whole `match_end` is too much for a log line.
  const { end, ...rest } = result;
  return { ...rest, reason: end?.reason ?? null };
}

const rows: { [T in EventType]: Row<EventOfType[T]> } = {
  'config.warning': { level: 'warn', message: 'configuration warning' },
  'config.proxy': { level: 'info', message: 'going through a proxy' },
  'metrics.listening': { level: 'info', message: 'serving metrics' },
  'lobby.connecting': { level: 'info', message: 'connecting to the lobby' },
  'lobby.listening': { level: 'info', message: 'online in the lobby' },
  'lobby.lost': { level: 'warn', message: 'lobby connection lost' },
  'lobby.error': { level: 'warn', message: 'the lobby reported an error' },
  'lobby.retrying': { level: 'info', message: 'waiting to reconnect to the lobby' },
  'lobby.refusing': { level: 'warn', message: 'the lobby refuses this bot, though it took it before' },
  'lobby.left': { level: 'info', message: 'out of the lobby' },
  'lobby.draining': { level: levelOfEnd, message: 'session is ending' },
  'lobby.ended': { level: levelOfEnd, message: 'session has ended' },
  'queue.joined': { level: 'info', message: 'in the queue' },
  'queue.refreshed': { level: 'debug', message: 'the place in the queue was renewed' },
  'queue.lost': { level: 'warn', message: 'the place in the queue was gone' },
  'queue.left': { level: 'info', message: 'left the queue' },
  'queue.matched': { level: 'info', message: 'a match came from the queue' },
  'queue.resting': { level: 'info', message: 'not in the queue' },
  'queue.refused': { level: 'warn', message: 'a request for the queue or for challenges failed' },
  'queue.redialing': { level: 'warn', message: 'the platform does not see the bot in its lobby' },
  'challenge.received': { level: 'info', message: 'challenged by another bot' },
  'challenge.accepted': { level: 'info', message: 'challenge taken' },
  'challenge.declined': { level: 'info', message: 'challenge declined' },
  'challenge.failed': { level: 'warn', message: 'a challenge could not be answered' },
  'budget.day': { level: 'info', message: 'a new day in UTC has begun' },
  'budget.changed': { level: 'debug', message: 'what is used of the day' },
  'budget.counted': { level: 'info', message: 'a match was counted for the day' },
  'budget.spent': { level: 'warn', message: 'a limit of the day is used up' },
  'budget.dial_waits': { level: 'warn', message: 'the next dial of the lobby has to wait' },
  'budget.trouble': { level: 'warn', message: 'the file that counts the day is in trouble' },
  'handover.taken': { level: 'info', message: 'another session has left the lobby for this one' },
  'handover.playing': { level: 'info', message: 'the session before this one still plays a match' },
  'handover.given': { level: 'info', message: 'a newer session has the lobby' },
  'handover.returned': { level: 'warn', message: 'the newer session is gone' },
  'handover.settled': { level: 'info', message: 'the newer session keeps the lobby' },
  'match.announced': { level: 'info', message: 'match announced' },
  'match.repeated': { level: 'debug', message: 'match announced again' },
  'match.skipped': { level: 'warn', message: 'match skipped' },
  'match.connecting': { level: 'debug', message: 'connecting to the match' },
  'match.connected': { level: 'debug', message: 'connected to the match' },
  'match.started': { level: 'info', message: 'match started' },
  'match.lost': { level: 'warn', message: 'match connection lost' },
  'match.retrying': { level: 'info', message: 'waiting to reconnect to the match' },
  'match.error': { level: 'warn', message: 'the server reported an error' },
  'match.ended': {
    level: ({ result }) => (result.outcome === 'completed' ? 'info' : 'warn'),
    message: 'match ended',
    fields: ({ result }) => endOfMatch(result),
  },
  'match.told': { level: 'info', message: 'the platform tells how a match ended that nobody saw' },
  'rating.told': { level: 'info', message: 'the rating after a match' },
  'hand.started': { level: 'debug', message: 'hand started' },
  'hand.ended': { level: 'debug', message: 'hand ended' },
  'turn.requested': { level: 'debug', message: 'asked to act' },
  'turn.answered': { level: ({ source }) => (source === 'bot' ? 'debug' : 'warn'), message: 'answered' },
  'turn.repeated': { level: 'info', message: 'asked again for the same turn' },
  'turn.corrected': { level: 'warn', message: "the bot's answer was made legal" },
  'turn.overdue': { level: 'warn', message: 'the bot is late' },
  'turn.late': { level: 'warn', message: 'a late answer was dropped' },
  'turn.rejected': { level: 'warn', message: 'the server rejected the answer' },
  'turn.timed_out': { level: 'warn', message: 'the server acted in our place' },
  'bot.slow': { level: 'warn', message: 'nothing waits any more for a hook of the bot' },
  'bot.failed': {
    level: 'error',
    message: 'the bot threw',
    fields: ({ error, ...rest }) => ({ ...rest, err: error }),
  },
  'bot.left_behind': { level: 'warn', message: 'a thread of the bot does not end' },
  'card.unread': { level: 'warn', message: 'a card cannot be read' },
  'bot.terminated': {
    level: 'error',
    message: 'the bot lost its thread',
    fields: ({ error, ...rest }) => ({ ...rest, err: error }),
  },
  'bot.restarted': { level: 'warn', message: 'a fresh bot took over' },
  'code.changed': { level: 'warn', message: 'source files of the bot changed' },
  'fixture.listed': {
    level: 'info',
    message: 'fixtures listed',
    fields: ({ fixtures: [next = null], fixtures, ...rest }) => ({
      ...rest,
      fixtures: fixtures.length,
      next,
    }),
  },
  'fixture.unlisted': { level: 'warn', message: 'the list of fixtures cannot be read' },
  'fixture.moved': { level: 'info', message: 'a fixture was moved' },
  'fixture.cancelled': { level: 'warn', message: 'a fixture left the list before its time' },
  'fixture.near': { level: 'info', message: 'a fixture is near' },
  'fixture.due': { level: 'info', message: 'a fixture is due' },
  'fixture.matched': {
    level: ({ rivals }) => (rivals.length > 0 ? 'warn' : 'info'),
    message: 'a match may be that of a fixture',
  },
  'fixture.unmatched': { level: 'warn', message: 'no match may be that of a fixture any more' },
  'fixture.alarm': { level: 'error', message: 'a fixture is in danger' },
  'fixture.served': { level: 'info', message: 'a fixture was played' },
  'fixture.missed': { level: 'error', message: 'a fixture was missed' },
  'clock.jumped': { level: 'warn', message: 'the wall clock jumped' },
  'frame.ignored': { level: 'debug', message: 'frame ignored' },
  'frame.unexpected': { level: 'debug', message: 'a frame came where it has no use' },
  'frame.refused': { level: 'warn', message: 'frame not sent' },
};

/** A subscriber for `onEvent` or `agent.on` that writes every event to a pino logger. */
export function logEvents(logger: EventLogger): (event: TimedAgentEvent) => void {
  const bounds = createBounds(redacts.get(logger) ?? maskTokens);
  // The logger has a clock of its own.
  return ({ at: _at, ...event }) => write(logger, event.type, event, bounds);
}

type Bounds = (fields: object) => Record<string, unknown>;

function write<T extends EventType>(
  logger: EventLogger,
  type: T,
  event: EventOfType[T],
  bounds: Bounds,
): void {
  const row = rows[type];
  const level = typeof row.level === 'function' ? row.level(event) : row.level;
  if (!logger.isLevelEnabled(level)) return;
  const { type: _type, message, ...fields }: Record<string, unknown> = { ...(row.fields?.(event) ?? event) };
  // pino's own field `message` is used for the row's text.
  logger[level](
    { event: type, ...bounds(message === undefined ? fields : { ...fields, detail: message }) },
    row.message,
  );
}

/** Text from the network and from bots may be of any size: long strings, long lists and deep objects are cut. */
function createBounds(redact: Redact): Bounds {
  const ofText = (text: string): string =>
    redact(text.slice(0, defaults.maxSearchedLength)).slice(0, defaults.maxStringLength);

  const ofValue = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return ofText(value);
    if (typeof value !== 'object' || value === null || value instanceof Error) return value;
    if (depth === defaults.maxDepth) return '[deep]';
    if (Array.isArray(value))
      return value.slice(0, defaults.maxItems).map((item) => ofValue(item, depth + 1));
    return ofFields(value, depth + 1);
  };

  const ofFields = (fields: object, depth = 0): Record<string, unknown> => {
    const entries = Object.entries(fields).slice(0, defaults.maxItems);
    return Object.fromEntries(entries.map(([key, item]) => [key, ofValue(item, depth)]));
  };

  return ofFields;
}

/** The masks of loggers that are made here. */
const redacts = new WeakMap<EventLogger, Redact>();

/** Options of `createLogger`. */
export interface LoggerOptions {
  /** pino's levels and `silent`. Default: `info`. */
  level?: PinoLevel | 'silent';
  /** Texts to mask in all lines, such as the token. */
  secrets?: readonly string[];
  /** A mask in place of one of `secrets`; it may learn more of them later. */
  mask?: Mask;
  /** Where lines go. Default: standard error. */
  destination?: LogDestination;
}

/**
 * A pino logger of JSON lines. Every secret of 16 characters or more is masked before a line is written, and
 * characters that a terminal would obey or not show are escaped.
 */
export function createLogger(options: LoggerOptions = {}): SessionLogger {
  refuseUnknown(options, { level: true, secrets: true, mask: true, destination: true }, 'createLogger');
  const { level, secrets = [], mask = createMask(secrets), destination = process.stderr } = options;
  const logger = pino(
    { level: level ?? defaults.level, base: null },
    {
      write(line) {
        destination.write(visibleJson(mask.json(line)));
      },
    },
  );
  redacts.set(logger, mask.text);
  return logger;
}
