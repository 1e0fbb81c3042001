import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createJournalFile, type Disk, realDisk } from '../../../src/sandbox/memory/journal-file.js';
import { makeFolder } from '../../kit/folder.js';

const systemError = (code: string) => Object.assign(new Error(code), { code });

/** A disk with room for so many bytes, which takes what it can and then fails. */
function smallDisk(code = 'ENOSPC') {
  const disk = { room: Infinity, canCut: true, syncs: 0 };
  const calls: Disk = {
    write(fd, bytes, offset) {
      const some = bytes.subarray(0, Math.min(bytes.length, offset + disk.room));
      if (some.length === offset) throw systemError(code);
      const written = realDisk.write(fd, some, offset);
      disk.room -= written;
      return written;
    },
    truncate(fd, size) {
      if (!disk.canCut) throw systemError('EIO');
      realDisk.truncate(fd, size);
    },
    sync(fd) {
      disk.syncs += 1;
      realDisk.sync(fd);
    },
  };
  return Object.assign(disk, { calls });
}

let folder: string;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder, 'state.jsonl');
});

function open(disk = smallDisk()) {
  const file = createJournalFile(path, disk.calls);
  file.replace('one\n');
  return { file, disk, text: () => readFileSync(path, 'utf8') };
}

describe('a journal file on a disk that is full', () => {
  it.each(['ENOSPC', 'EIO', 'EDQUOT'])('is cut back to its last whole line after %s', (code) => {
    const { file, disk, text } = open(smallDisk(code));
    disk.room = 3;
    expect(() => file.append('twenty\n')).toThrow(
      expect.objectContaining({
        code: 'state_unwritable',
        message: `The state file ${path} cannot be written (${code}): this was not done. Make room for it, then try again.`,
      }),
    );
    expect([text(), file.size]).toEqual(['one\n', 4]);
    disk.room = Infinity;
    file.append('two\n');
    expect([text(), file.size]).toEqual(['one\ntwo\n', 8]);
  });

  it('takes lines that the disk takes in pieces', () => {
    const { file, disk, text } = open();
    const { write } = disk.calls;
    disk.calls.write = (fd, bytes, offset) => write(fd, bytes.subarray(0, offset + 2), offset);
    file.append('a line of some length\n');
    expect(text()).toBe('one\na line of some length\n');
  });

  it('writes all of several lines or none', () => {
    const { file, disk, text } = open();
    disk.room = 5;
    expect(() => file.append('two\nthree\n')).toThrow('ENOSPC');
    expect(text()).toBe('one\n');
  });

  it('has nothing appended to half a line that could not be cut off', () => {
    const { file, disk, text } = open();
    Object.assign(disk, { room: 3, canCut: false });
    expect(() => file.append('twenty\n')).toThrow('ENOSPC');
    disk.room = Infinity;
    expect(() => file.append('two\n')).toThrow('EIO');
    expect(text()).toBe('one\ntwe');
    disk.canCut = true;
    file.append('two\n');
    expect(text()).toBe('one\ntwo\n');
  });

  it('stays as it is when there is no room for the new one, and leaves nothing beside it', () => {
    const { file, disk, text } = open();
    disk.room = 3;
    expect(() => file.replace('one and two\n')).toThrow('ENOSPC');
    expect([text(), readdirSync(folder)]).toEqual(['one\n', ['state.jsonl']]);
    disk.room = Infinity;
    file.append('two\n');
    expect(text()).toBe('one\ntwo\n');
  });
});

describe('a journal file that is replaced', () => {
  it('is on the disk before it has its name', () => {
    const disk = smallDisk();
    const { sync } = disk.calls;
    const seen: string[][] = [];
    disk.calls.sync = (fd) => {
      seen.push(readdirSync(folder));
      sync(fd);
    };
    open(disk);
    expect(seen).toEqual([['state.jsonl.new']]);
  });

  it('goes on in the new file, for its owner only, also over what a killed run left', () => {
    writeFileSync(`${path}.new`, 'half of', { mode: 0o644 });
    const { file, text } = open();
    file.replace('two\n');
    file.append('three\n');
    expect([text(), (statSync(path).mode & 0o777).toString(8)]).toEqual(['two\nthree\n', '600']);
    expect(readdirSync(folder)).toEqual(['state.jsonl']);
  });

  it('is not written by way of a link or a folder beside it', () => {
    const target = join(folder, 'elsewhere');
    writeFileSync(target, 'mine');
    symlinkSync(target, `${path}.new`);
    expect(() => open()).toThrow(
      `The state file is written as ${path}.new first, which is a link. Remove it.`,
    );
    expect(readFileSync(target, 'utf8')).toBe('mine');
    path = join(folder, 'other.jsonl');
    mkdirSync(`${path}.new`);
    expect(() => open()).toThrow('which is a folder. Remove it.');
  });
});
