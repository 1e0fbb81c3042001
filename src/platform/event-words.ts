import type { PlatformEvent } from './platform-events.js';

/** What the client did by itself, without a full stop: for a note or a warning. */
export function platformEventWords(event: PlatformEvent): string {
  switch (event.type) {
    case 'platform.waiting': {
      const why = event.why === 'rate_limited' ? 'the platform wants fewer requests' : event.message;
      return `waiting ${Math.ceil(event.ms / 1_000)} s: ${why}`;
    }
    case 'platform.skipped':
      return `${event.request}: ${event.count} entries cannot be read, and are left out`;
    case 'platform.reshaped':
      return `${event.request}: the list was found ${event.place === '' ? 'as the whole answer' : `as "${event.place}"`}, not as "${event.usual}", and read all the same`;
    case 'platform.partial':
      return `${event.request}: there is more than the ${event.entries} entries that were read, and ${whyNotAll(event)}`;
  }
}

function whyNotAll({ why, message }: Extract<PlatformEvent, { type: 'platform.partial' }>): string {
  if (why === 'too_long') return 'no more pages are asked for: no list for one bot is as long';
  return why === 'failed'
    ? `the next page failed: ${message?.replace(/\.$/, '')}`
    : 'how to ask for the rest is not said';
}
