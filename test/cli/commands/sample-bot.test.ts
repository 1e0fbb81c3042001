import { describe, expect, it } from 'vitest';
import { SampleBot } from '../../../src/cli/commands/sample-bot.js';
import { createTable } from '../../../src/holdem/table.js';
import { viewOf } from '../../../src/holdem/view-of.js';
import { houseBots } from '../../../src/house/house-bots.js';
import { turnRequest } from '../../../src/sandbox/match/wire-of-hand.js';

interface Played {
  /** Net chips of the sample bot. */
  net: number;
  /** How many decisions both made. */
  decisions: number;
}

/** Some short matches, decided without a socket. */
async function play(opponent: string, matches: number): Promise<Played[]> {
  const played: Played[] = [];
  for (let i = 0; i < matches; i += 1) {
    const seed = `${opponent}-${i}`;
    const house = houseBots[opponent]?.(seed);
    if (house === undefined) throw new Error(`no house bot ${opponent}`);
    const seats = [new SampleBot(), house];
    const table = createTable({
      seats: 2,
      startingStack: 1000,
      smallBlind: 5,
      bigBlind: 10,
      maxHands: 60,
      seed,
    });
    let decisions = 0;
    while (!table.over) {
      let facts = table.startHand();
      while (table.turn !== null) {
        const { seat } = table.turn;
        const frame = turnRequest(table.turn, { requestId: 'r', clockMs: 0, deadline: 0 });
        const turn = {
          matchId: 'm',
          requestId: 'r',
          deadline: 0,
          signal: new AbortController().signal,
          raw: frame,
          propose: () => undefined,
          note: () => undefined,
        };
        const answer = await seats[seat]?.decide(viewOf(table.turn, seat), turn);
        if (answer === undefined) throw new Error('nobody sits there');
        decisions += 1;
        facts = table.act(answer);
      }
      for (const fact of facts)
        if (fact.type === 'matchEnded') played.push({ net: fact.standings[0]?.netChips ?? 0, decisions });
    }
  }
  return played;
}

const sum = (played: Played[]) => played.reduce((total, { net }) => total + net, 0);

describe('the sample bot', () => {
  it.each(['calling-station', 'random'])('only ever answers legally and beats %s', async (opponent) => {
    const played = await play(opponent, 20);
    expect(played).toHaveLength(20);
    expect(sum(played)).toBeGreaterThan(3_000);
  });

  it('plays the same cards the same way', async () => {
    expect(await play('calling-station', 5)).toEqual(await play('calling-station', 5));
  });
});
