#!/usr/bin/env bash
# cal-parser 1.0.2, seen 2026-11-28.
# Guess:  the description of an event is its own, whatever its alarm says.
# Seen:   the fields of a VALARM are put into its event: its DESCRIPTION replaces the one of the event when it stands after it, as the usual order is.
# Hurt:   who reads opponent, stage and clock of a fixture from the description gets "fixture in 12 minutes" in all of them.
# Do:     take alarms out before, or read with a library that keeps components apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts cal-parser@1.0.2 >/dev/null
cat > probe.mjs <<'END'
import assert from 'node:assert/strict';
import calendar from 'cal-parser';

const read = (alarm) => calendar.parseString(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//EN', 'BEGIN:VEVENT', 'UID:f1', 'DTSTAMP:20260101T000000Z',
  'DTSTART:20260106T184000Z', 'DESCRIPTION:against birch\\, 30 s', ...alarm, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')).events[0].description.value;
const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT12M', 'DESCRIPTION:soon', 'END:VALARM'];
assert.deepEqual([read([]), read(alarm)], ['against birch, 30 s', 'soon']);
console.log('cal-parser 1.0.2: description without and with an alarm:', read([]), '-', read(alarm));
END
node probe.mjs
