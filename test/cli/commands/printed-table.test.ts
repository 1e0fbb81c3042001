import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { printedTable } from '../../../src/cli/commands/printed-table.js';

const names = { heading: 'player', short: 'who', cells: ['ann', 'a long name of somebody', '德州扑克'] };
const chips = { heading: 'net chips', short: 'net', cells: ['+12', '-7', '-5'] };
const stacks = { heading: 'final stack', short: 'stack', cells: ['20012', '19993', '19995'] };

describe('a printed table', () => {
  it('is as wide as its cells where there is room', () => {
    expect(printedTable(names, [chips, stacks])).toEqual([
      'player                   net chips  final stack',
      'ann                            +12        20012',
      'a long name of somebody         -7        19993',
      '德州扑克                        -5        19995',
    ]);
    expect(printedTable(names, [chips, stacks], 48)).toEqual(printedTable(names, [chips, stacks]));
  });

  it('has shorter headings, and then shorter names, where there is less', () => {
    expect(printedTable(names, [chips, stacks], 40)).toEqual([
      'who                     net stack',
      'ann                     +12 20012',
      'a long name of somebody  -7 19993',
      '德州扑克                 -5 19995',
    ]);
    expect(printedTable(names, [chips, stacks], 20)).toEqual([
      'who       net stack',
      'ann       +12 20012',
      'a long n…  -7 19993',
      '德州扑克   -5 19995',
    ]);
  });

  it('leaves out spare columns before names cannot be told apart, and says which', () => {
    const spare = [chips, { ...stacks, isSpare: true }];
    expect(printedTable(names, spare, 40)).toEqual(printedTable(names, [chips, stacks], 40));
    expect(printedTable(names, spare, 24)).toEqual([
      'who                 net',
      'ann                 +12',
      'a long name of som…  -7',
      '德州扑克             -5',
      'no room here for: final stack',
    ]);
  });

  it('keeps its columns in line at every width', () => {
    for (let room = 1; room <= 60; room += 1) {
      const widths = new Set(printedTable(names, [chips, stacks], room).map((line) => stringWidth(line)));
      expect(widths.size).toBe(1);
      expect([...widths][0]).toBeLessThan(Math.max(room, 16));
    }
  });
});
