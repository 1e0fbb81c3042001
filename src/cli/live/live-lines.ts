/** The lines above the live table: events that a user may want to read later. */

import { describeEvent } from '../../io/reports/describe.js';
import type { AgentEvent } from '../../protocol/events.js';
import { toneOfChips } from './live-columns.js';
import type { Tone } from './live-style.js';

/** The tone of each event that gets a line; other events show in the table only. */
const tones: Readonly<Partial<Record<AgentEvent['type'], Tone>>> = {
  'config.warning': 'warn',
  'lobby.lost': 'warn',
  'lobby.refusing': 'warn',
  'lobby.error': 'warn',
  'match.skipped': 'warn',
  'match.lost': 'warn',
  'match.error': 'warn',
  'turn.corrected': 'warn',
  'turn.overdue': 'warn',
  'turn.late': 'warn',
  'turn.rejected': 'warn',
  'turn.timed_out': 'warn',
  'bot.failed': 'bad',
  'bot.slow': 'warn',
  'card.unread': 'warn',
  'frame.refused': 'warn',
  'lobby.ended': 'strong',
  'lobby.left': 'strong',
  'fixture.listed': 'strong',
  'fixture.unlisted': 'warn',
  'fixture.moved': 'warn',
  'fixture.cancelled': 'warn',
  'fixture.near': 'strong',
  'fixture.matched': 'strong',
  'fixture.unmatched': 'warn',
  'fixture.alarm': 'bad',
  'fixture.served': 'good',
  'fixture.missed': 'bad',
  'clock.jumped': 'warn',
};

export interface ToldLine {
  text: string;
  tone: Tone | null;
}

/**
 * The line for an event; null for an event without one.
 *
 * @param redact takes secrets out of the line.
 */
export function importantLine(event: AgentEvent, redact: (text: string) => string): ToldLine | null {
  const tone = toneOf(event);
  const text = tone === undefined ? null : describeEvent(event, redact);
  return text === null || tone === undefined ? null : { text, tone };
}

function toneOf(event: AgentEvent): Tone | null | undefined {
  if (event.type === 'match.ended') {
    const { outcome, netChips } = event.result;
    return outcome === 'completed' ? toneOfChips(netChips ?? 0) : 'bad';
  }
  // The address is printed once; retries show in the table.
  if (event.type === 'lobby.connecting') return event.attempt === 0 ? null : undefined;
  return event.type === 'lobby.draining' || event.type === 'config.proxy' ? null : tones[event.type];
}
