import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../src/platform/read-answers.js';
import { type CalendarEntry, updateCalendar } from '../../src/season/calendar-entries.js';
import { exampleFixture, mark, minuteMs } from './example-fixtures.js';

const hourMs = 60 * minuteMs;
const start = mark - 24 * hourMs;

/** A calendar that is made again and again. */
function calendar(owner = 'https://chipzen.ai b1') {
  let entries: readonly CalendarEntry[] = [];
  return {
    update(fixtures: Fixture[], now = start, isWhole = true) {
      const update = updateCalendar(entries, { fixtures, isWhole, owner, now });
      entries = update.entries;
      return update;
    },
  };
}

const facts = ({ events }: ReturnType<typeof updateCalendar>) =>
  events.map(({ uid, sequence, startsAt, isCancelled }) => ({ uid, sequence, startsAt, isCancelled }));

describe('the events of a calendar', () => {
  it('are the same for the same list, and unlike those of other bots', () => {
    const one = calendar();
    const first = one.update([exampleFixture()]);
    expect(first.changes).toEqual({ added: 1, changed: 0, cancelled: 0 });
    expect(first.events).toMatchObject([
      {
        sequence: 0,
        stampedAt: start,
        startsAt: mark,
        isCancelled: false,
        summary: 'Chipzen: birch (round_robin, round 1)',
      },
    ]);
    const again = one.update([exampleFixture()], start + hourMs);
    expect(again.events).toEqual(first.events);
    expect(again.changes).toEqual({ added: 0, changed: 0, cancelled: 0 });
    // Where nothing is known of the first calendar.
    expect(calendar().update([exampleFixture()]).events[0]?.uid).toBe(first.events[0]?.uid);
    expect(calendar('https://chipzen.ai b2').update([exampleFixture()]).events[0]?.uid).not.toBe(
      first.events[0]?.uid,
    );
  });

  it('keep their id when they move, with a higher sequence and a new stamp', () => {
    const one = calendar();
    const [before] = facts(one.update([exampleFixture()]));
    const moved = one.update([exampleFixture({ startsAt: mark + 10 * minuteMs })], start + hourMs);
    expect(facts(moved)).toEqual([{ ...before, sequence: 1, startsAt: mark + 10 * minuteMs }]);
    expect(moved.events[0]?.stampedAt).toBe(start + hourMs);
    const back = one.update([exampleFixture()], start + 2 * hourMs);
    expect(facts(back)).toEqual([{ ...before, sequence: 2 }]);
  });

  it('keep it when the opponent becomes known, is another one, or the stage has no name any more', () => {
    const one = calendar();
    const [before] = facts(one.update([exampleFixture({ opponent: null })]));
    for (const [index, fixture] of [
      exampleFixture(),
      exampleFixture({ opponent: 'cedar' }),
      exampleFixture({ opponent: 'cedar', stage: null, round: null }),
    ].entries()) {
      expect(facts(one.update([fixture]))).toEqual([{ ...before, sequence: index + 1 }]);
    }
  });

  it('of two fixtures that change places, by the rounds that they are of', () => {
    const one = calendar();
    const later = mark + 10 * minuteMs;
    const [first, second] = facts(
      one.update([exampleFixture(), exampleFixture({ startsAt: later, opponent: 'cedar', round: '2' })]),
    );
    const swapped = one.update([
      exampleFixture({ opponent: 'cedar', round: '2' }),
      exampleFixture({ startsAt: later }),
    ]);
    // A bot plays one fixture at a mark: what changed is against whom.
    expect(facts(swapped)).toEqual([
      { ...first, sequence: 1 },
      { ...second, sequence: 1 },
    ]);
    expect(swapped.events.map(({ summary }) => summary)).toEqual([
      'Chipzen: cedar (round_robin, round 2)',
      'Chipzen: birch (round_robin, round 1)',
    ]);
  });

  it('follow an id that the platform tells, whatever else changes', () => {
    const one = calendar();
    const told = exampleFixture({ fixtureId: 'f1' });
    const [before] = facts(one.update([told]));
    const other = exampleFixture({ fixtureId: 'f2' });
    const startsAt = mark + 24 * hourMs;
    const next = facts(one.update([other, { ...told, startsAt, opponent: 'cedar', round: '7' }]));
    expect(next[1]).toEqual({ ...before, sequence: 1, startsAt });
    expect(next[0]?.uid).not.toBe(before?.uid);
  });

  it('are new where another one has the time from which an event has moved', () => {
    const one = calendar();
    const [before] = facts(one.update([exampleFixture()]));
    one.update([exampleFixture({ startsAt: mark + hourMs })]);
    const both = facts(
      one.update([exampleFixture({ opponent: 'cedar' }), exampleFixture({ startsAt: mark + hourMs })]),
    );
    expect(both[1]?.uid).toBe(before?.uid);
    expect(both[0]?.uid).not.toBe(before?.uid);
  });
});

describe('a fixture that left the list', () => {
  it('before its time is cancelled, once', () => {
    const one = calendar();
    const [before] = facts(one.update([exampleFixture()]));
    const cancelled = one.update([], start + hourMs);
    expect(facts(cancelled)).toEqual([{ ...before, sequence: 1, isCancelled: true }]);
    expect(cancelled.changes.cancelled).toBe(1);
    expect(one.update([], start + 2 * hourMs).events).toEqual([]);
  });

  it('and comes back is the same event, newer than its end', () => {
    const one = calendar();
    const [before] = facts(one.update([exampleFixture()]));
    one.update([]);
    one.update([]);
    expect(facts(one.update([exampleFixture()]))).toEqual([{ ...before, sequence: 2 }]);
  });

  it('when it opened stays for a week', () => {
    const one = calendar();
    const first = one.update([exampleFixture()]);
    for (const now of [mark - minuteMs, mark + minuteMs, mark + 6 * 24 * hourMs])
      expect(one.update([], now).events).toEqual(first.events);
    expect(one.update([], mark + 8 * 24 * hourMs).entries).toEqual([]);
  });

  it('is not taken for the next one against the same opponent', () => {
    const one = calendar();
    const plain = exampleFixture({ stage: null, round: null });
    const [before] = facts(one.update([plain]));
    const next = one.update([{ ...plain, startsAt: mark + 24 * hourMs }], mark + hourMs);
    expect(next.changes).toEqual({ added: 1, changed: 0, cancelled: 0 });
    expect(facts(next)[0]).toEqual(before);
  });

  it.each<[string, Fixture[], boolean]>([
    ['entries could not be read', [], false],
    ['one has no time', [exampleFixture({ startsAt: null })], true],
  ])('is not cancelled where %s', (_why, fixtures, isWhole) => {
    const one = calendar();
    const first = one.update([exampleFixture()]);
    expect(one.update(fixtures, start, isWhole).events).toEqual(first.events);
  });
});
