import { describe, expect, it } from 'vitest';
import { createRecordPace } from '../../../src/sandbox/http/record-pace.js';
import { openHttp, outcome } from './http-harness.js';

function open() {
  let time = 0;
  const refusalOf = createRecordPace(() => time, { recordsPerMinute: 40, recordMinuteMs: 60_000 });
  const ask = (caller = 'a') => {
    const refusal = refusalOf(caller);
    return refusal && { ...refusal.fields, after: Number(refusal.headers['retry-after']) };
  };
  return {
    ask,
    wait(ms: number) {
      time += ms;
    },
  };
}

describe('the pace of the records', () => {
  it('lets a caller read for ever that asks every 1.5 seconds', () => {
    const { ask, wait } = open();
    for (let request = 0; request < 500; request += 1) {
      expect(ask()).toBeNull();
      wait(1_500);
    }
  });

  it('refuses a caller in a hurry for half a minute, and no other one', () => {
    const { ask, wait } = open();
    for (let request = 0; request < 40; request += 1) expect(ask()).toBeNull();
    expect(ask()).toEqual({ penalty_level: 'warned', violations: 1, after: 30 });
    expect(ask('b')).toBeNull();
    wait(60_000);
    expect(ask()).toBeNull();
  });

  it('gets harder with each refusal, up to a quarter of an hour after sixty', () => {
    const { ask } = open();
    for (let request = 0; request < 40; request += 1) ask();
    const answers = Array.from({ length: 60 }, () => ask());
    expect([answers[4], answers[19], answers[59]]).toEqual([
      { penalty_level: 'throttled', violations: 5, after: 60 },
      { penalty_level: 'throttled_hard', violations: 20, after: 120 },
      { penalty_level: 'blocked', violations: 60, after: 900 },
    ]);
  });

  it('forgets refusals after a quarter of an hour', () => {
    const { ask, wait } = open();
    for (let request = 0; request < 44; request += 1) ask();
    wait(15 * 60_000);
    for (let request = 0; request < 40; request += 1) expect(ask()).toBeNull();
    expect(ask()).toMatchObject({ penalty_level: 'warned', violations: 1 });
  });

  it('forgets who asked longest ago when there are too many callers', () => {
    const { ask } = open();
    for (let request = 0; request < 41; request += 1) ask('first');
    for (let caller = 0; caller < 1_000; caller += 1) ask(`caller ${caller}`);
    expect(ask('first')).toBeNull();
  });

  it('is one for all records of a caller, and off unless there is a limit', async () => {
    const http = await openHttp({ recordsPerMinute: 2 });
    http.platform.add('a');
    expect((await http.get('/api/matches')).status).toBe(200);
    expect((await http.get('/api/bots/a')).status).toBe(200);
    const refused = await http.get('/api/matches/x/hands');
    expect(outcome(refused)).toEqual({ status: 429, code: 'RATE_001', retryAfter: '30' });
    expect(refused.body).toMatchObject({ penalty_level: 'warned', violations: 1 });
    expect((await http.get('/api/matches', { as: 'a' })).status).toBe(200);
    const free = await openHttp();
    for (let request = 0; request < 100; request += 1) {
      expect((await free.get('/api/matches')).status).toBe(200);
    }
  });
});
