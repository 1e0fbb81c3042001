import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '../../src/season/calendar-entries.js';
import { readCalendarState, writeCalendarState } from '../../src/season/calendar-state.js';
import { makeFolder } from '../kit/folder.js';
import { mark } from './example-fixtures.js';

const entry: CalendarEntry = {
  uid: 'a@chipzen-agent',
  sequence: 1,
  stampedAt: mark - 1,
  startsAt: mark,
  isCancelled: false,
  fixtureId: null,
  opponent: null,
  decisionClockMs: null,
  stage: 'final',
  round: null,
};

describe('what a calendar leaves for the next one', () => {
  it('is read as it was written, and alone in its folder', () => {
    const folder = makeFolder();
    const path = join(folder, 'state');
    expect(readCalendarState(path)).toEqual({ entries: [] });
    writeCalendarState(path, [entry]);
    expect(readCalendarState(path)).toEqual({ entries: [entry] });
    expect(readdirSync(folder)).toEqual(['state']);
  });

  // After a power cut there may be a file without, or with nothing but zeros.
  it.each([
    '',
    '\0'.repeat(300),
    '{"schema":1,"entr',
    '{"schema":2,"entries":[]}',
    '{"schema":1,"entries":[{"uid":"a"}]}',
    JSON.stringify({ schema: 1, entries: [{ ...entry, startsAt: 9e15 }] }),
  ])('is told where it cannot be used: %j', (text) => {
    const path = join(makeFolder(), 'state');
    writeFileSync(path, text);
    expect(readCalendarState(path)).toEqual({
      entries: null,
      why: 'it is damaged, or of another version',
    });
  });

  it('is told where it cannot be read', () => {
    expect(readCalendarState(makeFolder())).toEqual({ entries: null, why: 'it cannot be read (EISDIR)' });
  });
});
