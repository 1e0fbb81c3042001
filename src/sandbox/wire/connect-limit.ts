/** How often one address may connect (docs/protocol.md 5: 1008). */
import type { Timers } from '../../time/timers.js';

const defaults = { windowMs: 60_000, maxAddresses: 1_000 } as const;

/** @returns a function to call for each connection. It returns false when the connection is one too many. */
export function createConnectLimit(
  timers: Timers,
  perMinute: number,
  scaleClock: (ms: number) => number,
): (address: string) => boolean {
  const windowMs = scaleClock(defaults.windowMs);
  let windowStart = timers.now();
  const counts = new Map<string, number>();

  return (address) => {
    // A new window begins also when there are too many addresses to remember.
    if (timers.now() - windowStart >= windowMs || counts.size >= defaults.maxAddresses) {
      windowStart = timers.now();
      counts.clear();
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count <= perMinute;
  };
}
