/** Each match that is announced ends in one result, and in the end that the platform told of it. */
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import type { AbandonReason, MatchResult } from '../../src/protocol/results.js';

export interface ResultRules {
  told(event: TimedAgentEvent): void;
  /** The agent was sent the end of this match. */
  heardEnd(matchId: string): void;
  /** The agent was told of this match, and has told of it. */
  isKnown(matchId: string): boolean;
  /** How often it was announced as a new one: an abandoned match is played again by a bot that knows nothing of it. */
  seatingOf(matchId: string): number;
  atRest(): void;
  over(results: readonly MatchResult[]): void;
}

/** A cut, and a bot that must not fail and does, end a match even when its end is on the way. */
const mayLoseTheEnd: ReadonlySet<AbandonReason | null> = new Set(['cut', 'bot_error'] as const);

export function createResultRules(must: (holds: boolean, what: string) => void): ResultRules {
  const announced = new Map<string, number>();
  const known = new Set<string>();
  const ended = new Map<string, number>();
  /** An abandoned match may be played again, these may not. */
  const completed = new Set<string>();
  const endsOnWire = new Set<string>();
  /** Those that have certainly been read. */
  const endsAtRest = new Set<string>();

  function requireAsManyEnds(matchId: string): void {
    const [starts, ends] = [announced.get(matchId) ?? 0, ended.get(matchId) ?? 0];
    must(starts === ends, `match ${matchId} was announced ${starts} times and ended ${ends} times`);
  }

  return {
    told(event) {
      if (event.type === 'match.announced') {
        count(announced, event.matchId);
        must(!completed.has(event.matchId), `match ${event.matchId} was taken up again after its end`);
      }
      if (
        event.type === 'match.announced' ||
        event.type === 'match.repeated' ||
        event.type === 'match.skipped'
      ) {
        known.add(event.matchId);
      }
      if (event.type !== 'match.ended') return;
      const { matchId, outcome, abandonReason, end } = event.result;
      count(ended, matchId);
      requireAsManyEnds(matchId);
      if (end !== null) completed.add(matchId);
      const fits = (outcome === 'completed') === (end !== null);
      must(fits, `match ${matchId} is ${outcome} with an end of ${end?.reason}`);
      const wasTold = endsOnWire.has(matchId);
      must(end === null || wasTold, `match ${matchId} has an end that nobody sent`);
      const isExcused = mayLoseTheEnd.has(abandonReason) && !endsAtRest.has(matchId);
      must(end !== null || !wasTold || isExcused, `match ${matchId} lost its end: ${abandonReason}`);
    },
    heardEnd: (matchId) => void endsOnWire.add(matchId),
    isKnown: (matchId) => known.has(matchId),
    seatingOf: (matchId) => announced.get(matchId) ?? 0,
    atRest() {
      for (const matchId of endsOnWire) endsAtRest.add(matchId);
    },
    over(results) {
      const times = new Map<string, number>();
      for (const { matchId } of results) count(times, matchId);
      for (const matchId of announced.keys()) {
        requireAsManyEnds(matchId);
        must(times.get(matchId) === 1, `match ${matchId} has ${times.get(matchId) ?? 0} results`);
      }
      const [told, seated] = [times.size, announced.size];
      must(told === seated, `there are results of ${told} matches, ${seated} were announced`);
    },
  };
}

function count(times: Map<string, number>, key: string): void {
  times.set(key, (times.get(key) ?? 0) + 1);
}
