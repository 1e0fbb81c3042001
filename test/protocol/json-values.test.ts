import { describe, expect, it } from 'vitest';
import { decodeMatchFrame } from '../../src/protocol/decode.js';
import { hasManyValues, outermostText } from '../../src/protocol/json-values.js';

/** The number of values as it is counted: the least limit that they do not exceed. */
function countOf(text: string): number {
  let count = 0;
  while (hasManyValues(text, count)) count += 1;
  return count;
}

describe('values of JSON text', () => {
  it.each<[string, number]>([
    ['1', 1],
    ['[1,2,[],{"a":1,"b":{}}]', 9],
    ['"[,{[,{"', 1],
    ['["\\"[,[", "\\\\", "[["]', 4],
    ['{"[,":"\\\\\\"[,"}', 2],
    ['["never ended [,[,', 2],
    ['\\\\"', 1],
  ])('%s', (text, count) => {
    expect(countOf(text)).toBe(count);
  });
});

describe('the text of a key of JSON text', () => {
  it.each<[string, string | null]>([
    ['{"type":"a"}', 'a'],
    [' { "x" : [{"type":"b"}], "type" : "a" } ', 'a'],
    ['{"type":"b","type":"a"}', 'a'],
    ['{"x":"type","y":"\\"type\\":\\"b\\"","type":"a"}', 'a'],
    ['{"x":{"type":"a"}}', null],
    ['[{"type":"a"}]', null],
    ['{"type":1}', null],
    ['{"type', null],
  ])('%s', (text, found) => {
    expect(outermostText(text, 'type')).toBe(found);
  });
});

describe('a frame', () => {
  const frame = (values: number, padding: number) =>
    JSON.stringify({
      type: 'phase_change',
      state: { list: Array(values).fill(1), note: 'x'.repeat(padding) },
    });

  it('over 64 KiB with more than 2048 values is malformed', () => {
    expect(decodeMatchFrame(frame(2_048, 64_000))).toEqual({ ok: false, why: 'malformed', frameType: null });
    expect(decodeMatchFrame(frame(2_000, 1_000_000)).ok).toBe(true);
  });

  it('over 64 KiB with more than 2048 values is read if it is the result of a match', () => {
    const end = {
      type: 'match_end',
      results: [{ seat: 0, decision_latency_samples_ms: Array(40_000).fill(1.5) }],
    };
    expect(decodeMatchFrame(JSON.stringify(end))).toEqual({ ok: true, frame: end });
  });

  it('over 64 KiB with more than 2048 values is no result because it speaks of one', () => {
    const list = [...Array(40_000).fill(1), { type: 'match_end' }];
    const text = JSON.stringify({ type: 'phase_change', state: { list } });
    expect(decodeMatchFrame(text)).toEqual({ ok: false, why: 'malformed', frameType: null });
  });

  it('as large as real ones are may be made of anything', () => {
    expect(decodeMatchFrame(frame(32_000, 0)).ok).toBe(true);
  });
});
