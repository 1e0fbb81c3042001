/**
 * How a turn ends that we did not answer: what proves that the server has played it, also while the connection was away
 * and its frames were lost, and what is counted then.
 */
import type { MissedTurn } from '../protocol/events.js';
import type { JsonObject, RoundResult, RoundStart, TurnResult } from '../protocol/frames.js';
import { isProgress, type MatchContext, type MatchEvent, progressed, type Update } from './match.context.js';
import { inHand, isOpen } from './match.turns.js';

/** The bot thinks about the newest turn. */
export function hasOpenTurn(context: MatchContext): boolean {
  return context.turn !== null && isOpen(context, context.turn.frame.request_id);
}

/** The newest turn has no answer that was sent: none yet, or one that waits for the turn to be repeated. */
export function isUnsent({ turn, answer }: MatchContext): boolean {
  return turn !== null && !(answer?.requestId === turn.frame.request_id && answer.sent);
}

/** The result of our own last turn; one that was sent before that turn was asked belongs to an earlier one. */
export function isOurResult({ seat, turn }: MatchContext, frame: TurnResult): boolean {
  const isStale = frame.seq !== undefined && turn?.frame.seq !== undefined && frame.seq <= turn.frame.seq;
  return seat !== null && frame.seat === seat && !isStale;
}

/**
 * This frame shows that our unanswered turn is over. Between hands nobody has a turn. Whatever else the game says is a
 * proof only for a turn that was asked on an earlier connection and not repeated on this one: at some tables other seats
 * act while we think.
 */
export function provesOver(context: MatchContext, event: MatchEvent): boolean {
  const { turn, tally } = context;
  if (turn === null || !isUnsent(context)) return false;
  if (event.type === 'frame.round_start' || event.type === 'frame.round_result') {
    return !isEarlier(event.frame.seq, turn.frame.seq);
  }
  if (event.type === 'frame.turn_result' || event.type === 'frame.phase_change') {
    return turn.connection < tally.connections && isLater(event.frame.seq, turn.frame.seq);
  }
  if (event.type === 'frame.turn_request') return event.frame.request_id !== turn.frame.request_id;
  // Older servers name the open turn here; this one has none.
  return event.type === 'frame.reconnected' && event.frame.pending_request === null;
}

const isLater = (seq: number | undefined, than: number | undefined): boolean =>
  seq !== undefined && than !== undefined && seq > than;
const isEarlier = (seq: number | undefined, than: number | undefined): boolean =>
  seq !== undefined && than !== undefined && seq < than;

/** The server has closed our turn, by our answer or without one. */
export function afterTurnResult(context: MatchContext, frame: TurnResult): Update {
  return {
    turn: null,
    // What the server has taken it need not be told once more on this connection.
    repeatedRequestId: context.turn?.frame.request_id ?? context.repeatedRequestId,
    ...(isProgress(context, frame.seq) && progressed(context, frame.seq)),
  };
}

/** The server played for us. */
export function afterTimeout({ tally }: MatchContext): Update {
  return {
    turn: null,
    tally: { ...tally, timeouts: tally.timeouts + 1, handTimeouts: tally.handTimeouts + 1 },
  };
}

/** What was counted of the hand before is no part of this one. */
export function afterHandStart(context: MatchContext, { seq }: RoundStart): Update {
  const { tally } = context;
  return {
    ...(tally.handTimeouts > 0 && { tally: { ...tally, handTimeouts: 0, hand: null } }),
    ...(isProgress(context, seq) && progressed(context, seq)),
  };
}

export function afterHandEnd(context: MatchContext, frame: RoundResult): Update {
  const { tally } = context;
  const timeouts = tally.timeouts + unseenTimeouts(context, frame).length;
  return {
    tally: { ...tally, hands: tally.hands + 1, timeouts, handTimeouts: 0, hand: null },
    ...(isProgress(context, frame.seq) && progressed(context, frame.seq)),
  };
}

/** What the server played for us in this hand without our knowing, the oldest first: the hand's history has it all. */
export function unseenTimeouts({ seat, tally }: MatchContext, frame: RoundResult): (string | null)[] {
  const { action_history: history, hand_number: hand } = frame.result;
  if (seat === null || !Array.isArray(history)) return [];
  const played = (history as (JsonObject | null)[]).filter(
    (entry) => entry?.seat === seat && entry.is_timeout === true,
  );
  return played
    .slice(inHand(tally, hand).handTimeouts)
    .map((entry) => (typeof entry?.action === 'string' ? entry.action : null));
}

/** What the bot is to know of a turn that it was too slow for; nothing of one that it was not. */
export function missedTurn(context: MatchContext, event: MatchEvent): { missed?: MissedTurn } {
  const { turn, answer } = context;
  if (turn === null) return {};
  if (event.type === 'bot.overdue' || event.type === 'bot.decided') {
    if (answer === null) return {};
    const by = answer.source === 'proposal' ? 'proposal' : 'agent';
    return { missed: { by, answer: answer.action, waitedMs: answer.latencyMs } };
  }
  const action =
    event.type === 'frame.turn_result' && isOurResult(context, event.frame) ? event.frame.details : null;
  // Our own answer cannot have closed it: there is none.
  if (event.type === 'frame.match_end') return {};
  return {
    missed: {
      by: 'server',
      answer: typeof action?.action === 'string' ? { action: action.action } : null,
      waitedMs: context.fixed.now() - turn.askedAt,
    },
  };
}
