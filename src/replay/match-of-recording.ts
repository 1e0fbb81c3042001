/**
 * A match as one seat met it, with the frames that its agent recorded: what no history of hands tells (names of the
 * platform's, posts of unknown kinds, clocks, connections that were lost) is in it as it was.
 */
import { isObject, isText } from '../protocol/checks.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { JsonObject } from '../protocol/frames.js';
import type { RecordingRecord } from '../recording/recording-shape.js';
import type { AskStep, PlayedAnswer, SeatMatch, SeatStep } from './replay-match.js';
import type { UnplayedHand } from './unplayable.js';

export interface RecordedReplay {
  /** Null: the recording has no frame of a hand of poker; `unplayed` may say why. */
  readonly match: SeatMatch | null;
  readonly unplayed: readonly UnplayedHand[];
}

/** Frames that the bot is shown, or that ask it. */
const shown: ReadonlySet<unknown> = new Set([
  'match_start',
  'round_start',
  'turn_request',
  'turn_result',
  'phase_change',
  'round_result',
]);

/** A turn that may get its answer yet. */
interface OpenAsk extends AskStep {
  played: PlayedAnswer | null;
}

interface OpenHand {
  handNumber: number | null;
  steps: SeatStep[];
  net: number | null;
  pot: number | null;
  bigBlind: number | null;
}

/** @param records of one file, in their order; frames of other matches are in other files. */
export async function matchOfRecording(records: AsyncIterable<RecordingRecord>): Promise<RecordedReplay> {
  const building = createBuilding();
  for await (const record of records) {
    if (record.type === 'header') building.header(record.matchId);
    else if (record.type === 'in') building.heard(record.frame);
    else if (record.type === 'out') building.sent(record.frame);
    else if (record.type === 'event') building.told(record.event);
  }
  return building.end();
}

function createBuilding() {
  let matchId: string | null = null;
  let isOtherGame = false;
  let greetings = 0;
  let seatIndex: number | null = null;
  let players: JsonObject[] = [];
  let isUnderWay: boolean | null = null;
  let ending: JsonObject | null = null;
  let stackBefore: number | null = null;
  const opening: SeatStep[] = [];
  const hands: OpenHand[] = [];
  const asked = new Map<string, OpenAsk>();
  /** Turns that somebody else answered in the bot's place. */
  const substituted = new Set<string>();
  let lastAsk: OpenAsk | null = null;

  const add = (step: SeatStep): void => {
    const hand = hands.at(-1);
    if (hand === undefined) opening.push(step);
    else hand.steps.push(step);
  };

  const begin = (frame: JsonObject): void => {
    const state = objectIn(frame, 'state');
    // The same hand is told once more to a bot that comes back.
    const handNumber = numberIn(state, 'hand_number') ?? numberIn(frame, 'round_number');
    if (handNumber !== null && hands.at(-1)?.handNumber === handNumber) return;
    hands.push({ handNumber, steps: [], net: null, pot: null, bigBlind: null });
    stackBefore = stackAt(state.stacks, seatIndex);
  };

  const ask = (frame: JsonObject): void => {
    const { request_id: id } = frame;
    // A turn that is repeated is one decision.
    if (!isText(id) || asked.has(id)) return;
    if (hands.length === 0) begin(frame);
    lastAsk = { type: 'ask', frame: { ...frame, request_id: id }, played: null };
    asked.set(id, lastAsk);
    add(lastAsk);
    seatIndex ??= numberIn(frame, 'seat');
    const hand = hands.at(-1);
    if (hand !== undefined) hand.bigBlind ??= bigBlindIn(objectIn(frame, 'state').action_history);
  };

  /** Where our answer is not in the recording, the table tells what was played for the seat. */
  const settle = (frame: JsonObject): void => {
    if (lastAsk === null || frame.seat !== seatIndex) return;
    const details = objectIn(frame, 'details');
    const { action, is_timeout: isTimeout } = details;
    if (isText(action) && (lastAsk.played === null || isTimeout === true)) {
      const amount = action === 'raise' ? numberIn(details, 'amount') : null;
      const isOwn = isTimeout !== true && !substituted.has(lastAsk.frame.request_id);
      lastAsk.played = { action, amount, isOwn };
    }
    lastAsk = null;
  };

  const finish = (frame: JsonObject): void => {
    const hand = hands.at(-1);
    if (hand === undefined) return;
    const result = objectIn(frame, 'result');
    const after = stackAt(result.stacks, seatIndex);
    hand.net = after === null || stackBefore === null ? null : after - stackBefore;
    hand.pot = numberIn(result, 'pot');
  };

  return {
    header(id: string | null): void {
      matchId ??= id;
    },
    /** Numbers of frames are given anew: those of hands that are left out would be missing. */
    heard(numbered: JsonObject): void {
      const { seq: _, ...frame } = numbered;
      const { type } = frame;
      if (type === 'hello') {
        isOtherGame ||= isObject(frame.game);
        greetings += 1;
        if (greetings > 1) add({ type: 'reconnect' });
        return;
      }
      if (type === 'match_end') ending = frame;
      if (!shown.has(type)) return;
      isUnderWay ??= type !== 'match_start';
      if (type === 'match_start') {
        players = Array.isArray(frame.seats) ? frame.seats.filter(isObject) : [];
        seatIndex = seatIn(frame, players) ?? seatIndex;
      }
      if (type === 'turn_request') return ask(frame);
      if (type === 'round_start') begin(frame);
      add({ type: 'frame', frame });
      if (type === 'turn_result') settle(frame);
      if (type === 'round_result') finish(frame);
    },
    sent(frame: JsonObject): void {
      const { type, request_id: id, action } = frame;
      if (type !== 'turn_action' || !isText(id) || !isText(action)) return;
      const turn = asked.get(id);
      if (turn === undefined) return;
      const amount = action === 'raise' ? numberIn(objectIn(frame, 'params'), 'amount') : null;
      turn.played = { action, amount, isOwn: !substituted.has(id) };
    },
    told(event: TimedAgentEvent): void {
      if (event.type !== 'turn.answered' || event.source === 'bot') return;
      substituted.add(event.requestId);
      const turn = asked.get(event.requestId);
      if (turn?.played) turn.played = { ...turn.played, isOwn: false };
    },
    end(): RecordedReplay {
      const left = isOtherGame
        ? [{ matchId, handNumber: null, code: 'other_game' as const, why: 'This match is not poker.' }]
        : [];
      if (isOtherGame || hands.length === 0) return { match: null, unplayed: left };
      const seat = seatIndex ?? 0;
      const own = players.find((player) => player.seat === seat);
      const match: SeatMatch = {
        matchId,
        frames: 'recorded',
        seatIndex: seat,
        seatName: own === undefined ? `seat ${seat}` : nameOf(own),
        opponents: players.filter((player) => player !== own).map(nameOf),
        isUnderWay: isUnderWay === true,
        opening,
        hands,
        ending: ending ?? { type: 'match_end', reason: 'cut_off' },
      };
      return { match, unplayed: left };
    },
  };
}

function nameOf({ display_name: name, seat }: JsonObject): string {
  return isText(name) ? name : `seat ${String(seat)}`;
}

function objectIn(frame: JsonObject, field: string): JsonObject {
  const value = frame[field];
  return isObject(value) ? value : {};
}

function numberIn(object: JsonObject, field: string): number | null {
  const value = object[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function stackAt(stacks: unknown, seat: number | null): number | null {
  const stack: unknown = Array.isArray(stacks) && seat !== null ? stacks[seat] : null;
  return typeof stack === 'number' ? stack : null;
}

function seatIn(frame: JsonObject, players: readonly JsonObject[]): number | null {
  const own = players.find((player) => player.is_self === true);
  return numberIn(frame, 'your_seat') ?? (own === undefined ? null : numberIn(own, 'seat'));
}

/** As it was posted: a short blind is less than the level. */
function bigBlindIn(history: unknown): number | null {
  if (!Array.isArray(history)) return null;
  const post = history.find((entry) => isObject(entry) && entry.action === 'post_big_blind') as unknown;
  return isObject(post) ? numberIn(post, 'amount') : null;
}
