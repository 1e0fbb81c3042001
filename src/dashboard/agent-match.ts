/** One match of an agent, as the board has it. */
import type { AnyEventObject } from 'xstate';
import type { MatchContext } from '../machines/match.js';
import { countsOf } from '../machines/match.output.js';
import { describeEnd, type TimedAgentEvent } from '../protocol/events.js';
import type { MatchCounts, MatchResult } from '../protocol/results.js';
import type { Board } from './board.js';
import { type Handlers, handle } from './handlers.js';
import type { MatchRow } from './page-view.js';
import { createStateTrail } from './state-trail.js';
import { type Fields, fieldsOf, numberOf, numbersOf, textOf } from './wire.js';

const defaults = { maxNoteLength: 160 } as const;

export interface AgentMatch {
  /** An event that its machine got. */
  frame(event: AnyEventObject): void;
  snapshot(snapshot: unknown, event: string): void;
  hear(event: TimedAgentEvent): void;
  finish(result: MatchResult): void;
  totals(): MatchCounts;
}

interface Known {
  rated: boolean;
  now: () => number;
}

export function createAgentMatch(board: Board, matchId: string, { rated, now }: Known): AgentMatch {
  let startedAt = now();
  let endedAt: number | null = null;
  let context: MatchContext | null = null;
  let result: MatchResult | null = null;
  let names: string[] = [];
  let self: number | null = null;
  let hand = 0;
  let clock: MatchRow['clock'] = null;
  const entry = board.addMatch(matchId, row);

  function totals(): MatchCounts {
    if (result !== null) return result;
    if (context !== null) return countsOf(context);
    return { hands: 0, turns: 0, fallbacks: 0, corrections: 0, rejections: 0, timeouts: 0, resumes: 0 };
  }

  function row(): MatchRow {
    const { hands: _hands, ...counts } = totals();
    const { stacks } = entry.table;
    return {
      matchId,
      seats: names,
      self,
      rated,
      outcome: result?.outcome ?? 'live',
      state: entry.trail?.view.active.at(-1) ?? 'connecting',
      hand,
      stacks,
      netChips: result?.netChips ?? null,
      clock,
      turns: counts.turns,
      fallbacks: counts.fallbacks,
      corrections: counts.corrections,
      rejections: counts.rejections,
      timeouts: counts.timeouts,
      resumes: counts.resumes,
      startedAt,
      endedAt,
      note: result === null ? null : noteOf(result),
    };
  }

  /** The graph begins with what everybody had before the first hand. */
  function begin(state: Fields): void {
    const stacks = numbersOf(state['stacks']);
    if (stacks.length === 0) return;
    entry.chips.add(hand - 1, stacks);
    board.touch(entry, 'chips');
  }

  const handlers: Handlers<TimedAgentEvent> = {
    'hand.ended': (event) => {
      if (event.stacks.length === 0) return;
      entry.chips.add(event.hand ?? hand, event.stacks);
      board.touch(entry, 'chips');
    },
    'turn.requested': ({ clockMs }) => {
      clock = { seat: self, endsAt: now() + clockMs, ms: clockMs };
      entry.latency.budget(clockMs);
    },
    'turn.answered': ({ latencyMs, source }) => {
      clock = null;
      entry.table.acting(null);
      entry.latency.add(latencyMs, source === 'bot');
      board.touch(entry, 'latency', 'table');
    },
    'turn.timed_out': () => {
      clock = null;
    },
  };

  return {
    totals,

    frame(event) {
      const { table } = entry;
      const frame = fieldsOf(event['frame']);
      switch (event.type) {
        case 'frame.match_start': {
          const seats = Array.isArray(frame['seats']) ? frame['seats'].map(fieldsOf) : [];
          names = [];
          for (const seat of seats) {
            const index = numberOf(seat['seat']) ?? names.length;
            if (index >= 0 && index < 10) names[index] = textOf(seat['display_name']) || `seat ${index}`;
          }
          names = Array.from(names, (name, seat) => name ?? `seat ${seat}`);
          self = numberOf(frame['your_seat']);
          table.seat(names, self);
          board.touch(entry, 'row', 'table');
          return;
        }
        case 'frame.round_start':
          hand = numberOf(frame['round_number']) ?? hand + 1;
          table.hand(fieldsOf(frame['state']), self);
          if (entry.chips.isEmpty) begin(fieldsOf(frame['state']));
          break;
        case 'frame.turn_request':
          self ??= numberOf(frame['seat']);
          table.turn(self, fieldsOf(frame['state']));
          break;
        case 'frame.turn_result':
          table.acted(numberOf(frame['seat']), fieldsOf(frame['details']));
          break;
        case 'frame.phase_change':
          table.street(fieldsOf(frame['state']));
          break;
        case 'frame.round_result':
          table.result(fieldsOf(frame['result']));
          break;
        default:
          return;
      }
      board.touch(entry, 'table', 'row');
    },

    snapshot(snapshot, event) {
      const { value, context: next } = snapshot as { value?: unknown; context?: MatchContext };
      if (value === undefined || next === undefined) return;
      context = next;
      if (entry.trail === null) {
        entry.trail = createStateTrail(value, now());
      } else if (!entry.trail.move(value, event, now())) {
        return;
      }
      board.touch(entry, 'state', 'row');
    },

    hear(event) {
      handle(handlers, event);
      board.touch(entry, 'row');
    },

    finish(over) {
      result = over;
      clock = null;
      // The result's own times are of the wall clock; those of a page must not jump.
      endedAt = now();
      startedAt = endedAt - (over.endedAt - over.startedAt);
      // What a machine remembers need not outlive it here.
      context = null;
      board.touch(entry, 'row', 'state', 'table', 'chips', 'latency');
      board.end(entry);
    },
  };
}

function noteOf({ outcome, end, detail, abandonReason }: MatchResult): string {
  const how = outcome === 'completed' ? describeEnd(end) : (detail ?? abandonReason ?? 'abandoned');
  return textOf(how, defaults.maxNoteLength);
}
