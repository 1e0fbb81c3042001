#!/usr/bin/env bash
# ical.js 2.2.1 (node-ical 0.26.1 beside it), seen 2026-11-28.
# Guess:  DTSTART;TZID=America/New_York:20261128T200000 is eight in the evening in New York.
# Seen:   the parser knows no zone that the file does not define itself (VTIMEZONE), and such a time is "floating": toJSDate() takes it for the clock of
#         the machine. The event keeps the right name in `timezone`, nothing is reported. Writers leave VTIMEZONE out: ical-generator does by default.
# Hurt:   a scheduler that seats a bot by a calendar: on a server in UTC it comes five hours too early and is gone when the match begins, on the laptop
#         in New York all is right.
# Do:     ICAL.TimezoneService.register() the zones before (ical.timezones.js), or refuse events whose startDate.zone.tzid is 'floating' while
#         startDate.timezone names one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts ical.js@2.2.1 node-ical@0.26.1 >/dev/null
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//season//EN', 'BEGIN:VEVENT', 'UID:match-1', 'DTSTAMP:20261101T000000Z',
  'DTSTART;TZID=America/New_York:20261128T200000', 'DTEND;TZID=America/New_York:20261128T220000', 'SUMMARY:Match', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const startDate = () => new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).startDate;
const seen = {};
for (const zone of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
  process.env.TZ = zone;
  seen[zone] = startDate().toJSDate().toISOString();
  const { start } = Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT');
  assert.equal(start.toISOString(), '2026-11-29T01:00:00.000Z', zone);
}
assert.deepEqual([startDate().timezone, startDate().zone.tzid], ['America/New_York', 'floating']);
assert.deepEqual(seen, { UTC: '2026-11-28T20:00:00.000Z', 'Asia/Tokyo': '2026-11-28T11:00:00.000Z', 'America/New_York': '2026-11-29T01:00:00.000Z' });
console.log('ical.js 2.2.1: 20:00 in New York, read on a machine in:', JSON.stringify(seen));
EOF
node probe.mjs
