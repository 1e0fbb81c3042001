import { describe, expect, it } from 'vitest';
import { exportHands } from '../../../src/histories/formats/export-hands.js';
import type { ExportFormat } from '../../../src/histories/formats/format-names.js';
import { exportFormats } from '../../../src/histories/formats/format-names.js';
import { readHistories } from '../../../src/histories/formats/read-file.js';
import { coveredCall, foldedRound, sharedMainPot, takenOnFlop } from '../example-hands.js';

const formats = Object.keys(exportFormats) as ExportFormat[];
const numbered = [coveredCall, takenOnFlop, foldedRound].map((hand, index) => ({
  ...hand,
  handNumber: index + 1,
}));

describe('hands that are exported', () => {
  it.each(formats)('in %s are known again by their text', (format) => {
    const { written, refused } = exportHands(numbered, { format });
    expect([written.length, refused]).toEqual([3, []]);
    const file = readHistories(written.map(({ text }) => text).join(''), { matchId: null });
    expect([file.kind, file.hands.length, file.refused]).toEqual([
      format === 'phhs' ? 'phh' : format,
      format === 'phh' ? 0 : 3,
      format === 'phh' ? expect.any(Array) : [],
    ]);
  });

  it.each(formats)(
    'in %s are left out, and listed by their number, when their chips do not add up',
    (format) => {
      const seats = foldedRound.seats.map((seat) => (seat.seat === 1 ? { ...seat, stackAfter: 106 } : seat));
      expect(exportHands([coveredCall, { ...foldedRound, handNumber: 9, seats }], { format })).toMatchObject({
        written: [{ hand: coveredCall }],
        refused: [
          { position: 2, handNumber: 9, code: 'unsound', why: 'The pot has 10 chips, and 11 were won.' },
        ],
      });
    },
  );

  it('are written once, and refused where another hand has their number', () => {
    const { written, refused, twice } = exportHands(
      [coveredCall, { ...coveredCall, startedAt: null }, takenOnFlop],
      {
        format: 'phhs',
      },
    );
    expect([written.length, twice]).toEqual([1, 1]);
    expect(refused).toMatchObject([
      { position: 3, code: 'number_taken', why: expect.stringContaining('the number and the match') },
    ]);
  });

  it('are refused where the id of another match gives the same number', () => {
    const hands = [coveredCall, { ...takenOnFlop, handNumber: 1, matchId: '67116120853' }];
    expect(exportHands(hands, { format: 'ohh' }).refused).toMatchObject([
      { position: 2, code: 'number_taken', why: expect.stringContaining('6711612085300001') },
    ]);
  });

  it('are written once where a file has the number that was made of the id of their match', () => {
    const hands = [coveredCall, { ...coveredCall, matchId: '67116120853' }];
    expect(exportHands(hands, { format: 'ohh' })).toMatchObject({ twice: 1, refused: [] });
    expect(exportHands(hands.toReversed(), { format: 'ohh' })).toMatchObject({ twice: 1, refused: [] });
  });

  it('get the time of their match where they have none, and no other', () => {
    const timeless = { ...takenOnFlop, handNumber: 2, startedAt: null };
    const both = exportHands([timeless, coveredCall], { format: 'ohh' });
    expect([both.written.length, both.timed, both.written[0]?.text]).toEqual([
      2,
      1,
      expect.stringContaining('2026-11-27T22:01:00'),
    ]);
    expect(
      exportHands([{ ...timeless, matchId: 'match-2' }, coveredCall], { format: 'ohh' }).refused,
    ).toMatchObject([{ position: 1, code: 'no_time' }]);
    expect(exportHands([timeless], { format: 'phhs' }).written[0]?.text).not.toMatch(/year|time/);
  });

  it('keep side pots that add up', () => {
    const text = exportHands([sharedMainPot], { format: 'pokerstars' }).written[0]?.text ?? '';
    const collected = [...text.matchAll(/collected (\d+) from/g)].map(([, chips]) => Number(chips));
    expect(collected.reduce((sum, chips) => sum + chips, 0)).toBe(209);
  });
});
