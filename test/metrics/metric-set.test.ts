import * as client from 'prom-client';
import { describe, expect, it } from 'vitest';
import { lossCauses } from '../../src/metrics/loss-cause.js';
import { createMetricSet } from '../../src/metrics/metric-set.js';
import { lobbyPhases } from '../../src/status/session-status.js';
import { parseExposition, valueOf, valuesBy } from './exposition.js';

async function read({ registry }: ReturnType<typeof createMetricSet>) {
  return parseExposition(await registry.metrics());
}

describe('the metrics of a session', () => {
  it('have each value of each label from the start, so that the first event is an increase', async () => {
    const families = await read(createMetricSet(client));
    for (const connection of ['lobby', 'match']) {
      for (const cause of lossCauses) {
        expect(valueOf(families, 'chipzen_reconnects_total', { connection, cause })).toBe(0);
        expect(valueOf(families, 'chipzen_connection_failures_total', { connection, cause })).toBe(0);
      }
    }
    expect(valuesBy(families, 'chipzen_turns_answered_for_total', 'why')).toEqual({
      late: 0,
      left: 0,
      failed: 0,
      rejected: 0,
      refused: 0,
    });
    expect(valuesBy(families, 'chipzen_matches_total', 'outcome')).toEqual({ completed: 0, abandoned: 0 });
    const counters = [...families.values()].filter(({ type }) => type === 'counter');
    expect(counters.filter(({ samples }) => samples.length === 0)).toEqual([]);
    expect(counters.length).toBeGreaterThan(8);
  });

  it('have one lobby state at a time, and all of them each time', async () => {
    const metrics = createMetricSet(client);
    for (const state of ['online', 'offline'] as const) {
      metrics.lobbyState.set(state);
      const states = valuesBy(await read(metrics), 'chipzen_lobby_state', 'state');
      expect(new Set(Object.keys(states))).toEqual(new Set(lobbyPhases));
      expect(Object.entries(states).filter(([, value]) => value !== 0)).toEqual([[state, 1]]);
    }
  });

  it('leave out a gauge of which nothing is known, where a number would be a lie', async () => {
    const metrics = createMetricSet(client);
    expect(valueOf(await read(metrics), 'chipzen_next_fixture_timestamp_seconds')).toBeUndefined();
    metrics.nextFixture.set(1_700_000_000);
    expect(valueOf(await read(metrics), 'chipzen_next_fixture_timestamp_seconds')).toBe(1_700_000_000);
    metrics.nextFixture.remove();
    const text = await metrics.registry.metrics();
    expect(text).not.toMatch(/nan/i);
    expect(valueOf(parseExposition(text), 'chipzen_next_fixture_timestamp_seconds')).toBeUndefined();
  });

  it('share nothing with those of another session in the process', async () => {
    const one = createMetricSet(client);
    const other = createMetricSet(client);
    one.turns.inc(3);
    expect(valueOf(await read(one), 'chipzen_turns_total')).toBe(3);
    expect(valueOf(await read(other), 'chipzen_turns_total')).toBe(0);
    expect(await client.register.metrics()).toBe('\n');
  });

  it('take a value with quotes, backslashes and line breaks as it is', async () => {
    const metrics = createMetricSet(client);
    metrics.build.labels('a"b\\c\n').set(1);
    expect(await metrics.registry.metrics()).toContain('version="a\\"b\\\\c\\n"');
    expect(valueOf(await read(metrics), 'chipzen_build_info', { version: 'a"b\\c\n' })).toBe(1);
  });
});

describe('the reader of these tests refuses', () => {
  const head = '# HELP a_total h\n# TYPE a_total counter\n';
  it.each([
    ['a text without a last line end', `${head}a_total 1`, 'no end'],
    ['a series that comes twice', `${head}a_total 1\na_total 1\n`, 'comes twice'],
    ['a family in two pieces', `${head}a_total 1\n${head}`, 'comes twice'],
    ['a sample of no family', `${head}b_total 1\n`, 'Not of its family'],
    ['an unknown escape', `${head}a_total{l="\\q"} 1\n`, 'Not a sample'],
    ['a value that is no number', `${head}a_total Nan\n`, 'Not a sample'],
    [
      'a histogram without a bucket for everything',
      '# HELP h h\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n',
      'no bucket for everything',
    ],
    [
      'buckets that are not sums',
      '# HELP h h\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
      'not sums',
    ],
    [
      'a histogram that counts something else',
      '# HELP h h\n# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n',
      'does not count',
    ],
  ])('%s', (_what, text, why) => {
    expect(() => parseExposition(text)).toThrow(why);
  });
});
