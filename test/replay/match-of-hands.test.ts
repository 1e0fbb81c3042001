/** Frames that are made of hands, beside those that went over the wire. */
import { describe, expect, it } from 'vitest';
import type { GameState } from '../../src/holdem/game-state.js';
import type { JsonObject } from '../../src/protocol/frames.js';
import { readMatches } from '../../src/replay/replay-files.js';
import type { SeatMatch, SeatStep } from '../../src/replay/replay-match.js';
import { recordMatch } from './recorded-replay.js';

/** Calls, and now and then raises or folds, by the cards alone. */
export class Varied {
  decide({ validActions, handNumber, board, minRaise, maxRaise, actionHistory }: GameState) {
    const draw = (handNumber * 7 + board.length * 3 + actionHistory.length) % 10;
    if (draw < 2 && validActions.includes('fold')) return { action: 'fold' };
    if (draw > 6 && validActions.includes('raise'))
      return { action: 'raise', params: { amount: Math.min(maxRaise, minRaise + draw) } };
    return { action: validActions.includes('check') ? 'check' : 'call' };
  }
}

async function onlyMatch(folder: string, hero: string | undefined): Promise<SeatMatch> {
  const matches: SeatMatch[] = [];
  for await (const input of readMatches([folder], { hero, clockMs: 5_000 })) {
    if (!('match' in input)) throw new Error(input.unplayed.why);
    matches.push(input.match);
  }
  const [match] = matches;
  if (match === undefined || matches.length !== 1) throw new Error(`There are ${matches.length} matches.`);
  return match;
}

/** What of a frame belongs to the hand; ids, times and the deck's commitment are the platform's own. */
function told(step: SeatStep): unknown {
  if (step.type === 'reconnect') return step;
  const frame: JsonObject = { ...step.frame };
  for (const field of ['match_id', 'server_ts', 'round_id', 'request_id', 'deadline_ts'])
    Reflect.deleteProperty(frame, field);
  for (const field of ['state', 'result']) {
    if (frame[field] === undefined) continue;
    const { deck_commitment: _, deck_reveal: __, ...rest } = frame[field] as JsonObject;
    frame[field] = rest;
  }
  return step.type === 'ask' ? { ask: frame, played: step.played } : frame;
}

describe('frames that are made of the hands of a match', () => {
  it.each([
    ['heads-up', { opponents: ['random'] }],
    ['at four seats with an ante', { opponents: ['random', 'random', 'calling-station'], ante: 1 }],
    ['with short stacks', { opponents: ['random', 'random'], startingStack: 60 }],
  ])('are those that the bot got, field by field: %s', async (_, game) => {
    const folders = await recordMatch(Varied, game);
    const recorded = await onlyMatch(folders.agent, undefined);
    const rebuilt = await onlyMatch(folders.platform, recorded.seatName);
    expect([recorded.frames, rebuilt.frames]).toEqual(['recorded', 'rebuilt']);
    expect(recorded.hands.length).toBeGreaterThan(2);
    expect(rebuilt.hands.length).toBe(recorded.hands.length);
    for (const [index, hand] of recorded.hands.entries()) {
      expect(rebuilt.hands[index]?.steps.map(told)).toEqual(hand.steps.map(told));
      expect(rebuilt.hands[index]?.net).toBe(hand.net);
    }
    expect(rebuilt.seatIndex).toBe(recorded.seatIndex);
    expect(rebuilt.opponents).toEqual(recorded.opponents);
  });
});
