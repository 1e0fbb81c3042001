import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oddKindOf } from '../../files/file-kind.js';
import { isObject } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';

/** A bot given as its file, so that it can be loaded in another thread or process. */
export interface BotModule {
  /**
   * A file in TypeScript or JavaScript: a path (from the working directory), a `file:` URL, or a `URL` such as
   * `new URL('./my-bot.js', import.meta.url)`.
   */
  module: string | URL;
  /**
   * The name of the export, or of the class that is exported. Default: the export that extends `Bot`, else the one that has
   * `decide`, else a function; of several alike the default export.
   */
  export?: string;
}

export function isBotModule(value: unknown): value is BotModule {
  return isObject(value) && 'module' in value && !('decide' in value);
}

/** The path of a bot module. @throws {OptionError} when it does not name a file. */
export function pathOfModule({ module, export: name }: BotModule): string {
  if (name !== undefined && typeof name !== 'string') {
    throw new OptionError('export', 'The export of a bot module must be text.');
  }
  if (typeof module !== 'string' && !(module instanceof URL)) {
    throw new OptionError('module', 'The module of a bot must be a path or a file URL.');
  }
  const text = String(module);
  if (!/^[a-z][a-z\d+.-]+:/i.test(text)) return botFile(text);
  try {
    return botFile(fileURLToPath(text));
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw new OptionError('module', `The module of a bot must be a file, not ${text.slice(0, 64)}.`);
  }
}

/** The absolute path of a bot file. @throws {OptionError} when there is no such file, or it is a folder, a pipe or a device. */
export function botFile(file: string): string {
  if (file === '') throw new OptionError('bot file', 'The name of the bot file is empty.');
  const path = resolve(file);
  const kind = oddKindOf(statsOf(path));
  if (kind === null) return path;
  const instead = kind === 'a folder' ? 'Give the bot file in it.' : 'Give a bot file.';
  throw new OptionError('bot file', `${path} is ${kind}. ${instead}`);
}

function statsOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    throw new OptionError(
      'bot file',
      code === 'EACCES'
        ? `${path} cannot be read (EACCES). Let this user read it.`
        : `There is no bot file ${path}.`,
    );
  }
}
