import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openRotatingFile, type RotatingFileOptions } from '../../../src/io/output/rotating-file.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';

const dayMs = 86_400_000;
const noon = Date.parse('2026-03-01T12:00:00Z');

let folder: string;
let path: string;
let time: number;
let stuck: unknown[];
beforeEach(() => {
  folder = join(makeFolder(), 'logs');
  mkdirSync(folder);
  path = join(folder, 'agent.log');
  time = noon;
  stuck = [];
});

function open(options: Partial<RotatingFileOptions> = {}) {
  const file = openRotatingFile({
    path,
    maxBytes: 20,
    keep: 10,
    now: () => time,
    wallNow: () => time,
    onStuck: (error) => stuck.push(error),
    ...options,
  });
  afterTest(() => file.close());
  return { write: (text: string) => file.write(Buffer.from(text)), close: () => file.close() };
}

/** All files of the folder with what is in them. */
const files = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777;

describe('a rotating file', () => {
  it('is put aside before it is too large, and no line is torn', () => {
    const { write } = open();
    for (const text of ['one 5678\n', 'two 5678\n', 'three\n', 'a line of its own that is long\n', 'four\n'])
      write(text);
    expect(files()).toEqual({
      'agent.log.2026-03-01.1': 'one 5678\ntwo 5678\n',
      'agent.log.2026-03-01.2': 'three\n',
      'agent.log.2026-03-01.3': 'a line of its own that is long\n',
      'agent.log': 'four\n',
    });
  });

  it('keeps a line together that is written in parts', () => {
    const { write } = open();
    for (const text of ['0123456789\n', 'begun, ', 'and ended\n', 'next\n']) write(text);
    expect(files()).toEqual({
      'agent.log.2026-03-01.1': '0123456789\nbegun, and ended\n',
      'agent.log': 'next\n',
    });
  });

  it('is put aside each day, named by the day of its lines', () => {
    const { write } = open();
    write('first\n');
    time += dayMs;
    write('second\n');
    time += 3 * dayMs;
    write('third\n');
    expect(files()).toEqual({
      'agent.log.2026-03-01.1': 'first\n',
      'agent.log.2026-03-02.1': 'second\n',
      'agent.log': 'third\n',
    });
  });

  it('goes on with the file of an earlier run, unless that is of another day', () => {
    writeFileSync(path, 'before\n');
    utimesSync(path, noon / 1000, noon / 1000);
    const first = open();
    first.write('today\n');
    first.close();
    expect(files()).toEqual({ 'agent.log': 'before\ntoday\n' });
    utimesSync(path, noon / 1000, noon / 1000);
    time += dayMs;
    open().write('tomorrow\n');
    expect(files()).toEqual({ 'agent.log.2026-03-01.1': 'before\ntoday\n', 'agent.log': 'tomorrow\n' });
  });

  it('ends a line that a killed process has begun', () => {
    writeFileSync(path, 'half a li');
    utimesSync(path, noon / 1000, noon / 1000);
    open().write('whole\n');
    expect(files()).toEqual({ 'agent.log': 'half a li\nwhole\n' });
  });

  it('keeps so many files that were put aside, the newest, and nothing else is removed', () => {
    const names = ['agent.log.old', 'agent.log.2026-03-01', 'other.log.2026-03-01.1'];
    for (const name of names) writeFileSync(join(folder, name), 'mine');
    const { write } = open({ keep: 2, maxBytes: 5 });
    for (let number = 0; number < 13; number++) write(`l ${number}\n`);
    expect(Object.keys(files()).toSorted()).toEqual(
      ['agent.log', 'agent.log.2026-03-01.11', 'agent.log.2026-03-01.12', ...names].toSorted(),
    );
  });

  it('is for its user alone, and so are the files that follow', () => {
    const { write } = open();
    for (let number = 0; number < 3; number++) write('0123456789012345\n');
    expect(readdirSync(folder).map(modeOf)).toEqual([0o600, 0o600, 0o600]);
  });

  it('keeps the mode that a user gave it', () => {
    writeFileSync(path, '', { mode: 0o640 });
    const { write } = open();
    for (let number = 0; number < 2; number++) write('0123456789012345\n');
    expect(readdirSync(folder).map(modeOf)).toEqual([0o640, 0o640]);
  });

  it('begins anew when another program has moved or removed it', () => {
    const { write } = open({ maxBytes: 1_000 });
    write('one\n');
    renameSync(path, join(folder, 'taken'));
    write('two\n');
    time += 1_000;
    write('three\n');
    rmSync(path);
    time += 1_000;
    write('four\n');
    expect(files()).toEqual({ taken: 'one\ntwo\n', 'agent.log': 'four\n' });
  });

  it('throws while its folder is gone, and goes on when it is back', () => {
    const { write } = open();
    write('one\n');
    renameSync(folder, `${folder}.away`);
    time += 1_000;
    expect(() => write('lost\n')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    renameSync(`${folder}.away`, folder);
    write('two\n');
    expect(files()).toEqual({ 'agent.log': 'one\ntwo\n' });
  });

  it('grows when it cannot be put aside, says so, and tries again a minute later', () => {
    // With the date behind it this name is longer than a file system takes.
    const name = 'x'.repeat(250);
    const long = open({ path: join(folder, name) });
    for (let number = 0; number < 3; number++) long.write('0123456789012345\n');
    expect(stuck).toEqual([expect.objectContaining({ code: 'ENAMETOOLONG' })]);
    expect(files()[name]).toBe('0123456789012345\n'.repeat(3));
    time += 60_000;
    long.write('0123456789012345\n');
    expect(stuck.length).toBe(2);
  });

  it('puts aside what a link leads to, and the link stays', () => {
    writeFileSync(join(folder, 'real'), '');
    symlinkSync('real', path);
    const { write } = open();
    write('0123456789012345\n');
    write('next 6789\n');
    expect(files()).toEqual({
      'real.2026-03-01.1': '0123456789012345\n',
      real: 'next 6789\n',
      'agent.log': 'next 6789\n',
    });
  });

  it.each([
    ['a folder', () => folder, /logs is a folder\. Give the name of a file\.$/],
    [
      'a folder that is not there',
      () => join(folder, 'no', 'x.log'),
      /cannot be written to: there is no folder .*\/no\.$/,
    ],
    [
      'a link into a folder that is not there',
      () => {
        symlinkSync(join(folder, 'no', 'x.log'), join(folder, 'link.log'));
        return join(folder, 'link.log');
      },
      /link\.log cannot be written to: it is a link to a folder that is not there, or no file can be made there\.$/,
    ],
  ])('refuses %s with what to do', (_what, name, message) => {
    expect(() => open({ path: name() })).toThrow(
      expect.objectContaining({ code: 'bad_option', message: expect.stringMatching(message) }),
    );
  });
});
