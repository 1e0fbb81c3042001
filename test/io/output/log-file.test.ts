import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogFile } from '../../../src/io/output/log-file.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { makeFolder } from '../../kit/folder.js';

function setUp() {
  const folder = join(makeFolder(), 'logs');
  mkdirSync(folder);
  const path = join(folder, 'agent.log');
  // Files that were there count by the day on which the system says that they were written.
  const clock = createVirtualClock(Date.now());
  const told: string[] = [];
  const log = openLogFile({
    path,
    maxBytes: 100_000_000,
    keep: 3,
    clock,
    now: clock.now,
    wallNow: clock.now,
    onTrouble: (message) => told.push(message),
  });
  return {
    log,
    clock,
    told,
    away: () => renameSync(folder, `${folder}.away`),
    back: () => renameSync(`${folder}.away`, folder),
    /** Of all files, the oldest first. */
    lines: () =>
      readdirSync(folder)
        .toSorted((one, other) => other.length - one.length)
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)),
  };
}

it('a log that cannot be written to is told of once, and has every line when it can be', () => {
  const { log, clock, told, away, back, lines } = setUp();
  log.write('one\n');
  away();
  clock.advance(1_000);
  for (let number = 0; number < 20; number++) {
    log.write(`away ${number}\n`);
    clock.advance(500);
  }
  expect(told).toEqual([
    expect.stringMatching(/agent\.log cannot be written to; it is tried again, .* \(ENOENT\)\.$/),
  ]);
  back();
  clock.advance(500);
  log.write('last\n');
  expect(log.close()).toBe(0);
  expect(lines()).toEqual(['one', ...Array.from({ length: 20 }, (_, number) => `away ${number}`), 'last']);
});

it('what does not fit into memory meanwhile is counted in the file', () => {
  const { log, clock, away, back, lines } = setUp();
  log.write('one\n');
  away();
  clock.advance(1_000);
  const line = `${'x'.repeat(99_999)}\n`;
  for (let number = 0; number < 100; number++) log.write(line);
  back();
  clock.advance(500);
  log.write('last\n');
  const written = lines();
  const gap = JSON.parse(written.at(-2) ?? '');
  expect(gap).toMatchObject({ level: 40, event: 'output.dropped', lines: 100 - (written.length - 3) });
  expect(log.close()).toBe(0);
});

it('counts the lines that are lost at its end', () => {
  const { log, clock, away } = setUp();
  away();
  clock.advance(1_000);
  log.write('one\ntwo\n');
  expect(log.close()).toBe(2);
});
