import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deckCommitment, deckSeed, shuffledDeck } from '../../src/sandbox/deck.js';
import {
  createTable,
  type HistoryEntry,
  IllegalActionError,
  type SeatStanding,
  type TableEvent,
  type TableOptions,
} from '../../src/sandbox/table.js';
import { bestScore, categoryNames, naiveSplit, naiveTurn } from './table-oracle.js';

/** `round_result.result`, as the test reads it. */
interface Result {
  hand_number: number;
  winner_seats: number[];
  pot: number;
  payouts: { seat: number; amount: number }[];
  showdown: { seat: number; hole_cards: string[]; hand_rank: string; best_hand: string[] }[];
  action_history: HistoryEntry[];
  stacks: number[];
  deck_commitment: string;
  deck_reveal: null;
}

const plan = fc.record({
  seats: fc.integer({ min: 2, max: 6 }),
  startingStack: fc.integer({ min: 1, max: 150 }),
  smallBlind: fc.integer({ min: 1, max: 6 }),
  bigBlindExtra: fc.nat({ max: 8 }),
  ante: fc.constantFrom(0, 0, 1, 3),
  maxHands: fc.integer({ min: 1, max: 25 }),
  seed: fc.string({ maxLength: 8 }),
  /** Endless choices, repeated from these. */
  choices: fc.array(fc.nat({ max: 9999 }), { minLength: 20, maxLength: 60 }),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function optionsOf({
  seats,
  startingStack,
  smallBlind,
  bigBlindExtra,
  ante,
  maxHands,
  seed,
}: Plan): TableOptions {
  return { seats, startingStack, smallBlind, bigBlind: smallBlind + bigBlindExtra, ante, maxHands, seed };
}

function chooser(choices: readonly number[]) {
  let used = 0;
  return (bound: number) => {
    // The position is mixed in, so that the repeats differ.
    const value = (choices[used % choices.length]! * 31 + used * 17) % 10007;
    used += 1;
    return value % bound;
  };
}

function chooseAction(
  choose: (bound: number) => number,
  validActions: readonly string[],
  state: Record<string, unknown>,
) {
  // Folding is rare, so that many hands are shown down with several seats in.
  const weighted = validActions.flatMap((action) =>
    action === 'fold' ? [action] : [action, action, action],
  );
  const action = weighted[choose(weighted.length)]!;
  if (action !== 'raise') return { action };
  const [min, max] = [Number(state['min_raise']), Number(state['max_raise'])];
  const amount = [min, max, min + choose(max - min + 1), min - 1 - choose(9), max + 1 + choose(9)][
    choose(5)
  ]!;
  return { action, params: { amount } };
}

/** Plays a whole match and returns everything that happened, with its choices made by `choices`. */
function playMatch(options: TableOptions, choices: readonly number[], watch?: Watch) {
  const table = createTable(options);
  const choose = chooser(choices);
  const events: TableEvent[] = [];
  const take = (more: TableEvent[]) => {
    for (const event of more) {
      events.push(event);
      watch?.event(event);
    }
  };
  while (!table.over) {
    if (table.turn === null) take(table.startHand());
    else {
      watch?.turn(table);
      take(table.act(chooseAction(choose, table.turn.validActions, table.turn.state), {}));
    }
  }
  expect(table.turn).toBeNull();
  expect(() => table.startHand()).toThrow('over');
  return events;
}

interface Watch {
  event(event: TableEvent): void;
  turn(table: ReturnType<typeof createTable>): void;
}

/** As it comes over the wire. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Keeps its own books of a match from its events alone and compares everything with the oracle. */
function bookkeeper(options: TableOptions): Watch & { ends: () => number } {
  const total = options.seats * options.startingStack;
  const allSeats = Array.from({ length: options.seats }, (_, seat) => seat);
  let before = allSeats.map(() => options.startingStack);
  let stacks = before;
  let dealerSeat = -1;
  let bigBlindSeat = -1;
  let folded = new Set<number>();
  let board: string[] = [];
  let holes: string[][] = [];
  let commitment = '';
  let phase = '';
  let ended = 0;
  const handsWon = allSeats.map(() => 0);

  const committed = () => before.map((chips, seat) => chips - stacks[seat]!);
  const checkChips = (now: readonly number[], pot: number) => {
    expect(now.every((chips) => Number.isInteger(chips) && chips >= 0)).toBe(true);
    expect(sum(now) + pot).toBe(total);
  };

  return {
    ends: () => ended,

    turn(table) {
      const turn = table.turn!;
      const { state } = turn;
      const history: HistoryEntry[] = asJson(state['action_history']);
      expect({
        seat: turn.seat,
        validActions: turn.validActions,
        toCall: state['to_call'],
        minRaise: state['min_raise'],
        maxRaise: state['max_raise'],
      }).toEqual(naiveTurn(phase, before, dealerSeat, options.bigBlind, history));
      expect(Number(state['min_raise'])).toBeLessThanOrEqual(Number(state['max_raise']));
      expect(state).toEqual({
        hand_number: table.hand,
        phase,
        board,
        your_hole_cards: holes[turn.seat],
        pot: sum(committed()),
        your_stack: stacks[turn.seat],
        opponent_stacks: stacks.filter((_, seat) => seat !== turn.seat),
        to_call: state['to_call'],
        min_raise: state['min_raise'],
        max_raise: state['max_raise'],
        action_history: history,
      });
      const refused = ['fold', 'check', 'call', 'raise', 'all_in', 'post_ante', ''].filter(
        (action) => !turn.validActions.includes(action),
      );
      for (const action of refused) {
        expect(() => table.act({ action, params: { amount: Number(state['max_raise']) } })).toThrow(
          IllegalActionError,
        );
      }
      expect(table.turn).toEqual(turn);
    },

    event(event) {
      switch (event.type) {
        case 'handStarted': {
          const starts = allSeats.map((seat) => event.stateFor(seat));
          const first = starts[0]!;
          const post: number[] = asJson(first['post_blind_stacks']);
          const live = allSeats.filter((seat) => before[seat]! > 0);
          const previousBigBlind = bigBlindSeat;
          dealerSeat = event.dealerSeat;
          expect(before[dealerSeat]).toBeGreaterThan(0);
          const order = allSeats.map((step) => (dealerSeat + 1 + step) % options.seats);
          const dealt = order.filter((seat) => before[seat]! > 0);
          const small = live.length === 2 ? dealerSeat : dealt[0]!;
          bigBlindSeat = dealt[live.length === 2 ? 0 : 1]!;
          expect(bigBlindSeat).not.toBe(previousBigBlind);
          const posts = allSeats.map((seat) => {
            const ante = before[seat]! > 0 ? Math.min(options.ante ?? 0, before[seat]!) : 0;
            const blind =
              (seat === small ? options.smallBlind : 0) + (seat === bigBlindSeat ? options.bigBlind : 0);
            return ante + Math.min(blind, before[seat]! - ante);
          });
          expect(post).toEqual(before.map((chips, seat) => chips - posts[seat]!));
          holes = starts.map((start): string[] => asJson(start['your_hole_cards']));
          const deck = shuffledDeck(deckSeed(options.seed, event.hand));
          commitment = deckCommitment(deckSeed(options.seed, event.hand), deck);
          expect(holes.map((cards) => cards.length)).toEqual(before.map((chips) => (chips > 0 ? 2 : 0)));
          expect(new Set([...holes.flat(), ...deck.slice(2 * dealt.length)]).size).toBe(52);
          for (const [seat, start] of starts.entries()) {
            expect(start).toEqual({
              hand_number: event.hand,
              dealer_seat: dealerSeat,
              your_hole_cards: holes[seat],
              pot: sum(posts),
              post_blind_stacks: post,
              stacks: before,
              deck_commitment: commitment,
            });
          }
          stacks = post;
          folded = new Set(allSeats.filter((seat) => before[seat] === 0));
          board = [];
          phase = 'preflop';
          checkChips(stacks, sum(posts));
          break;
        }
        case 'acted':
          stacks = event.details.stacks;
          if (event.details.action === 'fold') folded.add(event.seat);
          expect(event.details.pot).toBe(sum(committed()));
          checkChips(stacks, event.details.pot);
          break;
        case 'phaseChanged': {
          const names = ['preflop', 'flop', 'turn', 'river'];
          expect(event.state.phase).toBe(names[names.indexOf(phase) + 1]);
          expect(event.state.board.slice(0, board.length)).toEqual(board);
          ({ board, phase } = event.state);
          expect(board.length).toBe(names.indexOf(phase) + 2);
          expect(new Set([...board, ...holes.flat()]).size).toBe(board.length + holes.flat().length);
          break;
        }
        case 'handEnded': {
          const result: Result = asJson(event.result);
          const live = allSeats.filter((seat) => !folded.has(seat));
          const isShown = live.length > 1;
          expect(
            naiveTurn(phase, before, dealerSeat, options.bigBlind, result.action_history) === null ||
              !isShown,
          ).toBe(true);
          if (isShown) expect(board.length).toBe(5);
          const score = (seat: number) =>
            isShown && live.includes(seat) ? bestScore([...holes[seat]!, ...board]) : [0];
          const { returned, won } = naiveSplit(
            committed().map((chips, seat) => ({
              seat,
              committed: chips,
              folded: folded.has(seat),
              score: score(seat),
            })),
          );
          const winners = allSeats.filter((seat) => won[seat]! > 0);
          expect(result).toEqual({
            hand_number: event.hand,
            winner_seats: winners,
            pot: sum(committed()) - sum(returned),
            payouts: winners.map((seat) => ({ seat, amount: won[seat] })),
            showdown: isShown
              ? live.map((seat, index) => ({
                  seat,
                  hole_cards: holes[seat],
                  hand_rank: categoryNames[score(seat)[0]!],
                  best_hand: result.showdown[index]?.best_hand,
                }))
              : [],
            action_history: result.action_history,
            stacks: stacks.map((chips, seat) => chips + returned[seat]! + won[seat]!),
            deck_commitment: commitment,
            deck_reveal: null,
          });
          for (const shown of result.showdown) {
            expect(bestScore(shown.best_hand)).toEqual(score(shown.seat));
            expect([...shown.hole_cards, ...board]).toEqual(expect.arrayContaining(shown.best_hand));
          }
          for (const seat of winners) handsWon[seat]! += 1;
          before = result.stacks;
          stacks = before;
          checkChips(stacks, 0);
          break;
        }
        case 'matchEnded': {
          ended += 1;
          expect(event.standings).toEqual(
            allSeats.map(
              (seat): SeatStanding => ({
                seat,
                stack: stacks[seat]!,
                netChips: stacks[seat]! - options.startingStack,
                handsWon: handsWon[seat]!,
              }),
            ),
          );
          expect(sum(event.standings.map((standing) => standing.netChips))).toBe(0);
          const isLastStanding = stacks.filter((chips) => chips > 0).length === 1;
          expect(isLastStanding || event.hands === options.maxHands).toBe(true);
          expect(event.finishingOrder.map(({ seat }) => seat).toSorted((a, b) => a - b)).toEqual(allSeats);
          const places = event.finishingOrder.map(({ place }) => place);
          expect(places).toEqual(places.toSorted((a, b) => a - b));
          expect(stacks[event.finishingOrder[0]!.seat]).toBe(Math.max(...stacks));
          break;
        }
      }
    },
  };
}

describe('whole random matches', () => {
  it('keep the rules in every event: turns, limits, chips, pots, winners, commitments, the end', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const options = optionsOf(one);
        const books = bookkeeper(options);
        playMatch(options, one.choices, books);
        expect(books.ends()).toBe(1);
      }),
      { numRuns: 150 },
    );
  });

  it('are the same for the same seed and the same actions', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const [first, second] = [0, 1].map(() => JSON.stringify(playMatch(optionsOf(one), one.choices)));
        expect(first).toBe(second);
      }),
      { numRuns: 30 },
    );
  });

  it('accept every action they offer, at every turn', () => {
    const few = plan.filter((one) => one.maxHands <= 5);
    fc.assert(
      fc.property(few, (one) => {
        const options = optionsOf(one);
        const played: Parameters<ReturnType<typeof createTable>['act']>[0][] = [];
        const replay = () => {
          const table = createTable(options);
          const settleHands = () => {
            while (!table.over && table.turn === null) table.startHand();
          };
          settleHands();
          for (const action of played) {
            table.act(action);
            settleHands();
          }
          return table;
        };
        const choose = chooser(one.choices);
        for (let table = replay(); table.turn !== null && played.length < 12; table = replay()) {
          const { validActions, state, seat } = table.turn;
          for (const action of validActions) {
            const [acted] = replay().act({ action, params: { amount: Number(state['min_raise']) } });
            expect(acted).toMatchObject({ type: 'acted', seat, details: { action, is_timeout: false } });
          }
          played.push(chooseAction(choose, validActions, state));
        }
      }),
      { numRuns: 40 },
    );
  });
});
