/** What the thread or the process of a bot is started with. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { codeUrl, findOwnFile } from '../../../files/own-files.js';
import { OptionError } from '../../../protocol/errors.js';
import type { BotThread } from './bot-thread.js';

const entries = {
  thread: 'io/hosting/threads/bot-thread-entry',
  process: 'io/hosting/processes/bot-process-entry',
} as const satisfies Record<BotThread['place'], string>;

const sources = (path: string): string => fileURLToPath(new URL(`../${path}.ts`, codeUrl));

/**
 * @returns the path of a file, or from sources, as in tests and benchmarks, a program that translates them first.
 *
 * @throws {OptionError} when a bundle has no such file, and on Bun and Deno, where nothing would confine the bot.
 */
export function botEntry(place: BotThread['place']): { file: string } | { program: string } {
  const { bun, deno } = process.versions;
  const other = bun === undefined ? deno && `Deno ${deno}` : `Bun ${bun}`;
  if (other !== undefined) {
    throw new OptionError(
      'isolate',
      `A bot in a ${place} of its own needs Node, and this is ${other}: start it with Node, or take isolate none (--isolate none of demo, dev and run).`,
    );
  }
  return ownProgram(entries[place], 'isolate');
}

/**
 * A program of this package for another thread or process.
 *
 * @param path of its source, without extension.
 * @param option which needs it, for the error.
 * @throws {OptionError} when a bundle has no such file.
 */
export function ownProgram(path: string, option: string): { file: string } | { program: string } {
  if (!codeUrl.endsWith('.ts')) return { file: findOwnFile(`dist/${path}.js`, option) };
  // Maps the package's own name to its sources.
  const alias = {
    'chipzen-agent': sources('index'),
    'chipzen-agent/arena': sources('arena/index'),
    'chipzen-agent/holdem': sources('holdem/index'),
    'chipzen-agent/platform': sources('platform/index'),
    'chipzen-agent/profiles': sources('profiles/index'),
    'chipzen-agent/sandbox': sources('sandbox/index'),
  };
  const jiti = createRequire(codeUrl).resolve('jiti');
  const file = JSON.stringify(sources(path));
  const options = JSON.stringify({ alias });
  return { program: `require(${JSON.stringify(jiti)}).createJiti(${file}, ${options}).import(${file})` };
}
