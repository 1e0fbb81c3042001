/** One match of a check: what is sent, what is asked, and what comes of it for the report. */

import { offerOf } from '../holdem/game-state.js';
import { type Offer } from '../holdem/legal-answer.js';
import type { TableTurn } from '../holdem/table-types.js';
import type { BotLogic } from '../machines/ports.js';
import type { JsonObject, TurnRequest, WireAction } from '../protocol/frames.js';
import { turnRequest } from '../sandbox/match/wire-of-hand.js';
import type { WorldClock } from '../time/clock.js';
import type { BotFinding, CheckedTurn } from './check-report.js';
import { findingOf } from './findings.js';
import { openScriptedMatch, type ScriptedMatch } from './scripted-match.js';

const defaults = {
  /** What silence about a clock means (docs/protocol.md 4). */
  unsaidClockMs: 2_000,
} as const;

export interface SeatTerms {
  matchId: string;
  bot: BotLogic;
  clock: WorldClock;
  /** Milliseconds; null: no frame names one. */
  clockMs: number | null;
  resume?: boolean;
}

export interface TurnChanges {
  invertedRaises?: boolean;
  unknownPost?: { action: string; amount: number };
}

/** What was seen of the bot in one match or more. */
export interface Sightings {
  turns: CheckedTurn[];
  findings: BotFinding[];
}

export interface SeatedMatch extends Sightings {
  readonly match: ScriptedMatch;
  /** Asks the bot in the words of the wire. */
  askTurn: (turn: TableTurn, changes?: TurnChanges) => Promise<WireAction>;
  /** The same for a frame that is not of the table. */
  askFrame: (frame: TurnRequest) => Promise<WireAction>;
  /** A turn is asked and not answered. */
  readonly isAsking: boolean;
}

export async function seatBot({
  matchId,
  bot,
  clock,
  clockMs,
  resume = false,
}: SeatTerms): Promise<SeatedMatch> {
  const turns: CheckedTurn[] = [];
  const findings: BotFinding[] = [];
  const offers = new Map<string, Offer>();
  const enforcedMs = clockMs ?? defaults.unsaidClockMs;
  let asked = 0;
  let isAsking = false;
  const match = await openScriptedMatch({
    bot,
    matchId,
    clock,
    resume,
    announcedClockMs: null,
    onEvent(event) {
      const finding = findingOf(event, (requestId) => offers.get(requestId));
      if (finding !== null) findings.push(finding);
    },
  });

  const askFrame = async (frame: TurnRequest): Promise<WireAction> => {
    const { request_id: requestId, valid_actions: offered, state } = frame;
    offers.set(requestId, offerOf(frame));
    isAsking = true;
    const { action, answered } = await match.ask({ ...frame }, enforcedMs);
    isAsking = false;
    const { source, latencyMs } = answered;
    const answer: WireAction = { action: action.action, ...(action.params && { params: action.params }) };
    turns.push({ requestId, street: String(state['phase']), offered, answer, source, latencyMs });
    return answer;
  };

  return {
    match,
    turns,
    findings,
    get isAsking() {
      return isAsking;
    },
    askFrame,
    askTurn(turn, { invertedRaises = false, unknownPost } = {}) {
      asked += 1;
      const frame = turnRequest(turn, {
        requestId: `${matchId}-${asked}`,
        clockMs: enforcedMs,
        deadline: Date.now() + enforcedMs,
        invertedRaises,
      });
      if (unknownPost !== undefined) addPost(frame.state, unknownPost, turn);
      return askFrame(clockMs === null ? withoutClock(frame) : frame);
    },
  };
}

function withoutClock(frame: TurnRequest): TurnRequest {
  const { timeout_ms: _, turn_duration_ms: __, deadline_ts: ___, ...rest } = frame;
  return rest;
}

/** Dead money of the seat before the one in turn. */
function addPost(
  state: JsonObject,
  { action, amount }: NonNullable<TurnChanges['unknownPost']>,
  { seat, stacks, history }: TableTurn,
): void {
  const posts = history.filter(({ action: name }) => name.startsWith('post_')).length;
  const entries = state['action_history'] as JsonObject[];
  const poster = (seat + stacks.length - 1) % stacks.length;
  state['action_history'] = entries.toSpliced(posts, 0, {
    seat: poster,
    action,
    amount,
    phase: 'preflop',
    is_timeout: false,
  });
  state['pot'] = Number(state['pot']) + amount;
}
