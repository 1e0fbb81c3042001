import { describe, expect, it } from 'vitest';
import { createSessionSummary } from '../../../src/cli/commands/session-summary.js';
import type { AgentEvent, AnswerSource } from '../../../src/protocol/events.js';
import { end } from '../../session-view/session-events.js';

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const redact = (text: string): string => text.replaceAll(token, '[token]');

function after(...events: AgentEvent[]) {
  const summary = createSessionSummary();
  for (const event of events) summary.onEvent({ ...event, at: 0 });
  return summary;
}

const answered = (source: AnswerSource): AgentEvent => ({
  type: 'turn.answered',
  matchId: 'm',
  requestId: 'r',
  answer: { action: 'fold' },
  source,
  latencyMs: 1,
});
const failed = (message: string, place: string | null = 'bot.ts:3'): AgentEvent => ({
  type: 'bot.failed',
  matchId: 'm',
  hook: 'decide',
  message,
  place,
  error: null,
});

describe('the summary of a session', () => {
  it('has net chips, turns answered for the bot, and errors, the most frequent first', () => {
    const summary = after(
      failed('hand 1 is odd', 'bot.ts:9'),
      failed(`no ${token}`),
      failed('hand 27 is odd', 'bot.ts:9'),
      end(1, 120, { hands: 40, turns: 90, fallbacks: 2 }),
      end(2, -20, { hands: 1, turns: 1, fallbacks: 1 }),
    );
    expect(summary.lines(redact)).toEqual([
      'net +100 chips in 41 hands; 91 turns, 3 answered for the bot; 3 errors of the bot',
      '  2 x in decide: hand 1 is odd (bot.ts:9)',
      '  1 x in decide: no [token] (bot.ts:3)',
    ]);
  });

  it('has how many answers were not legal', () => {
    const [first] = after(end(1, 5, { hands: 2, turns: 9, fallbacks: 0, corrections: 7 })).lines(redact);
    expect(first).toBe(
      'net +5 chips in 2 hands; 9 turns, 0 answered for the bot, 7 answers made legal; no errors of the bot',
    );
  });

  it('counts a match that was given up and played again once', () => {
    const [first] = after(
      end(1, null, { hands: 3, turns: 5, fallbacks: 5 }),
      end(1, -1, { hands: 4, turns: 6, fallbacks: 0 }),
    ).lines(redact);
    expect(first).toBe('net -1 chips in 4 hands; 6 turns, 0 answered for the bot; no errors of the bot');
  });

  it('says how many kinds of errors it leaves out', () => {
    const kinds = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => failed(name, null));
    expect(
      after(...kinds)
        .lines(redact)
        .slice(-2),
    ).toEqual(['  1 x in decide: e', '  and 2 others']);
  });

  it('is empty for a session without a match', () => {
    expect(after().lines(redact)).toEqual([]);
  });
});

describe('a bot has failed at every turn', () => {
  it.each<[boolean, AgentEvent[]]>([
    [true, [answered('failed')]],
    [true, [answered('overdue'), answered('failed')]],
    [true, [{ type: 'turn.overdue', matchId: 'm', requestId: 'r', left: true }]],
    [false, []],
    [false, [answered('failed'), answered('bot')]],
    [false, [answered('failed'), answered('proposal')]],
    // It has answered, and the answer was of no use.
    [false, [answered('rejected'), answered('refused')]],
  ])('%s', (expected, events) => {
    expect(after(...events).failedAtEveryTurn).toBe(expected);
  });
});
