/** What the client of the platform reports while it asks for the list of fixtures. */
import { platformEventWords } from '../platform/event-words.js';
import type { PlatformListener } from '../platform/platform-events.js';
import type { AskedFixtures } from './fixture-list-port.js';

export interface ListRemarks {
  readonly onEvent: PlatformListener;
  /** Since the last call. */
  take(): Omit<AskedFixtures, 'fixtures'>;
}

export function collectListRemarks(): ListRemarks {
  let skipped = 0;
  let isPartial = false;
  let remarks = new Set<string>();
  return {
    onEvent(event) {
      if (event.type === 'platform.skipped') skipped += event.count;
      if (event.type === 'platform.partial') isPartial = true;
      if (event.type === 'platform.partial' || event.type === 'platform.reshaped')
        remarks.add(`${platformEventWords(event)}.`);
    },
    take() {
      const taken = { skipped, isPartial, remarks: [...remarks] };
      skipped = 0;
      isPartial = false;
      remarks = new Set();
      return taken;
    },
  };
}
