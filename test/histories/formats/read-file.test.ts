import { describe, expect, it } from 'vitest';
import { readHistories } from '../../../src/histories/formats/read-file.js';

describe('a file of hands', () => {
  it.each([
    ['of another kind', 'Some text\nof two lines', 1],
    ['of JSON that is no record', '{"matches": []}', 1],
    ['that is a record and broken', '{"hands": [', 1],
    ['that is empty', '\uFEFF \n', 0],
  ])('%s has no hands, and is counted', (_, text, blocks) => {
    const { hands, refused, ...file } = readHistories(text, { matchId: null });
    expect([hands, file.blocks, refused.length]).toEqual([[], blocks, blocks]);
    expect(refused.every(({ code }) => code === 'unreadable')).toBe(true);
  });
});
