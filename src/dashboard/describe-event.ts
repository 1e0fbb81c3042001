/** The agent's events as entries of the feed. */
import { describeBotFailure, describeEvent } from '../io/reports/describe.js';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import { printable } from '../protocol/redact.js';
import { hoursWords, matchesWords } from '../session-view/plan-words.js';
import type { Telling } from './feed.js';
import { type Handlers, handle } from './handlers.js';
import type { FeedKind, FeedLevel } from './page-view.js';

const defaults = { maxTextLength: 200, matchPrefix: /^match \S{1,8}: / } as const;

const levels: { readonly [T in AgentEvent['type']]?: FeedLevel } = {
  'config.warning': 'warning',
  'lobby.listening': 'good',
  'lobby.lost': 'warning',
  'lobby.error': 'warning',
  'lobby.retrying': 'warning',
  'lobby.refusing': 'error',
  'fixture.unlisted': 'warning',
  'fixture.cancelled': 'warning',
  'fixture.unmatched': 'warning',
  'fixture.alarm': 'error',
  'fixture.served': 'good',
  'fixture.missed': 'error',
  'clock.jumped': 'warning',
  'queue.joined': 'good',
  'queue.matched': 'good',
  'queue.lost': 'warning',
  'queue.refused': 'warning',
  'queue.redialing': 'error',
  'challenge.accepted': 'good',
  'challenge.failed': 'warning',
  'budget.spent': 'warning',
  'budget.dial_waits': 'warning',
  'budget.trouble': 'warning',
  'handover.returned': 'warning',
  'match.skipped': 'warning',
  'match.lost': 'warning',
  'match.retrying': 'warning',
  'match.error': 'warning',
  'match.started': 'good',
  'turn.corrected': 'warning',
  'turn.overdue': 'warning',
  'turn.late': 'warning',
  'turn.rejected': 'error',
  'turn.timed_out': 'error',
  'bot.failed': 'error',
  'bot.slow': 'warning',
  'card.unread': 'warning',
  'frame.ignored': 'warning',
  'frame.refused': 'error',
};

const levelsByContent: Handlers<AgentEvent, FeedLevel> = {
  'match.ended': ({ result }) => (result.outcome === 'completed' ? 'good' : 'error'),
  'fixture.matched': ({ rivals }) => (rivals.length > 0 ? 'warning' : 'good'),
  'match.connected': ({ resumed }) => (resumed ? 'good' : 'info'),
  'turn.answered': ({ source }) => (source === 'bot' ? 'info' : 'warning'),
  'lobby.draining': ({ fault }) => (fault === null ? 'good' : 'error'),
  'lobby.ended': ({ fault }) => (fault === null ? 'good' : 'error'),
};

function kindOf(event: AgentEvent): FeedKind {
  const [family] = event.type.split('.');
  if (family === 'match' || family === 'hand' || family === 'turn' || family === 'bot') return family;
  return 'matchId' in event && event.matchId !== null ? 'match' : 'session';
}

function matchOf(event: AgentEvent): string | null {
  return 'matchId' in event ? event.matchId : null;
}

/** Events that have no line in a terminal. */
const lines: Handlers<TimedAgentEvent, string> = {
  'metrics.listening': ({ url }) => `the metrics are at ${url}`,
  'match.announced': ({ resume, rated }) =>
    `announced${resume ? ', already under way' : ''}${rated ? ', rated' : ''}`,
  'match.repeated': () => 'announced again',
  'match.connecting': ({ attempt }) =>
    attempt === 0 ? 'dialing the gateway' : `dialing the gateway, attempt ${attempt + 1}`,
  'queue.refreshed': ({ ageMs }) =>
    `the place in the queue was renewed after ${(ageMs / 1_000).toFixed(1)} s`,
  'budget.changed': ({ figures, at }) => `today: ${matchesWords(figures)}; ${hoursWords(figures, at)}`,
  'budget.counted': ({ kind }) => `counted for the day: ${kind}`,
  'hand.started': ({ hand }) => `hand ${hand ?? '?'} begins`,
  'turn.requested': ({ clockMs }) => `our turn, ${(clockMs / 1_000).toFixed(1)} s`,
  'turn.answered': ({ answer: { action, params }, source, latencyMs }) => {
    const amount = typeof params?.amount === 'number' ? ` ${params.amount}` : '';
    const by = source === 'bot' ? '' : ` in the bot's place (${source})`;
    return `${action}${amount} after ${latencyMs.toFixed(1)} ms${by}`;
  },
  'turn.repeated': ({ answered }) =>
    `the turn was asked again${answered ? '; the answer went out again' : ''}`,
  'bot.failed': describeBotFailure,
  'frame.ignored': ({ why, frameType }) =>
    `a frame was ignored: ${why.replaceAll('_', ' ')}${frameType === null ? '' : ` (${frameType})`}`,
};

/** The match has a column of its own, so the sentence does not begin with it. */
export function tellingOf(event: TimedAgentEvent): Telling {
  return {
    at: event.at,
    kind: kindOf(event),
    level: handle(levelsByContent, event) ?? levels[event.type] ?? 'info',
    type: event.type,
    matchId: matchOf(event),
    text: () =>
      (describeEvent(event) ?? printable(handle(lines, event) ?? event.type, defaults.maxTextLength)).replace(
        defaults.matchPrefix,
        '',
      ),
  };
}
