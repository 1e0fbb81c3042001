import { describe, expect, it } from 'vitest';
import type { MatchEnd } from '../../../src/protocol/frames.js';
import { type HostileMatch, openHostileMatch } from './hostile-moves.js';

const parts = 10;
const sequencesOfPart = 40;
const steps = 60;

/** After its end a match has nothing more to tell than who leaves and who comes too late. */
const afterTheEnd = ['seat.disconnected', 'seat.refused'];

/** Checks at every event what must hold at every moment; throws where it does not. */
function watch(match: HostileMatch): { ends: MatchEnd[] } {
  const { platform, run, players, chips } = match;
  const ends: MatchEnd[] = [];
  const forfeited = new Set<number>();
  let stacks = players.map(() => platform.settings.startingStack);
  let openTurn: { requestId: string; seat: number } | null = null;

  /** Told to the seat itself at once, whether it has a connection or not. */
  function isPlayed(seat: number): boolean {
    return players[seat]?.turn === null;
  }

  function expectEndToldTo(peer: unknown): void {
    for (const client of platform.clients) {
      if (client.peer === null || client.peer !== peer) continue;
      expect(client.isOpen).toBe(false);
      if (client.closed?.code === 1000) expect(client.frames.at(-1)?.type).toBe('match_end');
    }
  }

  platform.on((event) => {
    if (event.type === 'platform.fault') throw event.error;
    if (ends.length > 0 && 'matchId' in event) expect(afterTheEnd).toContain(event.type);
    if (event.type === 'turn.opened') {
      expect(openTurn === null || isPlayed(openTurn.seat), 'the turn before is over').toBe(true);
      openTurn = event;
      const left = run.seats.filter(({ index }) => !forfeited.has(index) && (stacks[index] ?? 0) > 0);
      expect(left.length > 1 || left[0]?.isPresent === false, 'somebody to play against').toBe(true);
    }
    if (event.type === 'turn.substituted') openTurn = null;
    if (event.type === 'seat.forfeited') forfeited.add(event.seat);
    if (event.type === 'hand.ended') {
      ({ stacks } = event);
      expect(sum(stacks)).toBe(chips);
    }
    if (event.type === 'match.ended') {
      ends.push(event.end);
      for (const { peer } of run.remoteSeats) expectEndToldTo(peer);
    }
  });
  return { ends };
}

function play(seed: string): void {
  const match = openHostileMatch(seed);
  const { platform, players, draw } = match;
  const { ends } = watch(match);
  const isMeddledWith = draw(3) === 0;
  platform.on(() => {
    if (isMeddledWith && draw(40) === 0) match.meddle();
  });
  if (draw(4) > 0) match.seatEverybody();
  for (let step = 0; step < steps; step += 1) match.step();
  match.everybodyLeaves();

  expect(ends).toHaveLength(1);
  for (const end of ends) expectSane(end, match);
  expect(match.announcedTooLate).toBe(0);
  for (const { frames } of players.flatMap(({ dials }) => dials)) {
    const first = frames.findIndex(({ type }) => type === 'match_end');
    if (first >= 0) expect(frames.slice(first + 1)).toEqual([]);
  }
  expect(platform.clock.pending()).toBe(0);
  platform.close();
}

function expectSane(
  { reason, results, finishing_order: order }: MatchEnd,
  { players, chips }: HostileMatch,
): void {
  if (results === undefined) {
    expect(['cancelled', 'error', 'executor closed']).toContain(reason);
    return;
  }
  const seats = players.map(({ seat }) => seat);
  const stacks = results.map(({ final_stack: stack = Number.NaN }) => stack);
  expect(results.map(({ seat }) => seat)).toEqual(seats);
  expect(sum(stacks)).toBe(chips);
  expect(Math.min(...stacks)).toBeGreaterThanOrEqual(0);
  expect(sum(results.map(({ net_chips: net = Number.NaN }) => net))).toBe(0);
  const places = order as { place: number; seat: number }[];
  expect(places.map(({ seat }) => seat).toSorted((a, b) => a - b)).toEqual(seats);
  expect(places[0]?.place).toBe(1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe('a match whose clients, network and platform do anything at any moment', () => {
  it.each(Array.from({ length: parts }, (_, part) => part))(
    'ends once, soundly and for everybody (%i)',
    (part) => {
      for (let index = 0; index < sequencesOfPart; index += 1) {
        const seed = `hostile ${part}.${index}`;
        try {
          play(seed);
        } catch (error) {
          throw new Error(`The sequence "${seed}" broke.`, { cause: error });
        }
      }
    },
  );
});
