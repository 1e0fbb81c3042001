import { OptionError } from '../../protocol/errors.js';
import { flag } from './option-checks.js';

/** The dialects that the platform can speak, the default first (docs/protocol.md 11). */
export const dialectNames = ['played', 'documents', 'legacy'] as const;

/**
 * `played`: as players saw it. `documents`: as the newest documents have it. `legacy`: as older servers spoke.
 */
export type DialectName = (typeof dialectNames)[number];

/**
 * `legacy: true` is another word for the dialect `legacy`.
 *
 * @throws {OptionError} for a dialect that there is not, and for options that contradict each other.
 */
export function dialectNameOf(options: { dialect?: unknown; legacy?: unknown }): DialectName {
  const isLegacy = flag('legacy', options.legacy ?? false);
  const { dialect = isLegacy ? 'legacy' : dialectNames[0] } = options;
  const found = dialectNames.find((known) => known === dialect);
  if (found === undefined) {
    throw new OptionError('dialect', `The option dialect must be one of ${dialectNames.join(', ')}.`);
  }
  if (isLegacy && found !== 'legacy') {
    throw new OptionError(
      'legacy',
      `The options legacy and dialect ${found} contradict each other; give one of them.`,
    );
  }
  return found;
}
