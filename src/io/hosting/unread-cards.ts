/** Reports cards that could not be read: the bot plays on without them. */
import type { OnUnread } from '../../holdem/game-state.js';
import { printable } from '../../protocol/redact.js';

const defaults = { maxFoundLength: 40 } as const;

/**
 * Reports only the first one of each field of a match: a server that writes one card differently writes all of them
 * so.
 */
export function createUnreadReport(report: (field: string, found: string) => void): OnUnread {
  const told = new Set<string>();
  return (field, found) => {
    if (told.has(field)) return;
    told.add(field);
    report(field, describe(found));
  };
}

/** As JSON, which shows the type. */
function describe(found: unknown): string {
  return printable(JSON.stringify(found) ?? typeof found, defaults.maxFoundLength);
}
