import { describe, expect, it } from 'vitest';
import { createSessionHands, type SessionHands } from '../../src/dashboard/session-hands.js';
import { type MatchScript, scriptMatch } from '../kit/recorded-match.js';

const answers = [50, 75, 30, 20, 60, 5, 88, 40, 15, 72, 33, 10, 66, 81, 25];

function feed(hands: SessionHands, script: MatchScript = {}) {
  const match = scriptMatch({ answers, stacks: [9_000, 9_000], ...script });
  for (const { record } of match.records) {
    if (record.type === 'in') hands.takeFrame(match.matchId, record.frame, record.at);
    if (record.type === 'event') hands.takeEvent(match.matchId, record.event);
  }
  return match;
}

describe('the hands of a session', () => {
  it('are those that were played, with their sums and turns', () => {
    const hands = createSessionHands('agent');
    const { played, result } = feed(hands);
    const { matches, statistics } = hands.pageData('now', 0);
    expect(matches.map((match) => match.hands.length)).toEqual([played.hands.length]);
    expect(statistics?.gains[0]?.lines[0]?.chips).toBe(result.netChips);
    expect(statistics?.latency?.count).toBe(result.turns);
    expect(JSON.stringify(matches)).not.toContain('"draw"');
  });

  it('are the newest of too many, which is told', () => {
    const hands = createSessionHands('agent');
    const stacks = [500_000, 500_000];
    for (const matchId of ['m1', 'm2'])
      feed(hands, { matchId, maxHands: 400, stacks, answers: [20, 30, 5, 40] });
    const { matches, statistics } = hands.pageData('now', 0);
    const kept = matches.map(({ id, hands: own }) => [id, own.length, own[0]?.n]);
    expect(kept).toEqual([
      ['m1', 100, 301],
      ['m2', 400, 1],
    ]);
    expect(statistics?.remarks.join(' ')).toContain('the newest 500 hands');
  });

  it('of a platform have all cards, and no statistics', () => {
    const hands = createSessionHands('platform');
    const { facts, played } = scriptMatch({ answers, stacks: [9_000, 9_000] });
    for (const { record } of facts)
      if (record.type === 'fact') hands.takeFact('m1', record.fact, record.at, ['Ann', 'Bob']);
    const { matches, statistics } = hands.pageData('now', 0);
    expect(statistics).toBeNull();
    expect(matches[0]?.hands.length).toBe(played.hands.length);
    expect(matches[0]?.hands.every(({ s }) => s.every(([, , , , cards]) => cards.length === 4))).toBe(true);
  });
});
