import { existsSync, statSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/files/make-folder.js';
import { makeFolder as testFolder } from '../kit/folder.js';

describe('a folder', () => {
  it('is made with all that lead to it, and may be there already', () => {
    const path = join(testFolder(), 'a', 'b', 'c');
    makeFolder(path, 0o700);
    makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
    if (platform() !== 'win32') expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('is not made in the place of a file, or below one', () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(() => makeFolder(join(file, 'a', 'b'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
  });

  it.runIf(existsSync('/proc/self'))('that no one can make is an error, and no loop without an end', () => {
    expect(() => makeFolder('/proc/nothing/below')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
