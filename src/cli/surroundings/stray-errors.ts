/** Errors of the bot that no hook of it threw: from its own timers, and from promises it did not await. */

import { describeFailure } from '../../io/hosting/failure.js';
import { type BadBotError, BotDecisionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { printLine, type Terminal } from './surroundings.js';

const defaults = {
  maxTold: 10,
  /** UTF-16 units of one warning. */
  maxTextLength: 300,
} as const;

export interface Strays {
  /** Aborted at the first such error, if that is to end the session. */
  readonly signal: AbortSignal;
  /** Aborts it for a reason of its own. */
  fail(error: BadBotError): void;
  /** @throws {BotDecisionError | BadBotError} when the signal is aborted; the bot's own error is the cause. */
  throwIfFatal(): void;
  /** From now on such an error ends the process again. */
  release(): void;
}

/** Keeps the process alive whatever the bot does outside of its hooks. In safe mode it is only told. */
export function watchStrays(safeMode: boolean, io: Terminal): Strays {
  const fatal = new AbortController();
  let told = 0;
  const warn = (error: unknown): void => {
    told += 1;
    if (told > defaults.maxTold) return;
    const what = printable(describeFailure(error), defaults.maxTextLength, io.redact);
    const more = told === defaults.maxTold ? '; further ones are not told' : '';
    printLine(io.stderr, `warning: the bot failed outside of its hooks: ${what}; playing on${more}`);
  };
  const end = (cause: unknown): void => {
    fatal.abort(
      new BotDecisionError(`The bot failed outside of its hooks: ${describeFailure(cause)}`, { cause }),
    );
  };
  return {
    signal: fatal.signal,
    fail: (error) => fatal.abort(error),
    throwIfFatal: () => fatal.signal.throwIfAborted(),
    release: io.onStray(safeMode ? warn : end),
  };
}
