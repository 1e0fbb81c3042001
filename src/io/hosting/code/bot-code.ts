/** The agent's side: one load of a bot's code, of which all its threads and processes are started. */
import { isCodeMessage } from './code-messages.js';
import { type KeptFile, keepFiles } from './kept-files.js';

const defaults = {
  /** UTF-16 units of a file that is still arriving. */
  maxLength: 64 * 1024 * 1024,
} as const;

export interface BotCode {
  /** What has been loaded so far. */
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

export function createBotCode(): BotCode {
  const kept = keepFiles();
  return {
    files: () => kept.all(),
    place() {
      let parts: string[] = [];
      let length = 0;
      return {
        files: kept.all(),
        take(message) {
          if (!isCodeMessage(message)) return false;
          const { path, format, part, isLast } = message;
          length += part.length;
          if (length <= defaults.maxLength) parts.push(part);
          if (!isLast) return true;
          if (length <= defaults.maxLength) kept.add({ path, format, text: parts.join('') });
          parts = [];
          length = 0;
          return true;
        },
      };
    },
  };
}
