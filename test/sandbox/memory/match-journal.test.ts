import { describe, expect, it } from 'vitest';
import { StateWriteError } from '../../../src/protocol/errors.js';
import { type Journal, noJournal } from '../../../src/sandbox/memory/journal.js';
import { journalOf } from '../../../src/sandbox/memory/match-journal.js';
import { createTimers } from '../../../src/time/timers.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';

function setUp() {
  const clock = createVirtualClock();
  const told: string[] = [];
  const disk = { isFull: false };
  const journal: Journal = {
    write(...entries) {
      if (disk.isFull) throw new StateWriteError('full');
      told.push(...entries.map(({ t }) => `wrote ${t}`));
    },
    close: () => undefined,
  };
  const guard = (where: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      told.push(`${where}: ${String(error)}`);
    }
  };
  const timers = createTimers(clock, (error) => told.push(`timer: ${String(error)}`));
  const match = journalOf({ matchId: 'm', journal, timers, guard });
  return { clock, told, disk, match, tells: (what: string) => () => told.push(what) };
}

const fold = { action: 'fold' };

describe('the journal of a match', () => {
  it('writes an end that was told already when it is closed, before what nobody has heard of', () => {
    const { match, told, tells, clock, disk } = setUp();
    disk.isFull = true;
    match.act(fold, false, tells('acts'));
    match.end({ type: 'match_end' });
    disk.isFull = false;
    match.close();
    match.close();
    expect(told).toEqual(['wrote end']);
    clock.advance(10_000);
    expect([told, clock.pending()]).toEqual([['wrote end'], 0]);
  });

  it('is closed although the disk is still full', () => {
    const { match, told, clock, disk } = setUp();
    disk.isFull = true;
    match.end({ type: 'match_end' });
    match.close();
    clock.advance(10_000);
    expect([told, clock.pending()]).toEqual([[], 0]);
  });

  it('goes on at once when it has written', () => {
    const { match, told, tells, clock } = setUp();
    match.begun(tells('begins'));
    match.turn('r', tells('asks'));
    expect(told).toEqual(['wrote begun', 'begins', 'wrote turn', 'asks']);
    expect(clock.pending()).toBe(0);
  });

  it('goes on at once where nothing is kept', () => {
    const { told, tells, clock } = setUp();
    const timers = createTimers(clock, (error) => told.push(`timer: ${String(error)}`));
    const match = journalOf({ matchId: 'm', journal: noJournal, timers, guard: () => told.push('guard') });
    match.begun(tells('begins'));
    match.turn('r', tells('asks'));
    match.act(fold, true, tells('acts'));
    match.forfeit(1, 'grace_expired', tells('forfeits'));
    match.end({ type: 'match_end' });
    match.close();
    expect([told, clock.pending()]).toEqual([['begins', 'asks', 'acts', 'forfeits'], 0]);
  });

  it('waits for room, and then goes on in order', () => {
    const { match, told, tells, clock, disk } = setUp();
    disk.isFull = true;
    match.act(fold, false, () => {
      told.push('acts');
      match.turn('r', tells('asks'));
    });
    match.forfeit(1, 'grace_expired', tells('forfeits'));
    clock.advance(10_000);
    expect(told).toEqual([]);
    disk.isFull = false;
    // Room alone lets nothing pass those who wait.
    match.end({ type: 'match_end' });
    expect(told).toEqual([]);
    clock.advance(1_000);
    expect(told).toEqual([
      'wrote act',
      'acts',
      'wrote forfeit',
      'forfeits',
      'wrote end',
      'wrote turn',
      'asks',
    ]);
    expect(clock.pending()).toBe(0);
  });

  it('is full again in the middle of it', () => {
    const { match, told, tells, clock, disk } = setUp();
    disk.isFull = true;
    match.act(fold, false, () => {
      told.push('acts');
      disk.isFull = true;
    });
    match.turn('r', tells('asks'));
    disk.isFull = false;
    clock.advance(1_000);
    expect(told).toEqual(['wrote act', 'acts']);
    disk.isFull = false;
    clock.advance(1_000);
    expect(told.slice(2)).toEqual(['wrote turn', 'asks']);
  });

  it('contains a defect in what waited, and goes on behind it', () => {
    const { match, told, tells, clock, disk } = setUp();
    disk.isFull = true;
    match.act(fold, false, () => {
      throw new Error('a defect');
    });
    match.turn('r', tells('asks'));
    disk.isFull = false;
    clock.advance(1_000);
    expect(told).toEqual(['wrote act', 'state: Error: a defect', 'wrote turn', 'asks']);
  });
});
