/** The betting of one hand: what each seat may do, and what it does to the chips (docs/protocol.md 6). */
import { BettingCore } from './betting-core.js';
import { byteAt, chipsAt, sumOf } from './chip-lists.js';
import type { SeatAction } from './facts.js';

/** What a seat may do now; raise limits are totals for the street, 0 when raising is not legal. */
export interface BettingOptions {
  validActions: SeatAction[];
  toCall: number;
  minRaise: number;
  maxRaise: number;
  /** The total of a whole raise, also where the seat has fewer chips. */
  fullRaise: number;
}

interface BettingSeat {
  readonly stack: number;
  /** Chips put in during this hand, but for dead ones. */
  readonly committed: number;
  /** Also true of a seat that is not dealt in. */
  readonly folded: boolean;
}

export interface Betting {
  readonly seats: readonly BettingSeat[];
  /** All chips put in during this hand. */
  pot(): number;
  /** Chips that nobody has to match. */
  dead(): number;
  /** Seats still in the hand. */
  live(): number[];
  /** How many they are; asked after every action. */
  liveCount(): number;
  /** Posts go in as far as the stack reaches; these return the chips that went in. */
  postBlind(seat: number, blind: number): number;
  /** Goes into the pot but not towards the bet; a dead one is nothing that others have to match. */
  postAnte(seat: number, ante: number, isDead?: boolean): number;
  /** The next seat after `seat` that has a decision to make, or null when the street is over. */
  nextToAct(seat: number): number | null;
  optionsOf(seat: number): BettingOptions;
  fold(seat: number): void;
  check(seat: number): void;
  /** Returns the chips added. */
  call(seat: number): number;
  /** `total` for the street, within the limits of `optionsOf`. */
  raiseTo(seat: number, total: number): void;
  openStreet(): void;
}

/**
 * @param stacks by seat, before posts.
 * @param playing by seat, whether it is dealt in. Default: every seat with chips.
 */
export function createBetting(
  stacks: readonly number[],
  bigBlind: number,
  playing?: readonly boolean[],
): Betting {
  const core = new BettingCore(stacks.length, sumOf(stacks));
  core.stacks.set(stacks);
  core.begin(bigBlind);
  if (playing !== undefined) for (const [seat, plays] of playing.entries()) if (!plays) core.sitOut(seat);
  const checked = (seat: number): number => {
    if (seat in stacks) return seat;
    throw new RangeError(`There is no seat ${seat}.`);
  };

  return {
    get seats() {
      return stacks.map((_, seat) => ({
        stack: chipsAt(core.stacks, seat),
        committed: chipsAt(core.committed, seat),
        folded: byteAt(core.folded, seat) === 1,
      }));
    },
    pot: () => core.pot(),
    dead: () => core.dead,
    live: () => [...stacks.keys()].filter((seat) => byteAt(core.folded, seat) === 0),
    liveCount: () => core.liveCount,
    postBlind: (seat, blind) => core.postBlind(checked(seat), blind),
    postAnte: (seat, ante, isDead = false) => core.postAnte(checked(seat), ante, isDead),
    nextToAct(seat) {
      core.findTurn(seat);
      return core.turn === -1 ? null : core.turn;
    },
    optionsOf(seat) {
      core.limitsOf(checked(seat));
      return optionsNow(core);
    },
    fold: (seat) => core.fold(checked(seat)),
    check: (seat) => core.check(checked(seat)),
    call: (seat) => core.call(checked(seat)),
    raiseTo: (seat, total) => core.raiseTo(checked(seat), total),
    openStreet: () => core.openStreet(),
  };
}

const checkOnly: readonly SeatAction[] = ['check'];
const checkOrRaise: readonly SeatAction[] = ['check', 'raise'];
const foldOrCall: readonly SeatAction[] = ['fold', 'call'];
const anything: readonly SeatAction[] = ['fold', 'call', 'raise'];

/** What the seat may do that the core looked at last. */
function optionsNow({ toCall, minRaise, maxRaise, fullRaise }: BettingCore): BettingOptions {
  const [without, withRaise] = toCall > 0 ? [foldOrCall, anything] : [checkOnly, checkOrRaise];
  // A list of its own: bots do with it as they like.
  const validActions = [...(maxRaise > 0 ? withRaise : without)];
  return { validActions, toCall, minRaise, maxRaise, fullRaise };
}
