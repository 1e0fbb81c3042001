import { describe, expect, it } from 'vitest';
import { type CalendarEvent, calendarText } from '../../src/season/calendar-text.js';
import { mark } from './example-fixtures.js';
import { readCalendar } from './read-calendar.js';

const event: CalendarEvent = {
  uid: 'abc@chipzen-agent',
  sequence: 2,
  stampedAt: mark - 3_600_000,
  startsAt: mark,
  summary: 'Chipzen: birch (round_robin, round 1)',
  description: 'Against birch.\nClock: 30 s for a decision.',
  isCancelled: false,
};

describe('a calendar', () => {
  it('has each event with its alarm last, and CRLF everywhere', () => {
    expect(calendarText([event]).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//chipzen-agent//fixtures//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:abc@chipzen-agent',
      'DTSTAMP:20260106T174000Z',
      'DTSTART:20260106T184000Z',
      'DURATION:PT40M',
      'SEQUENCE:2',
      'STATUS:CONFIRMED',
      'SUMMARY:Chipzen: birch (round_robin\\, round 1)',
      'DESCRIPTION:Against birch.\\nClock: 30 s for a decision.',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT12M',
      'DESCRIPTION:Chipzen: birch (round_robin\\, round 1)',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('says of a cancelled event that it is, and rings for none', () => {
    const text = calendarText([{ ...event, isCancelled: true }]);
    expect(text).toContain('STATUS:CANCELLED\r\n');
    expect(text).not.toContain('VALARM');
  });

  it('of no events is a whole file', () => {
    expect(calendarText([])).toMatch(/^BEGIN:VCALENDAR\r\n(?:[^\r\n]+\r\n)+END:VCALENDAR\r\n$/);
  });

  // Folding by UTF-16 units writes 140 octets for such a name, or splits an emoji.
  it.each([0, 1, 2, 3, 4, 5, 6])(
    'gives any name back, folded at 75 octets at most (shifted by %d)',
    (shift) => {
      const name = `${'a'.repeat(shift)}${'漢字の名前'.repeat(6)}😀👩‍👧🎲, ; \\ end\\n,\nnext`;
      const text = calendarText([{ ...event, summary: name, description: name }]);
      const lines = text.split('\r\n');
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\uFFFD]/);
      expect(Buffer.from(text).toString()).toBe(text);
      expect(readCalendar(text)).toMatchObject([
        { SUMMARY: name, DESCRIPTION: name, 'VALARM.DESCRIPTION': name },
      ]);
    },
  );

  it('never folds inside of an escape', () => {
    for (let shift = 0; shift < 80; shift += 1) {
      const text = calendarText([{ ...event, summary: `${'a'.repeat(shift)}${',\\;\n'.repeat(20)}` }]);
      for (const line of text.split('\r\n')) expect(line).not.toMatch(/(?<!\\)(?:\\\\)*\\$/);
    }
  });

  it('drops what is no text', () => {
    const text = calendarText([{ ...event, summary: 'a\u0000b\u001b[31mc\u007f\ud800d\r\ne' }]);
    expect(readCalendar(text)).toMatchObject([{ SUMMARY: 'ab[31mcd\ne' }]);
  });
});
