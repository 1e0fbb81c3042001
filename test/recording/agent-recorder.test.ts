/** What an agent records of the matches that it plays. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { version } from '../../src/protocol/version.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { allTextIn, matchNamesIn, namesIn, recordsIn, resultsIn } from './recorded-folder.js';

class Caller {
  decide({ validActions }: { validActions: readonly string[] }) {
    return validActions.includes('check') ? Action.check() : Action.call();
  }
}

async function playRecorded(matches = 1) {
  const folder = makeFolder();
  const { sandbox } = await openPlatform({ maxHands: 4 });
  const bot = sandbox.addBot();
  const seen: string[] = [];
  const { done, events } = startAgent(Caller, bot, {
    record: { folder, label: 'v7' },
    maxMatches: matches,
    onFrame: ({ matchId, direction, frame }) =>
      matchId !== null && seen.push(`${direction} ${JSON.stringify(frame)}`),
    onEvent: (event) => {
      if (event.type !== 'match.ended') return;
      const lines = readFileSync(join(folder, 'results.jsonl'), 'utf8').trim().split('\n');
      seen.push(`reported with ${lines.length} in the file`);
    },
  });
  for (let n = 0; n < matches; n += 1) await sandbox.dispatch(bot.botId, {});
  const results = await done;
  return { folder, bot, results, seen, events: events.all };
}

describe('an agent with `record`', () => {
  it('has a file for the match with its header, its frames and its events, and an end', async () => {
    const { folder, bot, results, seen, events } = await playRecorded();
    const [result] = results;
    const name = `${result?.matchId}.jsonl`;
    expect(matchNamesIn(folder)).toEqual([name]);
    const { header, records, counts } = await recordsIn(join(folder, name));
    expect(header).toMatchObject({
      schema: 1,
      by: 'agent',
      matchId: result?.matchId,
      participantId: result?.participantId,
      package: version,
      label: 'v7',
      bot: { name: 'Caller', file: null },
      lobby: bot.lobbyUrl,
      played: { hash: null, why: 'The bot was given as code, not as a file.' },
    });
    expect(counts).toEqual({ read: records.length, torn: 0, damaged: 0, damagedLines: [] });
    expect(records.at(-1)?.type).toBe('end');
    const frames = records.flatMap((record) =>
      record.type === 'in' || record.type === 'out' ? `${record.type} ${JSON.stringify(record.frame)}` : [],
    );
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.map(shortened)).toEqual(seen.filter((text) => !text.startsWith('reported')).map(shortened));
    const told = records.flatMap((record) => (record.type === 'event' ? record.event.type : []));
    const ofMatch = events.filter((event) => 'matchId' in event && event.matchId === result?.matchId);
    expect(told).toEqual(ofMatch.map(({ type }) => type));
  });

  it('has the result in the folder before anybody is told of it', async () => {
    const { folder, results, seen } = await playRecorded(2);
    expect(seen.filter((text) => text.startsWith('reported'))).toEqual([
      'reported with 1 in the file',
      'reported with 2 in the file',
    ]);
    expect(await resultsIn(folder)).toMatchObject(
      results.map(({ matchId, netChips, hands, turns }) => ({
        schema: 1,
        matchId,
        netChips,
        hands,
        turns,
        label: 'v7',
        file: `${matchId}.jsonl`,
        opponents: [expect.any(String)],
      })),
    );
  });

  it('keeps what belongs to no match in the file of the session, and the token in none', async () => {
    const { folder, bot } = await playRecorded();
    const session = namesIn(folder).find((name) => name.startsWith('session-')) ?? '';
    const { header, records } = await recordsIn(join(folder, session));
    expect(header).toMatchObject({ matchId: null, label: 'v7' });
    const login = records.find(({ type }) => type === 'out');
    expect(login).toMatchObject({ frame: { type: 'authenticate', token: '[token]' } });
    expect(records.map((record) => (record.type === 'event' ? record.event.type : record.type))).toEqual(
      expect.arrayContaining(['lobby.listening', 'lobby.ended', 'end']),
    );
    expect(allTextIn(folder)).not.toContain(bot.token);
  });
});

/** The agent reads some fields of frames, and records frames as they came: only their types are compared. */
const shortened = (text: string): string => text.replace(/^(\w+) .*?"type":"(\w+)".*$/s, '$1 $2');
