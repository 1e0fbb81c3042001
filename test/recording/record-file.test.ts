/** How records reach the disk, and what becomes of them when it takes none. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordDisk } from '../../src/recording/record-disk.js';
import { openRecordFile, type RecordFile } from '../../src/recording/record-file.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { makeFolder } from '../kit/folder.js';
import { recordsIn } from './recorded-folder.js';

/** A disk that writes at once; it takes so many bytes, then fails. */
function smallDisk() {
  const disk = {
    room: Number.POSITIVE_INFINITY,
    code: 'ENOSPC',
    writes: 0,
    failures: 0,
    take(fd: number, bytes: Uint8Array): number {
      disk.writes += 1;
      const part = bytes.subarray(0, Math.min(bytes.length, disk.room));
      if (part.length === 0) {
        disk.failures += 1;
        throw Object.assign(new Error('no room'), { code: disk.code });
      }
      disk.room -= part.length;
      return writeSync(fd, part);
    },
  };
  const calls: RecordDisk = {
    writeNow: disk.take,
    write(fd, bytes, done) {
      try {
        done(null, disk.take(fd, bytes));
      } catch (error) {
        done(error as Error, 0);
      }
    },
  };
  return { disk, calls };
}

function openFile(path = join(makeFolder(), 'm.jsonl')) {
  const clock = createVirtualClock();
  const { disk, calls } = smallDisk();
  const told: string[] = [];
  const waiting = { length: 0 };
  const open = (): RecordFile =>
    openRecordFile({
      path,
      header: () => '{"type":"header","schema":1}',
      clock,
      wallNow: clock.now,
      mask: (json) => json.replaceAll('secret', '[token]'),
      waiting,
      onFailed: (code) => told.push(code),
      onRecovered: () => told.push('recovered'),
      disk: calls,
    });
  const text = () => readFileSync(path, 'utf8');
  return { path, clock, disk, told, waiting, open, text };
}

const record = (n: number, more = ''): string => `{"type":"event","n":${n}${more}}`;
const types = async (path: string) => {
  const { records, counts } = await recordsIn(path);
  return { counts, types: records.map(({ type }) => type) };
};

describe('a file of records', () => {
  it('has its header at once, and what comes within 25 ms in one write', async () => {
    const { clock, disk, open, text } = openFile();
    const file = open();
    expect(text()).toBe('{"type":"header","schema":1}\n');
    file.add(record(1));
    clock.advance(10);
    file.add(record(2));
    expect(disk.writes).toBe(1);
    clock.advance(15);
    expect(text().trim().split('\n').slice(1)).toEqual([record(1), record(2)]);
    expect(disk.writes).toBe(2);
    expect(await file.close()).toBe(0);
    expect(text().trim().split('\n').at(-1)).toMatch(/^\{"type":"end","at":\d+\}$/);
  });

  it('never has a secret', async () => {
    const { open, text } = openFile();
    const file = open();
    file.add('{"type":"event","token":"secret"}');
    await file.close();
    expect(text()).toContain('"token":"[token]"');
  });

  it('ends a line that a killed process left, so that nothing else is lost with it', async () => {
    const { path, open } = openFile();
    await open().close();
    appendFileSync(path, '{"n":');
    const again = open();
    again.add(record(1));
    again.add(record(2));
    await again.close();
    expect(await types(path)).toEqual({
      types: ['header', 'end', 'header', 'event', 'event', 'end'],
      counts: { read: 6, torn: 1, damaged: 0, damagedLines: [] },
    });
  });

  it('goes on in the middle of a line where the disk took half of it', async () => {
    const { path, clock, disk, told, open } = openFile();
    const file = open();
    disk.room = 10;
    file.add(record(1));
    clock.advance(25);
    disk.room = 5;
    clock.advance(25);
    disk.room = Number.POSITIVE_INFINITY;
    clock.advance(25);
    await file.close();
    expect(told).toEqual([]);
    expect(await types(path)).toMatchObject({ types: ['header', 'event', 'end'], counts: { damaged: 0 } });
  });

  it('is written on at once while there is much of it', () => {
    const { clock, disk, open, text } = openFile();
    const file = open();
    const long = ',"x":"'.padEnd(100_000, 'x').concat('"');
    for (let n = 0; n < 20; n += 1) file.add(record(n, long));
    clock.advance(25);
    // All but what is less than a write of its own.
    expect(text().length).toBeGreaterThan(1_700_000);
    expect(disk.writes).toBeGreaterThan(5);
  });

  it('is given up after two failures, told once, tried less and less often, and goes on with a gap', async () => {
    const { path, clock, disk, told, waiting, open } = openFile();
    const file = open();
    disk.room = 0;
    const long = ',"x":"'.padEnd(100_000, 'x').concat('"');
    for (let n = 0; n < 100; n += 1) {
      file.add(record(n, long));
      clock.advance(1_000);
    }
    expect(told).toEqual(['ENOSPC']);
    expect(file.isStuck).toBe(true);
    // A hundred seconds: two at first, and then never more often than every ten seconds.
    expect(disk.failures).toBeLessThan(20);
    expect(waiting.length).toBeLessThan(4.2 * 1024 * 1024);
    disk.room = Number.POSITIVE_INFINITY;
    clock.advance(10_000);
    expect(told).toEqual(['ENOSPC', 'recovered']);
    expect(await file.close()).toBe(0);
    const { records, counts } = await recordsIn(path);
    expect(counts).toMatchObject({ torn: 0, damaged: 0 });
    const gap = records.find(({ type }) => type === 'gap');
    const events = records.filter(({ type }) => type === 'event') as unknown as { n: number }[];
    expect(gap).toMatchObject({ lost: 100 - events.length });
    // The newest are there, in their order.
    expect(events.slice(-30).map(({ n }) => n)).toEqual(Array.from({ length: 30 }, (_, index) => 70 + index));
    expect(waiting.length).toBe(0);
  });

  it('says at its end how many records are lost', async () => {
    const { clock, disk, open } = openFile();
    const file = open();
    disk.room = 0;
    file.add(record(1));
    file.add(record(2));
    clock.advance(1_000);
    const closed = file.close();
    clock.advance(1_000);
    // The end of the recording is one, too.
    expect(await closed).toBe(3);
  });

  it.each(['it', 'its folder'])('is begun anew where somebody removed %s', async (what) => {
    const folder = join(makeFolder(), 'matches');
    mkdirSync(folder);
    const { path, clock, open } = openFile(join(folder, 'm.jsonl'));
    const file = open();
    file.add(record(1));
    clock.advance(25);
    rmSync(what === 'it' ? path : folder, { recursive: true });
    clock.advance(1_000);
    file.add(record(2));
    clock.advance(25);
    expect(existsSync(path)).toBe(true);
    await file.close();
    expect(await types(path)).toMatchObject({ types: ['header', 'event', 'end'] });
  });

  it('writes what waits when the process ends, and keeps quiet when it cannot', () => {
    const { disk, open, text } = openFile();
    const file = open();
    file.add(record(1));
    file.writeOut();
    expect(text()).toContain(record(1));
    disk.room = 0;
    file.add(record(2));
    expect(() => file.writeOut()).not.toThrow();
  });

  it('is not opened a second time where a new one is wanted', () => {
    const { path, open } = openFile();
    closeSync(openSync(path, 'w'));
    const isNew = () =>
      openRecordFile({
        path,
        isNew: true,
        header: () => '{}',
        clock: createVirtualClock(),
        wallNow: () => 0,
        mask: (json) => json,
        waiting: { length: 0 },
        onFailed: () => undefined,
        onRecovered: () => undefined,
      });
    expect(isNew).toThrow(/EEXIST/);
    expect(open().path).toBe(path);
  });
});
