import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRegular } from '../../src/files/read-regular.js';
import { makeFolder } from '../kit/folder.js';

it('reads a file, and says why there is none to read', () => {
  const folder = makeFolder();
  const at = (name: string) => join(folder, name);
  writeFileSync(at('file'), 'text');
  writeFileSync(at('large'), 'x'.repeat(11));
  mkdirSync(at('folder'));
  symlinkSync(at('nowhere'), at('dangling'));
  expect(readRegular(at('file'), 10)).toEqual({ text: 'text' });
  expect(readRegular(at('large'), 10)).toMatchObject({ text: null, why: 'large' });
  expect(readRegular(at('folder'), 10)).toMatchObject({ text: null, why: 'odd' });
  expect(readRegular(at('dangling'), 10)).toMatchObject({ text: null, why: 'absent' });
  expect(readRegular(join(at('file'), 'below'), 10)).toMatchObject({ text: null, why: 'unreadable' });
});

it.skipIf(process.platform === 'win32')('waits for no pipe, and reads no endless device', () => {
  const pipe = join(makeFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(readRegular(pipe, 10)).toEqual({ text: null, why: 'odd', message: `${pipe} is a named pipe.` });
  expect(readRegular('/dev/zero', 10)).toMatchObject({ text: null, why: 'odd' });
});
