/** The bot against itself, on a table of `chipzen-agent/holdem`, in matches as the platform plays them. */

import type { TableFact } from '../holdem/facts.js';
import { blindLadder, matchFormats } from '../holdem/match-formats.js';
import { createTable } from '../holdem/table.js';
import type { Table } from '../holdem/table-types.js';
import type { BotLogic } from '../machines/ports.js';
import type { JsonObject } from '../protocol/frames.js';
import { handFrames } from '../sandbox/match/hand-frames.js';
import { completedEnd } from '../sandbox/match/match-end.js';
import type { WorldClock } from '../time/clock.js';
import { checkStart, nameAtSeat } from './play-scenario.js';
import { type SeatedMatch, type Sightings, seatBot } from './seated-match.js';

const defaults = {
  /** A bot that goes all-in with everything ends a match in two hands, and each match takes two processes. */
  maxMatches: 12,
} as const;

export interface SelfPlayTerms {
  bot: BotLogic;
  clock: WorldClock;
  clockMs: number;
  hands: number;
  /** Whether the time of the check is over. */
  isOver: () => boolean;
  onSeated?: (seated: SeatedMatch) => void;
  onHand?: (hands: number) => void;
}

export interface SelfPlay extends Sightings {
  hands: number;
  matches: number;
}

export async function playItself(terms: SelfPlayTerms): Promise<SelfPlay> {
  const played: SelfPlay = { hands: 0, matches: 0, turns: [], findings: [] };
  while (played.hands < terms.hands && played.matches < defaults.maxMatches && !terms.isOver()) {
    played.matches += 1;
    await playMatch(played, terms);
  }
  return played;
}

async function playMatch(
  played: SelfPlay,
  { bot, clock, clockMs, hands, ...terms }: SelfPlayTerms,
): Promise<void> {
  const { startingStack, smallBlind, bigBlind } = matchFormats.season;
  const stacks = [startingStack, startingStack];
  const table = createTable({
    stacks,
    smallBlind,
    bigBlind,
    blindSchedule: blindLadder(bigBlind, 2 * startingStack),
    maxHands: hands - played.hands,
    seed: `check ${played.matches}`,
  });
  const seats: SeatedMatch[] = [];
  try {
    for (const [seatIndex] of stacks.entries()) {
      const matchId = `check-self-play-${played.matches}-${seatIndex}`;
      const seated = await seatBot({ matchId, bot, clock, clockMs });
      seats.push(seated);
      terms.onSeated?.(seated);
      seated.match.send(checkStart({ stacks, seatIndex, blinds: [smallBlind, bigBlind], clockMs }));
    }
    while (!table.over && !terms.isOver()) {
      await playHand(table, seats, played.matches);
      played.hands += 1;
      terms.onHand?.(played.hands);
    }
    await Promise.all(seats.map(({ match }, seatIndex) => match.end(endOf(table, seatIndex))));
  } finally {
    for (const { match, turns, findings } of seats) {
      match.stop();
      played.turns.push(...turns);
      played.findings.push(...findings);
    }
  }
}

function endOf({ standings }: Table, seatIndex: number): JsonObject {
  const records = standings.standings.map(({ seat }) => ({
    name: nameAtSeat(seat, seatIndex),
    errors: [],
    latenciesMs: [],
  }));
  return { ...completedEnd(standings, records) };
}

async function playHand(table: Table, seats: readonly SeatedMatch[], matchNumber: number): Promise<void> {
  const frameOf = handFrames((hand) => `r_${matchNumber}_${hand}`);
  const tell = (facts: readonly TableFact[]): void => {
    for (const fact of facts) {
      for (const [seat, { match }] of seats.entries()) {
        const frame = frameOf(fact, seat);
        if (frame !== null) match.send(frame);
      }
    }
  };
  tell(table.startHand());
  while (table.turn !== null) {
    const answer = await seats[table.turn.seat]?.askTurn(table.turn);
    tell(table.act(answer, { legalize: true }));
  }
}
