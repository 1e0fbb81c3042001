import { describe, expect, it } from 'vitest';
import { jsonVoice, logVoice, type OutputEvent, plainVoice } from '../../../src/io/output/voice.js';

const events: OutputEvent[] = [
  { type: 'output.dropped', lines: 1 },
  { type: 'output.failing', stream: 'stdout', code: 'ENOSPC' },
  { type: 'output.lost', stream: 'stderr', lines: 20 },
];

describe('what an output says of itself', () => {
  it('is a sentence among lines for people', () => {
    expect(events.map(plainVoice)).toEqual([
      'warning: 1 line missing here: not taken in time',
      'warning: standard output cannot be written to (ENOSPC); going on, and lines that it misses are counted there',
      'warning: 20 lines of standard error lost: not taken until the end',
    ]);
  });

  it('is an object among the events of --json', () => {
    expect(events.map(jsonVoice(() => 5)).map((line) => JSON.parse(line))).toEqual(
      events.map((event) => ({ ...event, at: 5 })),
    );
  });

  it('is a warning in the log', () => {
    expect(JSON.parse(logVoice(() => 5.4)({ type: 'output.dropped', lines: 2 }))).toEqual({
      level: 40,
      time: 5,
      event: 'output.dropped',
      lines: 2,
      msg: '2 lines missing here: not taken in time',
    });
  });
});
