/** The agent's side: one load of a bot's code, of which all its threads and processes are started. */
import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { isCodeMessage } from './code-messages.js';
import { type KeptFile, keepFiles } from './kept-files.js';

const defaults = {
  /** UTF-16 units of a file that is still arriving. */
  maxLength: 64 * 1024 * 1024,
} as const;

export interface BotCode {
  /** Where the bot file was when this load began: links are followed once. */
  readonly path: string;
  /** The source files that have been loaded so far, each where one finds it who follows the same links as the path of the bot. */
  files(): KeptFile[];
  /** A new thread or process of this code. */
  place(): PlaceCode;
}

/** The code of one thread or process. */
export interface PlaceCode {
  /** What it is given at its start. */
  files: KeptFile[];
  /** Takes a message about a file that it has loaded; false for other messages. */
  take(message: unknown): boolean;
}

/** @param given path of the bot file, which may lead through links. */
export function createBotCode(given: string): BotCode {
  const kept = keepFiles();
  const realPath = realPathOf(given);
  const { linked, real } = rootsOf(given, realPath);
  return {
    path: realPath,
    files: () =>
      kept.all().flatMap((file) => {
        if (file.form !== 'source') return [];
        const isBehindLink = linked !== real && (file.path === real || file.path.startsWith(real + sep));
        return [isBehindLink ? { ...file, path: linked + file.path.slice(real.length) } : file];
      }),
    place() {
      let parts: string[] = [];
      let length = 0;
      return {
        files: kept.all(),
        take(message) {
          if (!isCodeMessage(message)) return false;
          const { path, form, format, part, isLast } = message;
          length += part.length;
          if (length <= defaults.maxLength) parts.push(part);
          if (!isLast) return true;
          if (length <= defaults.maxLength) kept.add({ path, form, format, text: parts.join('') });
          parts = [];
          length = 0;
          return true;
        },
      };
    },
  };
}

/** The path itself where there is nothing: who loads it says so. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Both paths without the end that they have in common: where the link is, and what it leads to. */
function rootsOf(given: string, path: string): { linked: string; real: string } {
  const ends = [given.split(sep), path.split(sep)] as const;
  while (ends[0].length > 1 && ends[1].length > 1 && ends[0].at(-1) === ends[1].at(-1)) {
    for (const end of ends) end.pop();
  }
  return { linked: ends[0].join(sep), real: ends[1].join(sep) };
}
