import { describe, expect, it } from 'vitest';
import { lastResult } from '../../src/recording/read-recording.js';
import { exampleResult } from '../ledger/example-matches.js';

const seen = exampleResult({ netChips: 40 });
const givenUp = exampleResult({ outcome: 'abandoned', netChips: null });
const told = exampleResult({ netChips: 55, toldBy: 'platform' });

describe('of several results of one match', () => {
  it.each([
    ['the last one counts', [givenUp, seen], seen],
    ['what the platform told counts where nobody saw the end', [givenUp, told], told],
    ['an end that was seen counts before one that was told, later', [seen, told], seen],
    ['an end that was seen counts before one that was told, earlier', [told, seen], seen],
    ['none is none', [], null],
  ])('%s', (_what, results, counts) => {
    expect(lastResult(results)).toBe(counts);
  });
});
