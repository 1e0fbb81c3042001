import { describe, expect, it } from 'vitest';
import { SampleBot } from '../../../src/cli/commands/sample-bot.js';
import { parseGameState } from '../../../src/holdem/game-state.js';
import { createTable } from '../../../src/holdem/table.js';
import { houseBots } from '../../../src/house/house-bots.js';

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
      let events = table.startHand();
      while (table.turn !== null) {
        const { seat, validActions, state } = table.turn;
        const frame = { type: 'turn_request', request_id: 'r', valid_actions: validActions, state } as const;
        const turn = {
          matchId: 'm',
          requestId: 'r',
          deadline: 0,
          signal: new AbortController().signal,
          raw: frame,
          propose: () => undefined,
        };
        const answer = await seats[seat]?.decide(parseGameState(frame), turn);
        if (answer === undefined) throw new Error('nobody sits there');
        decisions += 1;
        events = table.act('toWire' in answer ? answer.toWire() : answer);
      }
      for (const event of events)
        if (event.type === 'matchEnded') played.push({ net: event.standings[0]?.netChips ?? 0, decisions });
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
