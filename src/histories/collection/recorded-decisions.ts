/** Puts together what a recording has of each turn of our bot. */
import type { AgentEvent } from '../../protocol/events.js';
import type { RecordedDecision } from './collected-match.js';
import type { RecordedTurn } from './pieces-of-frames.js';

type Decision = { -readonly [Field in keyof RecordedDecision]: RecordedDecision[Field] };

export interface DecisionReader {
  /** In the order in which they were asked. */
  readonly decisions: ReadonlyMap<string, RecordedDecision>;
  readonly ask: (turn: RecordedTurn, at: number) => void;
  readonly take: (event: AgentEvent, at: number) => void;
  /** Takes the turns of this hand away. */
  readonly forget: (handNumber: number) => void;
}

const eventsOfTurns = [
  'turn.requested',
  'turn.answered',
  'turn.late',
  'turn.corrected',
  'turn.rejected',
  'turn.timed_out',
  'bot.failed',
] as const satisfies AgentEvent['type'][];

type EventOfTurn = Extract<AgentEvent, { type: (typeof eventsOfTurns)[number] }>;

const isOfTurn = (event: AgentEvent): event is EventOfTurn =>
  (eventsOfTurns as readonly string[]).includes(event.type);

export function readDecisions(): DecisionReader {
  const decisions = new Map<string, Decision>();
  /** When answers were rejected: the same event may stand in two files. */
  const rejectedAt = new Set<number>();
  /** The newest turn: some events do not name theirs. */
  let open: Decision | null = null;

  const decisionOf = (requestId: string, at: number): Decision => {
    const known = decisions.get(requestId);
    if (known !== undefined) return known;
    const decision: Decision = {
      requestId,
      handNumber: null,
      askedAt: at,
      position: null,
      answer: null,
      source: null,
      isTimedOut: false,
      latencyMs: null,
      lateMs: null,
      note: null,
      correction: null,
      rejections: [],
      failure: null,
    };
    decisions.set(requestId, decision);
    return decision;
  };

  return {
    decisions,
    forget(handNumber) {
      for (const [requestId, decision] of decisions)
        if (decision.handNumber === handNumber) decisions.delete(requestId);
    },
    ask({ requestId, handNumber, position }, at) {
      const decision = decisionOf(requestId, at);
      decision.handNumber ??= handNumber;
      decision.position ??= position;
      open = decision;
    },
    take(event, at) {
      if (!isOfTurn(event)) return;
      switch (event.type) {
        case 'turn.requested':
          decisionOf(event.requestId, at).clockMs ??= event.clockMs;
          break;
        case 'turn.answered': {
          const decision = decisionOf(event.requestId, at);
          decision.answer = event.answer;
          decision.source = event.source;
          decision.latencyMs ??= event.latencyMs;
          decision.note ??= event.note ?? null;
          break;
        }
        case 'turn.late': {
          const decision = decisionOf(event.requestId, at);
          decision.lateMs = event.latencyMs;
          decision.note ??= event.note ?? null;
          break;
        }
        case 'turn.corrected': {
          const decision = decisionOf(event.requestId, at);
          decision.correction = { asked: event.asked, why: event.why };
          break;
        }
        case 'turn.rejected': {
          const decision = event.requestId === null ? open : decisionOf(event.requestId, at);
          if (decision === null || rejectedAt.has(at)) break;
          rejectedAt.add(at);
          decision.rejections = [...decision.rejections, event.reason ?? event.message];
          break;
        }
        case 'turn.timed_out':
          if (open !== null) open.isTimedOut = true;
          break;
        case 'bot.failed':
          if (open === null || event.hook !== 'decide') break;
          open.failure = event.message;
          open.note ??= event.note ?? null;
          break;
      }
    },
  };
}
