/** The agent's events as entries of the feed. */
import { describeEvent } from '../cli/progress.js';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import { printable } from '../protocol/redact.js';
import type { Telling } from './feed.js';
import type { FeedKind, FeedLevel } from './view.js';

const defaults = { maxTextLength: 200, matchPrefix: /^match \S{1,8}: / } as const;

const levels: { readonly [T in AgentEvent['type']]?: FeedLevel } = {
  'config.warning': 'warning',
  'lobby.listening': 'good',
  'lobby.lost': 'warning',
  'lobby.error': 'warning',
  'lobby.retrying': 'warning',
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
  'frame.ignored': 'warning',
  'frame.refused': 'error',
};

function levelOf(event: AgentEvent): FeedLevel {
  switch (event.type) {
    case 'match.ended':
      return event.result.outcome === 'completed' ? 'good' : 'error';
    case 'match.connected':
      return event.resumed ? 'good' : 'info';
    case 'turn.answered':
      return event.source === 'bot' ? 'info' : 'warning';
    case 'lobby.draining':
    case 'lobby.ended':
      return event.fault === null ? 'good' : 'error';
    default:
      return levels[event.type] ?? 'info';
  }
}

function kindOf(event: AgentEvent): FeedKind {
  const [family] = event.type.split('.');
  if (family === 'match' || family === 'hand' || family === 'turn' || family === 'bot') return family;
  return 'matchId' in event && event.matchId !== null ? 'match' : 'session';
}

function matchOf(event: AgentEvent): string | null {
  if (event.type === 'match.ended') return event.result.matchId;
  return 'matchId' in event ? event.matchId : null;
}

/** What the lines of a terminal leave out. */
function describeRest(event: AgentEvent): string {
  switch (event.type) {
    case 'match.announced':
      return `announced${event.resume ? ', already under way' : ''}${event.rated ? ', rated' : ''}`;
    case 'match.repeated':
      return 'announced again';
    case 'match.connecting':
      return event.attempt === 0 ? 'dialing the gateway' : `dialing the gateway, attempt ${event.attempt + 1}`;
    case 'hand.started':
      return `hand ${event.hand ?? '?'} begins`;
    case 'turn.requested':
      return `our turn, ${(event.clockMs / 1_000).toFixed(1)} s`;
    case 'turn.answered': {
      const { action, params } = event.answer;
      const amount = typeof params?.amount === 'number' ? ` ${params.amount}` : '';
      const by = event.source === 'bot' ? '' : ` in the bot's place (${event.source})`;
      return `${action}${amount} after ${event.latencyMs.toFixed(1)} ms${by}`;
    }
    case 'turn.repeated':
      return event.answered ? 'the turn was asked again; the answer went out again' : 'the turn was asked again';
    case 'frame.ignored':
      return `a frame was ignored: ${event.why.replaceAll('_', ' ')}${event.frameType === null ? '' : ` (${event.frameType})`}`;
    default:
      return event.type;
  }
}

/** The match stands in a column of its own, so the sentence need not begin with it. */
export function tellingOf(event: TimedAgentEvent): Telling {
  return {
    at: event.at,
    kind: kindOf(event),
    level: levelOf(event),
    type: event.type,
    matchId: matchOf(event),
    text: () =>
      (describeEvent(event) ?? printable(describeRest(event), defaults.maxTextLength)).replace(
        defaults.matchPrefix,
        '',
      ),
  };
}
