/** Where exported hands go: to standard output, to a file, or to files in a folder. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../files/make-folder.js';
import type { ExportedHand } from '../../histories/formats/export-hands.js';
import { type ExportFormat, exportFormats } from '../../histories/formats/format-names.js';
import { siteNumbersOf } from '../../histories/formats/hand-numbers.js';
import type { HandHistory } from '../../histories/hand-history.js';
import { OptionError } from '../../protocol/errors.js';
import type { Terminal } from '../surroundings/surroundings.js';
import { withOutputErrors, writeOutput } from './write-output.js';

/** What to do once there is room on the disk. */
const again = 'export again';

/** Takes hands match by match. */
export interface HandSink {
  write(hands: readonly ExportedHand[]): Promise<void>;
  /** @returns the paths of what was written. */
  finish(): readonly string[];
  /** Leaves nothing behind that is not whole. */
  abandon(): void;
}

/** A name may be anything, also a token in the wrong place: what is written is masked. */
type Redact = Terminal['redact'];

/** @throws {OptionError} when several hands are for one `.phh`. */
export function standardSink(format: ExportFormat, io: Terminal): HandSink {
  const single = onlyOne(format);
  return {
    async write(hands) {
      for (const { text } of single.take(hands)) io.stdout.write(io.redact(text));
      await io.whenTaken?.();
    },
    finish() {
      for (const { text } of single.rest()) io.stdout.write(io.redact(text));
      return [];
    },
    abandon: () => undefined,
  };
}

/** Whoever opens the path finds the file of before, or the whole of this one. */
export function fileSink(path: string, format: ExportFormat, redact: Redact): HandSink {
  const single = onlyOne(format);
  const beside = besideOf(path);
  let fd: number | null = null;

  const write = (hands: readonly ExportedHand[]): void =>
    withOutputErrors(path, again, () => {
      fd ??= opened(beside);
      for (const { text } of hands) writeSync(fd, redact(text));
    });
  const close = (): void => {
    if (fd !== null) closeSync(fd);
    fd = null;
  };
  return {
    async write(hands) {
      write(single.take(hands));
    },
    finish() {
      write(single.rest());
      close();
      withOutputErrors(path, again, () => renameSync(beside, path));
      return [path];
    },
    abandon() {
      close();
      remove(beside);
    },
  };
}

/** A file a match; for PHH a file a hand. */
export function folderSink(folder: string, format: ExportFormat, redact: Redact): HandSink {
  const counts = new Map<string, number>();
  const { ending } = exportFormats[format];
  let position = 0;
  return {
    async write(hands) {
      const byName = new Map<string, string>();
      for (const { hand, text } of hands) {
        position += 1;
        const name = join(folder, `${nameOf(hand, format, position)}.${ending}`);
        const count = (counts.get(name) ?? 0) + 1;
        // Another part of the match has come: its hands go behind the others.
        if (count > 1 && !byName.has(name)) byName.set(name, readFileSync(name, 'utf8'));
        counts.set(name, count);
        // Numbers of tables count in their file.
        const own = format === 'phhs' ? text.replace(/^\[\d+\]/, `[${count}]`) : text;
        byName.set(name, (byName.get(name) ?? '') + redact(own));
      }
      for (const [path, text] of byName) writeOutput(path, text, again);
    },
    finish: () => [...counts.keys()],
    abandon: () => undefined,
  };
}

/** A `.phh` has one hand: it is held back until there is no other one. */
function onlyOne(format: ExportFormat) {
  let held: readonly ExportedHand[] = [];
  return {
    take(hands: readonly ExportedHand[]): readonly ExportedHand[] {
      if (format !== 'phh') return hands;
      held = [...held, ...hands];
      if (held.length > 1)
        throw new OptionError(
          'format',
          'A .phh file has one hand, and these are more: take --format phhs, or a folder as --out, with a / at its end.',
        );
      return [];
    },
    rest: () => held,
  };
}

/** Ids of matches may be anything, and names of files may not: the numbers are those in the files. */
function nameOf(hand: HandHistory, format: ExportFormat, position: number): string {
  if (hand.handNumber === null) return format === 'phh' ? `hand-${position}` : 'hands';
  const numbers = siteNumbersOf(hand);
  return format === 'phh' ? `hand-${numbers.hand}` : `match-${numbers.tournament}`;
}

const besideOf = (path: string): string => `${path}.${process.pid}.tmp`;

function opened(path: string): number {
  makeFolder(dirname(path));
  return openSync(path, 'w');
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // There is no such folder, so that nothing is left there.
  }
}
