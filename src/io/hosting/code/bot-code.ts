/** The agent's side: one load of a bot's code, of which all its threads and processes are started. */
import { isCodeMessage } from './code-messages.js';
import { linkAt } from './imported-files.js';
import { type KeptFile, keepFiles, type LoadedCode } from './kept-files.js';

const defaults = {
  /** UTF-16 units of a file that is still arriving. */
  maxLength: 64 * 1024 * 1024,
} as const;

export interface BotCode {
  /** What was loaded so far. Where the bot file is was found out when this load began. */
  loaded(): LoadedCode;
  /** What a change of the code would change: the files that were loaded so far, and the links that led to them. */
  watched(): KeptFile[];
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
  const link = linkAt(given);
  if (link !== null) kept.add(link);
  const file = link?.text ?? given;
  return {
    loaded: () => ({ file, files: kept.all().filter(({ form }) => form === 'source') }),
    watched: () => kept.all().filter(({ form }) => form === 'source' || form === 'link'),
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
