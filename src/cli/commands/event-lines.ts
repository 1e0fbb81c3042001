/** What a session prints of its events: lines for a person, the stacks of the bot's failures, or lines of JSON. */

import { stackOf } from '../../io/hosting/failure.js';
import { describeEvent, isWarning } from '../../io/reports/describe.js';
import { eventJson } from '../../io/reports/event-json.js';
import type { TimedAgentEvent } from '../../protocol/events.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

/** Characters. */
export const maxLineLength = 1_000;
/** Of an error with causes. */
const maxCauses = 5;

/** Warnings go to standard error. */
export function humanLines(io: Terminal): (event: TimedAgentEvent) => void {
  return (event) => {
    const line = describeEvent(event, io.redact);
    if (line !== null) printLine(isWarning(event) ? io.stderr : io.stdout, line);
  };
}

/** The whole stack of each failure of the bot, the first time that it comes. */
export function stackLines(io: Terminal): (event: TimedAgentEvent) => void {
  return (event) => {
    if (event.type !== 'bot.terminated' && (event.type !== 'bot.failed' || (event.times ?? 1) > 1)) return;
    for (const line of stackOf(event.error, maxCauses)) {
      printLine(io.stderr, printable(line, maxLineLength, io.redact));
    }
  };
}

export function jsonEvents(io: Terminal): (event: TimedAgentEvent) => void {
  return (event) => printLine(io.stdout, visibleJson(io.mask.json(eventJson(event))));
}
