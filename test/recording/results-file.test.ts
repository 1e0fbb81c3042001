import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordDisk } from '../../src/recording/record-disk.js';
import { resultsFile } from '../../src/recording/results-file.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { makeFolder } from '../kit/folder.js';

function openFull() {
  const path = join(makeFolder(), 'results.jsonl');
  const clock = createVirtualClock();
  const disk = { isFull: true };
  const file = resultsFile(path, clock, {
    ...recordDisk,
    writeNow(fd, bytes) {
      if (disk.isFull) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      return recordDisk.writeNow(fd, bytes);
    },
  });
  expect(file.add('1')).toBe('ENOSPC');
  return { clock, disk, file, text: () => readFileSync(path, 'utf8') };
}

describe('a result that the disk has no room for', () => {
  it('is in the file soon after there is room, without another match', () => {
    const { clock, disk, file, text } = openFull();
    clock.advance(10_000);
    expect({ waiting: file.waiting, text: text() }).toEqual({ waiting: 1, text: '' });
    disk.isFull = false;
    clock.advance(10_000);
    expect({ waiting: file.waiting, text: text() }).toEqual({ waiting: 0, text: '1\n' });
    expect(clock.pending()).toBe(0);
  });

  it('comes before the next one', () => {
    const { disk, file, text } = openFull();
    disk.isFull = false;
    expect(file.add('2')).toBeNull();
    expect(text()).toBe('1\n2\n');
  });

  it('is tried at the end, and no more after it', () => {
    const { clock, disk, file, text } = openFull();
    disk.isFull = false;
    file.close();
    disk.isFull = true;
    expect(file.add('2')).toBe('ENOSPC');
    expect({ text: text(), timers: clock.pending() }).toEqual({ text: '1\n', timers: 0 });
  });
});
