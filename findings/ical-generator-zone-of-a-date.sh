#!/usr/bin/env bash
# ical-generator 10.2.0, read by node-ical 0.26.1 and ical.js 2.2.1, seen 2026-11-28.
# Guess:  an event with `start: new Date('2026-11-28T20:00:00Z')` and a `timezone` begins at that instant; the zone says how it is shown.
# Seen:   the clock of the machine that writes is taken and the zone's name put to it. With timezone 'Asia/Tokyo' a server in UTC writes 20:00 in Tokyo, nine
#         hours early; one in New York writes 15:00 in Tokyo. A zone of the whole calendar writes no zone at all: 20:00 wherever it is read.
#         Without any timezone it is right everywhere.
# Hurt:   the calendar of a season's matches, to which somebody adds the players' zone: everybody who subscribed comes nine hours too early. On a
#         developer's machine in that very zone it is right.
# Do:     leave timezone out for Dates (UTC is written, calendars show it in the reader's zone), or hand over a zoned time (Luxon, TZDate).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts ical-generator@10.2.0 node-ical@0.26.1 ical.js@2.2.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { ICalCalendar } from 'ical-generator';
import nodeIcal from 'node-ical';

const start = new Date('2026-11-28T20:00:00Z');
const calendarOf = (calendar, event) => {
  const written = new ICalCalendar({ name: 'Season', ...calendar });
  written.createEvent({ id: 'match-1', summary: 'Match', start, ...event });
  return written.toString();
};
const line = (text) => text.match(/^DTSTART.*$/m)[0].trim();
const startOf = (text) => Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT').start.toISOString();
const under = (zone, work) => {
  process.env.TZ = zone;
  return work();
};
const plain = calendarOf({}, {});
const tokyo = { timezone: 'Asia/Tokyo' };
assert.equal(under('UTC', () => startOf(plain)), start.toISOString());
assert.equal(under('America/New_York', () => startOf(calendarOf({}, {}))), start.toISOString());

const fromUtc = under('UTC', () => calendarOf({}, tokyo));
const fromNewYork = under('America/New_York', () => calendarOf({}, tokyo));
assert.equal(line(fromUtc), 'DTSTART;TZID=Asia/Tokyo:20261128T200000');
assert.equal(line(fromNewYork), 'DTSTART;TZID=Asia/Tokyo:20261128T150000');
assert.equal(line(under('Asia/Tokyo', () => calendarOf({}, tokyo))), 'DTSTART;TZID=Asia/Tokyo:20261129T050000');
assert.equal(startOf(fromUtc), '2026-11-28T11:00:00.000Z');
const whole = under('UTC', () => calendarOf(tokyo, {}));
assert.equal(line(whole), 'DTSTART:20261128T200000');
const floating = new ICAL.Event(new ICAL.Component(ICAL.parse(whole)).getFirstSubcomponent('vevent')).startDate;
assert.equal(floating.zone.tzid, 'floating');
console.log('ical-generator 10.2.0:', start.toISOString(), 'with Asia/Tokyo is', line(fromUtc), 'from a server in UTC, which is', startOf(fromUtc), '- for the whole calendar', line(whole));
EOF
node probe.mjs
