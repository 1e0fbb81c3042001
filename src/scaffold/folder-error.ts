import { OptionError } from '../protocol/errors.js';
import { printable } from '../protocol/redact.js';

const defaults = { maxPathLength: 200 } as const;

export const shownFolder = (path: string): string => printable(path, defaults.maxPathLength);

/** The system's error about a folder or file of a project, in a sentence. */
export function folderError(error: unknown, path: string): OptionError {
  if (error instanceof OptionError) return error;
  const shown = shownFolder(path);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  switch (code) {
    case 'EEXIST':
      return new OptionError(
        'name',
        `${shown} is there already, and nothing in it was changed. Choose another name, or move it away.`,
      );
    case 'ENOTDIR':
      return new OptionError('dir', `${shown} is no folder. Name one with --dir.`);
    case 'ENOENT':
      return new OptionError('dir', `There is no folder ${shown}. Make it, or name another one with --dir.`);
    default:
      return new OptionError(
        'dir',
        `${shown} cannot be written to (${code}). Choose another folder with --dir.`,
      );
  }
}
