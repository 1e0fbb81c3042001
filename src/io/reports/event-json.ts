import { stackOf } from '../hosting/failure.js';

const defaults = { maxCauses: 5 } as const;

/** An event of a session or a platform as JSON, whatever a bot threw or answered with. */
export function eventJson(event: { readonly type: string }): string {
  try {
    // A replacer makes it three times as slow, and every turn has two events.
    const mayHoldErrors = 'error' in event || 'fault' in event;
    return mayHoldErrors ? JSON.stringify(event, errorsAsObjects) : JSON.stringify(event);
  } catch {
    // A bot may answer with or throw values that JSON cannot hold; the other fields are printed.
    const plain = Object.entries(event).filter(([, value]) => typeof value !== 'object' || value === null);
    return JSON.stringify(Object.fromEntries(plain), (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  }
}

function errorsAsObjects(_key: string, value: unknown): unknown {
  return value instanceof Error
    ? { name: value.name, message: value.message, stack: stackOf(value, defaults.maxCauses) }
    : value;
}
