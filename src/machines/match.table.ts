/**
 * What the table tells while a match is played: hands that begin and end, and turns that are over. A turn of ours may end
 * without our answer, also while the connection was away and the frames that told of it were lost.
 */
import type { AgentEvent } from '../protocol/events.js';
import type { JsonObject, RoundResult } from '../protocol/frames.js';
import { assertEvent } from './assert-event.js';
import { netChipsOfHand } from './hand-net.js';
import { copyOfTally, isProgress, type MatchContext, type MatchEvent, progressed } from './match.context.js';
import { handSummary } from './match.output.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';
import { abortOf, inHand, isOpen, isOurResult, newestTurn } from './match.turns.js';

const { assign, enqueueActions } = matchBase;
const { commandBot, report } = matchPorts;

// --- whose turn is over ---

/** The newest turn has no answer that was sent: it has none yet, or one that waits for the turn to be repeated. */
function isUnsent({ turn, answer }: MatchContext): boolean {
  return turn !== null && !(answer?.requestId === turn.frame.request_id && answer.sent);
}

/**
 * This event shows that our unanswered turn is over. Between hands nobody has a turn. What else the table tells is a
 * proof only for a turn that was asked on an earlier connection and not repeated on this one: at some tables other seats
 * act while we think.
 */
function provesOver(context: MatchContext, event: MatchEvent): boolean {
  if (!isUnsent(context)) return false;
  const turn = newestTurn(context);
  if (event.type === 'frame.round_start' || event.type === 'frame.round_result') {
    return !isEarlier(event.frame.seq, turn.frame.seq);
  }
  if (event.type === 'frame.turn_result' || event.type === 'frame.phase_change') {
    return turn.connection < context.tally.connections && isLater(event.frame.seq, turn.frame.seq);
  }
  // A repeat of the newest turn is recognized before.
  if (event.type === 'frame.turn_request') return true;
  // Older servers name the open turn in `reconnected`; null says that no turn is open.
  assertEvent(event, 'frame.reconnected');
  return event.frame.pending_request === null;
}

// Nothing is known without both numbers: NaN is neither.
const isLater = (seq = Number.NaN, than = Number.NaN): boolean => seq > than;
const isEarlier = (seq = Number.NaN, than = Number.NaN): boolean => seq < than;

/** What the server says it played in our place; null when it does not say. */
function playedInOurPlace(context: MatchContext, event: MatchEvent): string | null {
  if (event.type === 'frame.action_timeout') return event.frame.auto_action ?? null;
  if (event.type !== 'frame.turn_result' || event.frame.seat !== context.seat) return null;
  const { action } = event.frame.details;
  return typeof action === 'string' ? action : null;
}

/**
 * What the server played for us in this hand and we have not seen, the oldest first: the history of the hand lists all of
 * it.
 */
function unseenTimeouts({ seat, tally }: MatchContext, frame: RoundResult): (string | null)[] {
  const { action_history: history, hand_number: hand } = frame.result;
  if (seat === null || !Array.isArray(history)) return [];
  const played = (history as (JsonObject | null)[]).filter(
    (entry): entry is JsonObject => entry?.seat === seat && entry.is_timeout === true,
  );
  return played
    .slice(inHand(tally, hand).handTimeouts)
    .map((entry) => (typeof entry.action === 'string' ? entry.action : null));
}

// --- what the chart asks and does ---

export const matchTable = {
  guards: {
    provesOurTurnOver: ({ context, event }: MatchMoment) => provesOver(context, event),
    closesAnsweredTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_result');
      return (
        isOurResult(context, event.frame) && event.frame.details.is_timeout !== true && !isUnsent(context)
      );
    },
    closesOurTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_result');
      return isOurResult(context, event.frame);
    },
    serverPlayedForUs: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.turn_result');
      return isOurResult(context, event.frame) && event.frame.details.is_timeout === true;
    },
    timesOutAnotherTurn: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.action_timeout');
      const { request_id: id } = event.frame;
      return id !== undefined && context.turn !== null && context.turn.frame.request_id !== id;
    },
    tellsOfTimeouts: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.round_result');
      return unseenTimeouts(context, event.frame).length > 0;
    },
    isProgress: ({ context, event }: MatchMoment) => {
      assertEvent(event, 'frame.round_start', 'frame.turn_result', 'frame.phase_change');
      return isProgress(context, event.frame.seq);
    },
  },

  actions: {
    showBot: commandBot(({ event }) => {
      assertEvent(
        event,
        'frame.hello',
        'frame.match_start',
        'frame.round_start',
        'frame.turn_result',
        'frame.phase_change',
        'frame.round_result',
      );
      return { type: 'bot.observe', frame: event.frame };
    }),
    recordProgress: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_result', 'frame.phase_change');
      return progressed(context, event.frame.seq as number);
    }),

    // the match and its hands
    recordMatchStart: assign(({ event }) => {
      assertEvent(event, 'frame.match_start');
      const { your_seat: seat, turn_timeout_ms: turnTimeoutMs } = event.frame;
      return { ...(seat !== undefined && { seat }), ...(turnTimeoutMs !== undefined && { turnTimeoutMs }) };
    }),
    reportStarted: report(({ context, event }) => {
      assertEvent(event, 'frame.match_start');
      const others = event.frame.seats.filter(({ seat }) => seat !== context.seat);
      return {
        type: 'match.started',
        matchId: context.matchId,
        seat: context.seat,
        opponents: others.map(({ seat, display_name: name }) => name ?? `seat ${seat}`),
      };
    }),
    // The counts of the hand before do not belong to this one.
    recordHandStart: assign(({ context, event }) => {
      assertEvent(event, 'frame.round_start');
      const tally = copyOfTally(context.tally);
      const { seq } = event.frame;
      tally.handTimeouts = 0;
      tally.hand = null;
      return { tally, ...(isProgress(context, seq) && progressed(context, seq)) };
    }),
    reportHandStart: report(({ context, event }) => {
      assertEvent(event, 'frame.round_start');
      return { type: 'hand.started', matchId: context.matchId, hand: event.frame.round_number ?? null };
    }),
    recordHandEnd: assign(({ context, event }) => {
      assertEvent(event, 'frame.round_result');
      const tally = copyOfTally(context.tally);
      const { seq } = event.frame;
      tally.hands += 1;
      tally.timeouts += unseenTimeouts(context, event.frame).length;
      tally.handTimeouts = 0;
      tally.hand = null;
      return { tally, ...(isProgress(context, seq) && progressed(context, seq)) };
    }),
    reportHandEnd: report(({ context, event }) => {
      assertEvent(event, 'frame.round_result');
      const { round_number: hand = null, result } = event.frame;
      const { matchId, seat } = context;
      const netChips = netChipsOfHand(result, seat);
      return { type: 'hand.ended', matchId, hand, seat, ...handSummary(result), netChips };
    }),

    // turns that are over
    closeTurn: assign(({ context, event }) => {
      assertEvent(event, 'frame.turn_result');
      const { seq } = event.frame;
      // The server has this answer: it is not sent again on this connection.
      const repeatedRequestId = context.turn?.frame.request_id ?? context.repeatedRequestId;
      const update = { turn: null, repeatedRequestId };
      return isProgress(context, seq) ? { ...update, ...progressed(context, seq) } : update;
    }),
    freeBot: enqueueActions(({ context, event, enqueue }) => {
      const isThinking = isOpen(context, context.turn?.frame.request_id);
      if (isThinking) enqueue.sendTo('bot', abortOf(context, event));
    }),
    forgetTurn: assign({ turn: null }),
    recordTimeout: assign(({ context }) => {
      const tally = copyOfTally(context.tally);
      tally.timeouts += 1;
      tally.handTimeouts += 1;
      return { turn: null, tally };
    }),
    reportTimeout: report(({ context, event }) => ({
      type: 'turn.timed_out',
      matchId: context.matchId,
      action: playedInOurPlace(context, event),
    })),
    reportUnseenTimeouts: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'frame.round_result');
      for (const action of unseenTimeouts(context, event.frame)) {
        const unseen: AgentEvent = { type: 'turn.timed_out', matchId: context.matchId, action };
        enqueue.sendTo('reporter', unseen);
      }
    }),
  },
};
