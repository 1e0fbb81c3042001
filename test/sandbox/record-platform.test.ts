/** What a local platform records of its tables. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordPlatform } from '../../src/sandbox/record-platform.js';
import { systemClock, timesOf } from '../../src/time/clock.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { matchNamesIn, namesIn, recordsIn } from '../recording/recorded-folder.js';

it('has every fact of the table, all cards face up, from the first hand to the end of the match', async () => {
  const folder = makeFolder();
  const recorder = recordPlatform({
    folder,
    limits: { maxBytes: Infinity, maxAgeMs: Infinity, maxMatches: Infinity },
    clock: systemClock,
    ...timesOf({}),
    onTrouble: (message) => expect.unreachable(message),
  });
  const { sandbox, events } = await openPlatform({ maxHands: 3, onEvent: recorder.onEvent });
  const { matchId } = await sandbox.play({ players: ['calling-station', 'calling-station'] });
  const end = await sandbox.result(matchId);
  await recorder.close();

  expect(namesIn(folder)).toEqual(matchNamesIn(folder));
  const { header, records, counts } = await recordsIn(join(folder, `${matchId}.jsonl`));
  expect(header).toMatchObject({ by: 'platform', matchId, players: ['calling-station', expect.any(String)] });
  expect(counts).toMatchObject({ torn: 0, damaged: 0 });
  const facts = records.flatMap((record) => (record.type === 'fact' ? [record.fact] : []));
  const told = events.flatMap((event) => (event.type === 'table.changed' ? [event.event] : []));
  expect(facts).toEqual(JSON.parse(JSON.stringify(told)));
  expect(facts.filter(({ type }) => type === 'handEnded')).toHaveLength(3);
  const cards = facts.flatMap((fact) => (fact.type === 'handStarted' ? [fact.holeCards] : []));
  expect(cards.flat().every(({ length }) => length === 2)).toBe(true);
  const last = records.findLast((record) => record.type === 'platform');
  expect(last).toMatchObject({ event: { type: 'match.ended', end: JSON.parse(JSON.stringify(end)) } });
  expect(records.at(-1)?.type).toBe('end');
});
