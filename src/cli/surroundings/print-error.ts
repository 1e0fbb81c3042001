/** Prints the error of a command that failed. */

import { describeFailure, stackOf } from '../../io/hosting/failure.js';
import { ChipzenError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { printLine, type Terminal } from './surroundings.js';

const defaults = { maxMessageLength: 1_000, maxCauses: 5 } as const;

/** Prints one sentence on standard error; with `verbose` the stacks of the error and its causes too. */
export function printError(error: unknown, verbose: boolean, terminal: Terminal): void {
  const print = (line: string) =>
    printLine(terminal.stderr, printable(line, defaults.maxMessageLength, terminal.redact));
  print(`chipzen-agent: ${error instanceof ChipzenError ? error.message : describeFailure(error)}`);
  if (verbose) {
    for (const line of stackOf(error, defaults.maxCauses)) print(line);
  } else if (!(error instanceof ChipzenError) || (error.cause !== undefined && error.code !== 'bad_option')) {
    print('Run again with --verbose to see where it came from.');
  }
}
