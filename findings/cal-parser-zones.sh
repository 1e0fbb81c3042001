#!/usr/bin/env bash
# cal-parser 1.0.2, seen 2026-11-28.
# Guess:  a start with TZID=Europe/Berlin is that moment, as node-ical 0.26.1 and ical.js read it.
# Seen:   it is a Date with the digits of the zone taken for UTC: 20:40 in Berlin in July is 20:40 UTC, two hours late. The name of the zone is in
#         params beside it, and the Date looks finished. Starts in UTC are right.
# Hurt:   a bot that enters its lobby by a calendar comes an hour or two after its fixture.
# Do:     write and read calendars in UTC only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts cal-parser@1.0.2 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import calendar from 'cal-parser';

const event = (uid, start) => ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', start, 'SUMMARY:birch', 'END:VEVENT'];
const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//EN', ...event('utc', 'DTSTART:20260706T184000Z'),
  ...event('zone', 'DTSTART;TZID=Europe/Berlin:20260706T204000'), 'END:VCALENDAR', ''].join('\r\n');
const starts = calendar.parseString(text).events.map(({ dtstart }) => dtstart.value.toISOString());
assert.deepEqual(starts, ['2026-07-06T18:40:00.000Z', '2026-07-06T20:40:00.000Z']);
console.log('cal-parser 1.0.2: the same moment in UTC and in Berlin:', starts.join(', '));
END
node probe.mjs
