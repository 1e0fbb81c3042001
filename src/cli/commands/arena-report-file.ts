/** The file of `arena --report`. */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { arenaReport } from '../../arena/arena-report.js';
import type { ArenaResult } from '../../arena/arena-result.js';
import { makeFolder } from '../../files/make-folder.js';
import { findOwnFile } from '../../files/own-files.js';
import type { PageData } from '../../report/page-data.js';
import { pageFile } from '../../report/page-file.js';
import type { Terminal } from '../surroundings/surroundings.js';
import { withOutputErrors, writeOutput } from './write-output.js';

const pageName = 'dist/report/page/report.html';
const flag = 'report';
const again = 'run it again: with --resume FILE no pair is lost';

/**
 * Before a long run.
 *
 * @throws {OptionError} for a path that cannot be written.
 */
export function requireWritable(path: string): void {
  findOwnFile(pageName, flag);
  withOutputErrors(
    path,
    again,
    () => {
      makeFolder(dirname(path));
      accessSync(dirname(path), constants.W_OK);
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
        throw Object.assign(new Error('It is a folder.'), { code: 'EISDIR' });
    },
    flag,
  );
}

/**
 * @throws {OptionError} for a path that cannot be written.
 * @throws {StateWriteError} when the disk has no room.
 */
export function writeArenaReport(result: ArenaResult, path: string, io: Terminal): void {
  const page = readFileSync(findOwnFile(pageName, flag), 'utf8');
  const data = arenaReport(result, Date.now());
  // A name may be anything, also a token in the wrong place.
  writeOutput(path, pageFile(page, JSON.parse(io.mask.json(JSON.stringify(data))) as PageData), again, flag);
}
