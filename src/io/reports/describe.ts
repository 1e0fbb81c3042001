/** Events as lines for people, without colours and cursor movements: they are the same in a terminal and in a file. */
import { basename } from 'node:path';
import { type AgentEvent, type CodeChange, describeEnd, type Loss } from '../../protocol/events.js';
import type { WireAction } from '../../protocol/frames.js';
import { describeRest } from '../../protocol/queue-words.js';
import { printable, type Redact } from '../../protocol/redact.js';
import type { MatchResult } from '../../protocol/results.js';
import type { PlannedFixture } from '../../protocol/season-events.js';
import { isWorthALine } from './failure-counter.js';

const defaults = { maxTextLength: 300, matchIdLength: 8 } as const;

type EventType = AgentEvent['type'];
type EventOfType = { [T in EventType]: Extract<AgentEvent, { type: T }> };

/** Null: not worth a line. */
const lines: { [T in EventType]: ((event: EventOfType[T]) => string | null) | null } = {
  'config.warning': ({ message }) => `warning: ${message}`,
  'config.proxy': ({ proxy, variable }) => `going through the proxy ${proxy}, as ${variable} says`,
  // Whoever serves them says where.
  'metrics.listening': null,
  'lobby.connecting': ({ url, attempt }) =>
    `connecting to ${url}${attempt > 0 ? ` (attempt ${attempt + 1})` : ''}`,
  'lobby.listening': () => 'online, waiting for matches',
  'lobby.lost': ({ loss }) => `lobby lost: ${describeLoss(loss)}`,
  'lobby.error': ({ code, message }) => `the lobby says: ${message ?? code ?? 'an error'}`,
  'lobby.retrying': ({ delayMs }) => `trying the lobby again in ${seconds(delayMs)}`,
  'lobby.refusing': ({ message }) => `warning: ${message}`,
  'lobby.left': ({ message, live }) => `out of the lobby${live > 0 ? ` with ${live} live` : ''}: ${message}`,
  'lobby.draining': ({ message, live }) => `ending${live > 0 ? ` with ${live} live` : ''}: ${message}`,
  'lobby.ended': ({ message, completed, abandoned }) =>
    `session over: ${completed} completed, ${abandoned} abandoned; ${message}`,
  'queue.joined': ({ position }) => `in the queue${position === null ? '' : `, place ${position}`}`,
  'queue.refreshed': null,
  'queue.lost': ({ ageMs }) => `the place in the queue was gone after ${seconds(ageMs)}`,
  'queue.left': ({ why }) => `left the queue: ${describeRest(why)}`,
  'queue.matched': ({ matchId, waitedMs }) =>
    `${match(matchId)} came from the queue after ${seconds(waitedMs)}`,
  'queue.resting': ({ message }) => `not in the queue: ${message}`,
  'queue.refused': ({ request, message, delayMs }) =>
    `${request} failed, the next request comes in ${seconds(delayMs)}: ${message}`,
  'queue.redialing': ({ message }) => `warning: ${message}`,
  'challenge.received': ({ opponent }) => `${opponent ?? 'a bot'} challenges this bot`,
  'challenge.accepted': ({ opponent }) => `took the challenge of ${opponent ?? 'a bot'}`,
  'challenge.declined': ({ opponent, message }) =>
    `declined the challenge of ${opponent ?? 'a bot'}: ${message}`,
  'challenge.failed': ({ opponent, message }) =>
    `the challenge of ${opponent ?? 'a bot'} could not be answered: ${message}`,
  'budget.day': ({ day }) => `${day} UTC has begun: matches, lobby hours and dials are counted from 0 again`,
  'budget.changed': null,
  'budget.counted': ({ matchId, kind }) =>
    kind === 'unasked' ? `${match(matchId)} was not asked for; it is played, and counts for the day` : null,
  'budget.spent': ({ message }) => message,
  'budget.dial_waits': ({ message }) => `warning: ${message}`,
  'budget.trouble': ({ message }) => `warning: ${message}`,
  'handover.taken': ({ pid, live }) =>
    `process ${pid} has left the lobby for this session${live > 0 ? `, and plays ${count(live, 'match')} to the end` : ''}`,
  'handover.playing': ({ matchId }) => `${match(matchId)} the session before this one still plays it`,
  'handover.given': ({ pid }) => `process ${pid} has the lobby now; live matches go on here`,
  'handover.returned': ({ pid }) => `process ${pid} is gone: back to the lobby`,
  'handover.settled': ({ pid }) => `process ${pid} keeps the lobby`,
  'match.announced': null,
  'match.repeated': null,
  'match.skipped': ({ matchId, message }) => `${match(matchId)} skipped: ${message}`,
  'match.connecting': null,
  'match.connected': ({ matchId, resumed }) => `${match(matchId)} ${resumed ? 'resumed' : 'connected'}`,
  'match.started': ({ matchId, seat, opponents }) =>
    `${match(matchId)} started${seat === null ? '' : ` at seat ${seat}`} against ${opponents.join(', ') || 'nobody known'}`,
  'match.lost': ({ matchId, loss }) => `${match(matchId)} connection lost: ${describeLoss(loss)}`,
  'match.retrying': ({ matchId, delayMs }) => `${match(matchId)} trying again in ${seconds(delayMs)}`,
  'match.error': ({ matchId, code, message }) =>
    `${match(matchId)} the server says: ${message ?? code ?? 'an error'}`,
  'match.ended': ({ result }) => `${match(result.matchId)} ${describeResult(result)}`,
  'match.told': ({ matchId, netChips, status }) =>
    `${match(matchId)} ended unseen: ${signed(netChips)} chips, ${status}, as the platform tells`,
  'rating.told': ({ rating, deviation }) =>
    `the rating is ${Math.round(rating)}${deviation === null ? '' : `, deviation ${Math.round(deviation)}`}`,
  'hand.started': null,
  'hand.ended': (event) => `${match(event.matchId)} ${describeHand(event)}`,
  'turn.requested': null,
  'turn.answered': null,
  'turn.repeated': null,
  'turn.corrected': ({ matchId, why, sent }) =>
    `${match(matchId)} ${why} Sent ${describeAction(sent)} instead.`,
  'turn.overdue': ({ matchId, left }) =>
    `${match(matchId)} the bot is late, ${left ? 'and the server plays' : 'answering in its place'}`,
  'turn.late': ({ matchId, latencyMs }) =>
    `${match(matchId)} the bot's answer came after ${seconds(latencyMs)}, too late`,
  'turn.rejected': ({ matchId, message, reason }) =>
    `${match(matchId)} the server rejected the answer: ${message ?? reason ?? 'no reason given'}`,
  'turn.timed_out': ({ matchId, action }) =>
    `${match(matchId)} no answer in time, the server played ${action ?? 'in our place'}`,
  'bot.failed': (event) => `${match(event.matchId)} ${describeBotFailure(event)}`,
  'bot.slow': ({ matchId, hook, waitedMs }) =>
    `${match(matchId)} ${hook} has not ended in ${waitedMs / 1_000} s; nothing waits for it any more`,
  'card.unread': ({ matchId, field, found }) =>
    `${match(matchId)} a card in ${field} cannot be read, the bot does not see it: ${found}`,
  'bot.terminated': ({ matchId, message }) => `${match(matchId)} ${message}`,
  'bot.restarted': ({ matchId, replayed, restored }) =>
    `${match(matchId)} a fresh bot took over${restored ? ' from its snapshot' : ''}, shown ${count(replayed, 'event')} of the match`,
  'bot.left_behind': ({ matchId, message }) => (matchId === null ? message : `${match(matchId)} ${message}`),
  'code.changed': describeCodeChange,
  'fixture.listed': ({ fixtures, message }) => describeList(fixtures, message),
  'fixture.unlisted': ({ message, retryMs }) =>
    `warning: the list of fixtures cannot be read, tried again in ${seconds(retryMs)}: ${message}`,
  'fixture.moved': ({ fixture, before }) => `${describeFixture(fixture)} was moved from ${utc(before)}`,
  'fixture.cancelled': ({ fixture }) => `${describeFixture(fixture)} left the list before its time`,
  'fixture.near': ({ fixture, inMs }) =>
    inMs >= 0
      ? `${describeFixture(fixture)} is near: ${minutes(inMs)} from now`
      : `${describeFixture(fixture)} began ${minutes(-inMs)} ago`,
  'fixture.due': ({ fixture }) => `${describeFixture(fixture)} is due`,
  'fixture.matched': ({ fixture, matchId, rivals }) =>
    `${match(matchId)} may be ${describeFixture(fixture)}${rivals.length > 0 ? `, and so may ${rivals.map(short).join(', ')}, which came first` : ''}`,
  'fixture.unmatched': ({ fixture }) =>
    `nothing is being played any more that may be ${describeFixture(fixture)}`,
  'fixture.alarm': ({ message }) => `warning: ${message}`,
  'fixture.served': ({ fixture, matchId }) => `${match(matchId)} was ${describeFixture(fixture)}`,
  'fixture.missed': ({ fixture, message }) => `warning: ${describeFixture(fixture)} was missed: ${message}`,
  'clock.jumped': ({ message }) => message,
  'frame.ignored': null,
  'frame.unexpected': ({ matchId, frameType }) =>
    `${matchId === null ? 'lobby:' : match(matchId)} a ${frameType} frame came where it has no use`,
  'frame.refused': ({ matchId, frameType, why }) =>
    `${matchId === null ? 'lobby:' : match(matchId)} a ${frameType} frame was not sent: ${why.replaceAll('_', ' ')}`,
};

const warningTypes: ReadonlySet<EventType> = new Set([
  'config.warning',
  'lobby.refusing',
  'queue.redialing',
  'budget.dial_waits',
  'budget.trouble',
  'fixture.unlisted',
  'fixture.alarm',
  'fixture.missed',
]);

/** Whether an event belongs on standard error, wherever other events are written. */
export const isWarning = ({ type }: AgentEvent): boolean => warningTypes.has(type);

/**
 * One line for an event, safe for a terminal whatever a server put into it; null for events not worth one.
 *
 * @param redact takes secrets out of the line. Default: what looks like a bot's token.
 */
export function describeEvent(event: AgentEvent, redact?: Redact): string | null {
  if (event.type === 'bot.failed' && !isWorthALine(event.times)) return null;
  const line = describe(event.type, event);
  return line === null ? null : printable(line, defaults.maxTextLength, redact);
}

function describe<T extends EventType>(type: T, event: EventOfType[T]): string | null {
  return lines[type]?.(event) ?? null;
}

/** `hand 12: won 40 in a pot of 80, 1040 of 2000 chips`. */
export function describeHand(event: EventOfType['hand.ended']): string {
  const { hand, seat, stacks } = event;
  const own = seat === null ? undefined : stacks[seat];
  const total = stacks.reduce((sum, stack) => sum + stack, 0);
  return `hand ${hand ?? '?'}: ${outcomeOf(event)}${own === undefined ? '' : `, ${own} of ${total} chips`}`;
}

/** A pot says little of what a folded blind has lost, so the chips of the seat come first where they are known. */
function outcomeOf({ seat, winners, pot, netChips }: EventOfType['hand.ended']): string {
  if (netChips !== null) {
    const won = netChips > 0 ? `won ${netChips}` : netChips < 0 ? `lost ${-netChips}` : 'even';
    return pot === null ? won : `${won} in a pot of ${pot}`;
  }
  const result =
    seat === null
      ? `seat ${winners.join(' and ')} won`
      : winners.includes(seat)
        ? winners.length > 1
          ? 'split'
          : 'won'
        : 'lost';
  return pot === null ? result : `${result} a pot of ${pot}`;
}

/** `ended: complete, +120 chips in 40 hands`. */
export function describeResult(result: MatchResult): string {
  const { outcome, end, netChips, hands, detail, abandonReason } = result;
  if (outcome === 'abandoned')
    return `abandoned after ${count(hands, 'hand')}: ${detail ?? abandonReason ?? 'unknown'}`;
  const chips = netChips === null ? '' : `${signed(netChips)} chips in `;
  return `ended: ${describeEnd(end)}, ${chips}${count(hands, 'hand')}`;
}

/** `+120`, `-120`, `0`. */
export function signed(chips: number): string {
  return chips > 0 ? `+${chips}` : String(chips);
}

/** `1 hand`, `2 hands`, `2 matches`. */
export function count(n: number, noun: string): string {
  const ending = /(?:s|x|ch|sh)$/.test(noun) ? 'es' : 's';
  return `${n} ${noun}${n === 1 ? '' : ending}`;
}

function match(matchId: string): string {
  return `match ${short(matchId)}:`;
}

const short = (matchId: string): string => matchId.slice(0, defaults.matchIdLength);

/** `the fixture against birch at 18:40 UTC`. */
function describeFixture({ opponent, startsAt, isInvented }: PlannedFixture): string {
  const against = opponent === null ? '' : ` against ${opponent}`;
  return `the ${isInvented ? 'invented ' : ''}fixture${against} at ${utc(startsAt)}`;
}

function describeList(fixtures: readonly PlannedFixture[], message: string | null): string {
  const [next] = fixtures;
  const found =
    next === undefined
      ? 'no fixtures to come'
      : `${count(fixtures.length, 'fixture')} to come, next ${describeFixture(next)}`;
  return message === null ? found : `${found}; ${message}`;
}

/** `Sat 18:40 UTC`. */
function utc(at: number): string {
  const day = new Date(at);
  return `${day.toUTCString().slice(0, 3)} ${day.toISOString().slice(11, 16)} UTC`;
}

/** Rounded down: nobody comes late. */
function minutes(ms: number): string {
  return ms < 60_000 ? seconds(ms) : `${Math.floor(ms / 60_000)} min`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `the bot threw in decide: no cards (my-bot.ts:12)`, and how often if more than once. */
export function describeBotFailure({ hook, message, place, times = 1 }: EventOfType['bot.failed']): string {
  const often = times > 1 ? `, ${times} times so far` : '';
  return `${failureIn(hook)}${message}${place === null ? '' : ` (${place})`}${often}`;
}

/** The beginning of a sentence about a failure of the bot, or of its thread. */
function failureIn(hook: string): string {
  // No worker is available: the message is complete by itself, and the bot is not to blame.
  if (hook === 'worker') return '';
  return hook === 'background' ? 'the bot failed outside of its hooks: ' : `the bot threw in ${hook}: `;
}

function describeLoss({ code, reason, httpStatus }: Loss): string {
  const what = httpStatus === undefined ? `code ${code}` : `HTTP ${httpStatus}`;
  return reason === '' ? what : `${what}, ${reason}`;
}

function describeAction({ action, params }: WireAction): string {
  return typeof params?.amount === 'number' ? `${action} ${params.amount}` : action;
}

/** `bot.ts and 2 more were saved: ...` */
export function describeCodeChange({ files, plays, message }: CodeChange): string {
  const [first, ...others] = files.map((file) => basename(file));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const what = first === undefined ? 'A file was added' : `${first}${more} changed`;
  switch (plays) {
    case 'started':
      return message === null
        ? `${what}: what was started plays on; start again to play the new code, or use --watch`
        : `${what}: what was started plays on; start again to play the new code. ${message}`.trimEnd();
    case 'new':
      return `${what}: the next match plays the new code`;
    case 'before':
      return `${what}, and cannot be played; the code before plays on. ${message ?? ''}`.trim();
  }
}
