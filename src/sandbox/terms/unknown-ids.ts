/** What a program is told that names a bot or a match of which the platform does not know. */
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';

const maxShown = 80;

export function unknownBot(botId: unknown): OptionError {
  return new OptionError(
    'botId',
    `There is no bot ${printable(String(botId), maxShown)} here: take an id that addBot() or bots() returned.`,
  );
}

/** Also of a match that is over for so long that it is forgotten. */
export function unknownMatch(matchId: unknown): OptionError {
  return new OptionError(
    'matchId',
    `There is no match ${printable(String(matchId), maxShown)} here: take an id that dispatch() or matches() returned.`,
  );
}
