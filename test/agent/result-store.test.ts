import { describe, expect, it } from 'vitest';
import { collectResults } from '../../src/agent/result-store.js';
import type { MatchResult } from '../../src/protocol/results.js';
import { emptyHistogram, summarizeLatency } from '../../src/time/latency.js';

const result = (matchId: string, outcome: MatchResult['outcome'] = 'completed'): MatchResult => ({
  matchId,
  participantId: 'p',
  rated: false,
  outcome,
  abandonReason: outcome === 'abandoned' ? 'cut' : null,
  detail: null,
  end: null,
  seat: null,
  netChips: null,
  hands: 0,
  turns: 0,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
  latencyMs: summarizeLatency(emptyHistogram),
  startedAt: 0,
  endedAt: 0,
});

function storeOf(keep: number, ids: readonly string[]) {
  const store = collectResults(keep);
  for (const id of ids) store.add(result(id));
  return store;
}

const idsOf = (results: readonly MatchResult[]) => results.map(({ matchId }) => matchId);

describe('the results of a session', () => {
  it.each<[number, string[]]>([
    [Infinity, ['a', 'b', 'c']],
    [3, ['a', 'b', 'c']],
    [2, ['b', 'c']],
    [1, ['c']],
    [0, []],
  ])('keep the newest %d in the order in which the matches ended', (keep, kept) => {
    expect(idsOf(storeOf(keep, ['a', 'b', 'c']).all())).toEqual(kept);
  });

  it('replace the one of a match that was played again, in its new place', () => {
    const store = collectResults(2);
    for (const each of [result('a', 'abandoned'), result('b'), result('a')]) store.add(each);
    expect(store.all()).toEqual([result('b'), result('a')]);
  });

  it('are given as a list that later matches do not change', () => {
    const store = storeOf(2, ['a']);
    const before = store.all();
    store.add(result('b'));
    before.length = 0;
    expect(idsOf(store.all())).toEqual(['a', 'b']);
  });

  it('cost the same however many came before', () => {
    const store = storeOf(
      10,
      Array.from({ length: 20_000 }, (_, i) => `m${i}`),
    );
    expect(idsOf(store.all())).toEqual(Array.from({ length: 10 }, (_, i) => `m${19_990 + i}`));
  });

  it('is bounded in bytes, too: the newest are kept, the last one whatever its size', () => {
    const end = { type: 'match_end', note: 'x'.repeat(2 ** 20) } as const;
    const store = collectResults(Infinity);
    for (let match = 0; match < 100; match++) store.add({ ...result(`m${match}`), end });
    const kept = idsOf(store.all());
    expect(kept.length).toBeGreaterThan(60);
    expect(kept.length).toBeLessThan(64);
    expect(kept).toEqual(Array.from(kept, (_, index) => `m${100 - kept.length + index}`));
    store.add({ ...result('last'), end: { ...end, note: 'x'.repeat(65 * 2 ** 20) } });
    expect(idsOf(store.all())).toEqual(['last']);
  });
});
