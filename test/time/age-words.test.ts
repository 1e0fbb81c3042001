import { expect, it } from 'vitest';
import { ageWords } from '../../src/time/age-words.js';

it.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h 0 min'],
  [90_000_000, '1 d 1 h'],
])('%d ms are %s', (ms, words) => expect(ageWords(ms)).toBe(words));
