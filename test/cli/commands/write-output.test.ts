import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withOutputErrors, writeOutput } from '../../../src/cli/commands/write-output.js';
import { OptionError, StateWriteError } from '../../../src/protocol/errors.js';
import { makeFolder } from '../../kit/folder.js';

const failing = (code: string) => () =>
  withOutputErrors('out.html', 'report again', () => {
    throw Object.assign(new Error(code), { code });
  });

describe('the file of --out', () => {
  it('is there whole, in folders that were not, and nothing is left beside it', () => {
    const folder = join(makeFolder(), 'a/b');
    writeOutput(join(folder, 'out.html'), 'first', 'report again');
    writeOutput(join(folder, 'out.html'), 'second', 'report again');
    expect(readFileSync(join(folder, 'out.html'), 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['out.html']);
  });

  it('has the mode of other new files', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'other'), '');
    writeOutput(join(folder, 'out.html'), 'text', 'report again');
    expect(statSync(join(folder, 'out.html')).mode).toBe(statSync(join(folder, 'other')).mode);
  });

  it('that cannot be written is told with its cause, and leaves nothing', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'file'), 'kept');
    expect(() => writeOutput(join(folder, 'file/out.html'), 'text', 'report again')).toThrow(OptionError);
    expect(readdirSync(folder)).toEqual(['file']);
    expect(existsSync(join(folder, 'file/out.html'))).toBe(false);
  });

  it('on a full disk is told with what to do', () => {
    expect(failing('ENOSPC')).toThrow(StateWriteError);
    expect(failing('ENOSPC')).toThrow(
      'out.html was not written (ENOSPC): make room on the disk, and report again.',
    );
    expect(failing('EACCES')).toThrow(OptionError);
  });
});
