/** Writes a calendar file (RFC 5545, iCalendar). */

const defaults = {
  /** Of a line without its end, counted in UTF-8 (RFC 5545 3.1). */
  maxOctets: 75,
  /** How long a fixture blocks the calendar: most are over by then. */
  lengthMinutes: 40,
  /** The alarm comes when the bot should be in its lobby. */
  leadMinutes: 12,
} as const;

/** What stands in a calendar of one fixture. Times are epoch milliseconds. */
export interface CalendarEvent {
  /** The same for as long as it is the same fixture: calendars know an event by it. */
  readonly uid: string;
  /** One more each time that the fixture is another one in some way. */
  readonly sequence: number;
  /** When it was changed last. */
  readonly stampedAt: number;
  readonly startsAt: number;
  readonly summary: string;
  readonly description: string;
  readonly isCancelled: boolean;
}

/** The whole file, with CRLF behind each line. */
export function calendarText(events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//chipzen-agent//fixtures//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
  const { uid, sequence, stampedAt, startsAt, isCancelled } = event;
  const summary = escaped(event.summary);
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utcStamp(stampedAt)}`,
    `DTSTART:${utcStamp(startsAt)}`,
    `DURATION:PT${defaults.lengthMinutes}M`,
    `SEQUENCE:${sequence}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escaped(event.description)}`,
    // Some calendars lose an event whose alarm stands before other properties.
    ...(isCancelled
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `TRIGGER:-PT${defaults.leadMinutes}M`,
          `DESCRIPTION:${summary}`,
          'END:VALARM',
        ]),
    'END:VEVENT',
  ];
}

/** `20260106T184000Z`. */
function utcStamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replaceAll(/[-:]/g, '')}Z`;
}

/** Text as a value (RFC 5545 3.3.11). Control characters, and halves of characters, have no place in one. */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}|\p{Cs}/gu, '')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** Folds at octets, and never inside of a character or of an escape. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const [piece] of line.matchAll(/\\[^]|[^]/gu)) {
    const length = Buffer.byteLength(piece);
    if (octets + length > defaults.maxOctets) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += piece;
    octets += length;
  }
  return [...parts, part].join('\r\n');
}
