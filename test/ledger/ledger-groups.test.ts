import { describe, expect, it } from 'vitest';
import { fitsLedger, groupsOf, versionName } from '../../src/ledger/ledger-groups.js';
import type { LedgerRow } from '../../src/ledger/ledger-row.js';
import { entriesOf } from '../../src/ledger/rows-of-match.js';
import { exampleMatch, startedAt } from './example-matches.js';

const [row] = entriesOf(exampleMatch()).rows as [LedgerRow];
const rowWith = (given: Partial<LedgerRow>): LedgerRow => ({ ...row, ...given });
const dayMs = 24 * 60 * 60 * 1_000;

describe('groups', () => {
  it('are versions in the order in which they first played', () => {
    const rows = [
      rowWith({ hash: 'b'.repeat(64), label: null, startedAt: startedAt + dayMs }),
      rowWith({}),
      rowWith({ hash: null, git: 'abcdef0123456+', label: null, startedAt: startedAt - dayMs }),
      rowWith({ isMixed: true, startedAt: startedAt + 2 * dayMs }),
    ];
    expect(groupsOf(rows, ['version']).map(({ names }) => names[0])).toEqual([
      'git abcdef01+',
      'v1 aaaaaaaa',
      'bbbbbbbb',
      'mixed',
    ]);
  });

  it('tell versions of one label apart by their code, and labels of one code, too', () => {
    const rows = [
      rowWith({}),
      rowWith({ hash: 'bbbb' }),
      rowWith({ label: 'v2' }),
      rowWith({ git: 'other' }),
    ];
    expect(groupsOf(rows, ['version']).map(({ names, line }) => [names[0], line.matches])).toEqual([
      ['v1 aaaaaaaa', 2],
      ['v1 bbbb', 1],
      ['v2 aaaaaaaa', 1],
    ]);
  });

  it('are combined in the order asked for', () => {
    const rows = [
      rowWith({ opponents: ['Bob'], startedAt: Date.UTC(2026, 10, 28, 0, 0) }),
      rowWith({ opponents: ['Cid'], startedAt: Date.UTC(2026, 10, 27, 23, 59, 59, 999) }),
      rowWith({ opponents: ['Cid'] }),
      rowWith({ opponents: ['Dot', 'Bob'] }),
      rowWith({ opponents: [], startedAt: null }),
    ];
    expect(groupsOf(rows, ['day', 'opponent']).map(({ names, line }) => [...names, line.matches])).toEqual([
      ['2026-11-27', 'Cid', 2],
      ['2026-11-27', 'Bob + Dot', 1],
      ['2026-11-28', 'Bob', 1],
      ['unknown', 'unknown', 1],
    ]);
  });

  it('know when they first and last played', () => {
    const [group] = groupsOf(
      [rowWith({}), rowWith({ startedAt: startedAt + 5 }), rowWith({ startedAt: null })],
      ['format'],
    );
    expect([group?.firstAt, group?.lastAt, group?.version?.label]).toEqual([startedAt, startedAt + 5, 'v1']);
  });
});

it('a version without label, hash and commit is unknown', () => {
  expect(versionName(rowWith({ hash: null, label: null, git: null }))).toBe('unknown');
});

it('a filter takes an opponent in whatever case, a label as it is, and a time from which on', () => {
  expect(fitsLedger(row, {})).toBe(true);
  expect(fitsLedger(row, { opponent: 'bOB' })).toBe(true);
  expect(fitsLedger(row, { opponent: 'Bo' })).toBe(false);
  expect(fitsLedger(row, { label: 'v1' })).toBe(true);
  expect(fitsLedger(row, { label: 'V1' })).toBe(false);
  expect(fitsLedger(row, { since: startedAt })).toBe(true);
  expect(fitsLedger(row, { since: startedAt + 1 })).toBe(false);
  expect(fitsLedger(rowWith({ startedAt: null }), { since: 0 })).toBe(false);
});
