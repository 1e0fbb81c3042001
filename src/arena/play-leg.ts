/** Plays one leg of a block. To its bots it is one match. */
import { answerTurn } from '../holdem/engine-answer.js';
import type { TableFact } from '../holdem/facts.js';
import type { ObservedFrame } from '../machines/ports.js';
import { InternalError } from '../protocol/errors.js';
import { handFrames } from '../sandbox/match/hand-frames.js';
import { arenaEnd, arenaStart } from './arena-frames.js';
import type { ArenaLoss, ArenaPairing } from './arena-record.js';
import type { ArenaSeat, BlockPlace, OpenSeat, SeatTally } from './arena-seat.js';
import { type ArenaTable, createArenaTable } from './arena-table.js';
import type { ArenaTerms } from './arena-terms.js';
import type { DetailCounter } from './block-details.js';
import type { LegKeeper } from './played-hands.js';

export interface LegPlace extends BlockPlace {
  /** The numbers of the bots in the run. */
  bots: ArenaPairing;
  leg: number;
  firstPair: number;
  pairs: number;
  /** Not there: nothing is told of hands. */
  details?: DetailCounter | undefined;
  /** Takes the hands; not there: nobody wants them. */
  keeper?: LegKeeper | undefined;
}

export interface PlayedLeg {
  /** By bot of the pairing, by pair. */
  netChips: number[][];
  /** The same without the luck that the terms take off; null: they take none off. */
  adjustedChips: number[][] | null;
  /** With all-ins at what they were worth, beside luck that is taken off otherwise; null: not counted. */
  allInChips: number[][] | null;
  /** By pair. */
  hands: number[];
  /** By bot of the pairing. */
  tallies: SeatTally[];
  losses: ArenaLoss[];
  /** Pairs in which a turn was answered for a bot. */
  disturbed: number[];
}

/** @param onStep called when a bot has been made, has answered, or a hand between bots that are never late is over. */
export async function playLeg(
  terms: ArenaTerms,
  { pairing, block, bots, leg, firstPair, pairs, details, keeper }: LegPlace,
  openSeat: OpenSeat,
  onStep?: () => void,
): Promise<PlayedLeg> {
  const matchId = `arena-${pairing}-${block}-${leg}`;
  /** By bot of the pairing. */
  const seatIndexes = bots.map((_, bot) => (bot + leg) % bots.length);
  const botAt = (seatIndex: number): number => seatIndexes.indexOf(seatIndex);
  const names = bots.map((_, seatIndex) => terms.names[bots[botAt(seatIndex)] ?? 0] ?? '');
  const seats: ArenaSeat[] = [];
  for (const seatIndex of bots.keys()) {
    const bot = bots[botAt(seatIndex)] ?? 0;
    seats.push(await openSeat({ pairing, block, leg, bot, seatIndex, matchId }));
    onStep?.();
  }
  for (const [seatIndex, seat] of seats.entries()) {
    if (seat.hears) seat.hear(arenaStart(terms, names, seatIndex));
  }
  const table = createArenaTable(terms, bots.length);
  const played: PlayedLeg = {
    netChips: bots.map(() => []),
    adjustedChips: terms.luck === 'as played' ? null : bots.map(() => []),
    allInChips: terms.luck === 'aivat' ? bots.map(() => []) : null,
    hands: [],
    tallies: seatIndexes.map((seatIndex) => (seats[seatIndex] as ArenaSeat).tally),
    losses: [],
    disturbed: [],
  };
  const won = names.map(() => ({ netChips: 0, handsWon: 0 }));
  const frames = tellSeats(seats, matchId, (winners) => {
    for (const seatIndex of winners) (won[seatIndex] as { handsWon: number }).handsWon += 1;
  });
  const tell: Tell = (facts) => {
    frames(facts);
    keeper?.take(facts);
  };
  const isSilent =
    keeper === undefined && 'startSilent' in table && seats.every((seat) => seat.askSilent !== undefined);
  let hand = 0;
  for (let pair = firstPair; pair < firstPair + pairs; pair += 1) {
    for (const seat of seats) await seat.beginPair(pair);
    table.beginPair(pair);
    let isDisturbed = false;
    for (let number = 1; !table.isOver; number += 1) {
      hand += 1;
      for (const seat of seats) seat.beginHand(number);
      if (isSilent) await playSilent(table, hand, seats);
      else isDisturbed = (await playHand(table, { number: hand, seats, tell, onStep })) || isDisturbed;
      details?.add(table.engine, {
        at: pair - firstPair,
        pair,
        leg,
        seatIndexes,
        nets: table.adjustedNets,
      });
      onStep?.();
    }
    if (isDisturbed) played.disturbed.push(pair);
    played.hands.push(table.hands);
    const { nets, adjustedNets } = table;
    const allInNets = played.allInChips === null ? null : table.allInNets();
    for (const [bot, seatIndex] of seatIndexes.entries()) {
      played.netChips[bot]?.push(nets[seatIndex] ?? 0);
      played.adjustedChips?.[bot]?.push(adjustedNets?.[seatIndex] ?? 0);
      played.allInChips?.[bot]?.push(allInNets?.[seatIndex] ?? 0);
    }
    for (const [seatIndex, one] of won.entries()) one.netChips += nets[seatIndex] ?? 0;
    for (const [bot, seatIndex] of seatIndexes.entries()) {
      const loss = seats[seatIndex]?.loss ?? null;
      if (loss !== null) played.losses.push({ pair, leg, bot, ...loss });
    }
  }
  for (const seat of seats) await seat.end(arenaEnd(terms, names, won, hand));
  return played;
}

type Tell = (facts: readonly TableFact[]) => void;

/** A hand that somebody hears. */
interface ToldHand {
  readonly number: number;
  readonly seats: readonly ArenaSeat[];
  readonly tell: Tell;
  /** Called after each answer. */
  readonly onStep: (() => void) | undefined;
}

/** @returns whether a turn was answered for a bot. */
async function playHand(table: ArenaTable, { number, seats, tell, onStep }: ToldHand): Promise<boolean> {
  let isDisturbed = false;
  tell(table.startHand(number));
  for (let { turn } = table; turn !== null; { turn } = table) {
    const given = (seats[turn.seat] as ArenaSeat).ask(turn);
    // A wait for what is there already would take longer than a house bot does.
    const { action, isAnsweredFor } = given instanceof Promise ? await given : given;
    isDisturbed ||= isAnsweredFor;
    onStep?.();
    tell(table.act(action, isAnsweredFor));
  }
  return isDisturbed;
}

/** A hand between bots that hear nothing and are never late: nothing is made of it but what they see at their turns. */
async function playSilent(table: ArenaTable, number: number, seats: readonly ArenaSeat[]): Promise<void> {
  const engine = table.startSilent?.(number);
  if (engine === undefined) throw new InternalError('This table tells everything.');
  for (let { turn } = engine; turn !== -1; { turn } = engine) {
    const given = seats[turn]?.askSilent?.(engine);
    const answer = given instanceof Promise ? await given : given;
    if (answer === undefined) throw new InternalError('A seat cannot be asked.');
    answerTurn(engine, answer.action);
  }
}

/** Makes the frames of those who have hooks for them. */
function tellSeats(
  seats: readonly ArenaSeat[],
  matchId: string,
  onWon: (winners: readonly number[]) => void,
): Tell {
  const frameOf = handFrames((hand) => `${matchId}-${hand}`);
  return (facts) => {
    for (const fact of facts) {
      if (fact.type === 'handEnded') onWon(fact.winners);
      for (const [seatIndex, seat] of seats.entries()) {
        const frame = seat.hears ? frameOf(fact, seatIndex) : null;
        if (frame !== null) seat.hear(frame as unknown as ObservedFrame);
      }
    }
  };
}
