/** Errors of the bot outside of its hooks: from its own timers, and from promises that it did not await. */

import { describeFailureAt } from '../../io/hosting/failure.js';
import { type BadBotError, BotDecisionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { printLine, type Terminal } from './surroundings.js';

const defaults = {
  maxReported: 10,
  /** The most UTF-16 units of a warning. */
  maxTextLength: 300,
} as const;

export interface Strays {
  /** Aborted at the first such error if it ends the session. */
  readonly signal: AbortSignal;
  /** Aborts the signal with another error. */
  fail(error: BadBotError): void;
  /** @throws {BotDecisionError | BadBotError} if the signal is aborted; the bot's own error is the cause. */
  throwIfFatal(): void;
  /** Ends the watch: such an error ends the process again. */
  release(): void;
}

/** Keeps the process alive whatever the bot throws outside of its hooks. In safe mode it is only reported. */
export function watchStrays(safeMode: boolean, io: Terminal): Strays {
  const fatal = new AbortController();
  let reported = 0;
  const warn = (error: unknown): void => {
    reported += 1;
    if (reported > defaults.maxReported) return;
    const what = printable(describeFailureAt(error), defaults.maxTextLength, io.redact);
    const more = reported === defaults.maxReported ? '; further ones are not reported' : '';
    printLine(io.stderr, `warning: the bot failed outside of its hooks: ${what}; playing on${more}`);
  };
  const end = (cause: unknown): void => {
    fatal.abort(
      new BotDecisionError(`The bot failed outside of its hooks: ${describeFailureAt(cause)}`, { cause }),
    );
  };
  return {
    signal: fatal.signal,
    fail: (error) => fatal.abort(error),
    throwIfFatal: () => fatal.signal.throwIfAborted(),
    release: io.onStray(safeMode ? warn : end),
  };
}
