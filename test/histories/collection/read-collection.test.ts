/** Everything that files and folders hold, match by match. */
import { describe, expect, it } from 'vitest';
import type { CollectedMatch } from '../../../src/histories/collection/collected-match.js';
import { readCollection } from '../../../src/histories/collection/read-collection.js';
import { asPlayed, playRecordedMatch } from './played-records.js';

async function matchesIn(...paths: string[]): Promise<CollectedMatch[]> {
  const matches: CollectedMatch[] = [];
  for await (const match of readCollection(paths)) matches.push(match);
  return matches;
}

describe('what was recorded is what was played', () => {
  it('by the agent: the hands of /replay, with our cards and those that were shown', async () => {
    const { matchId, result, agentFolder, replayed } = await playRecordedMatch();
    const [match, ...more] = await matchesIn(agentFolder);
    expect(more).toEqual([]);
    expect(match).toMatchObject({
      matchId,
      by: 'agent',
      header: { label: 'v7' },
      seat: result?.seat,
      netChips: result?.netChips,
      result: { netChips: result?.netChips },
      refused: [],
    });
    expect(replayed.length).toBeGreaterThan(3);
    expect(match?.hands.map(asPlayed)).toEqual(replayed.map(asPlayed));
    expect(match?.decisions).toHaveLength(result?.turns ?? -1);
  });

  it('by the platform: all cards face up', async () => {
    const { platformFolder, replayed } = await playRecordedMatch({ opponents: 4 });
    const [match] = await matchesIn(platformFolder);
    expect(match?.hands.map(asPlayed)).toEqual(replayed.map(asPlayed));
    expect(match?.hands.every(({ seats }) => seats.every(({ cards }) => cards?.length === 2))).toBe(true);
  });
});
