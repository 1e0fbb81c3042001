import { describe, expect, it } from 'vitest';
import type { Frame, Json } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { answerTurn, checkAndCall, deal, offers, resultOf, stateOf, takeTurn } from './moves.js';
import { type LocalBot, openConformance, type PlatformOptions, type Seat } from './platform.js';

const cardPattern = /^[2-9TJQKA][cdhs]$/;
const handRanks = [
  'High Card',
  'Pair',
  'Two Pair',
  'Three of a Kind',
  'Straight',
  'Flush',
  'Full House',
  'Four of a Kind',
  'Straight Flush',
];

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
const amounts = (result: Json) => (result['payouts'] as { amount: number }[]).map(({ amount }) => amount);
const historyOf = (turn: Frame) => stateOf(turn)['action_history'] as Json[];

/** The numbers of a turn, which are all there is to see of the rules of betting. */
function numbersOf(turn: Frame): Json {
  const { pot, your_stack, opponent_stacks, to_call, min_raise, max_raise, phase } = stateOf(turn);
  const offered = turn['valid_actions'];
  return { phase, pot, your_stack, opponent_stacks, to_call, min_raise, max_raise, offered };
}

async function headsUp(options: PlatformOptions = {}) {
  const open = await openConformance(options);
  const { matchId, seats } = await open.table(2);
  const { byPosition, starts } = await deal(seats);
  const [button, other] = byPosition as [Seat, Seat];
  return { open, matchId, seats, starts, button, other };
}

async function threeHanded(options: PlatformOptions = {}) {
  const open = await openConformance(options);
  const { matchId, seats } = await open.table(3);
  const { byPosition, starts } = await deal(seats);
  const [button, small, big] = byPosition as [Seat, Seat, Seat];
  return { open, matchId, seats, starts, button, small, big };
}

/** Both check, or call, street by street to the end of the hand. */
async function checkDown(...seats: Seat[]): Promise<Frame[]> {
  return Promise.all(seats.map(({ client }) => checkAndCall(client, 'round_result')));
}

describe('cards and hands on the wire', () => {
  it('section 6: a card is a rank and a suit, and no card comes twice in a hand', async () => {
    const { button, other, starts } = await headsUp();
    const [result] = await checkDown(button, other);
    const river = button.client.frames.findLast(({ type }) => type === 'phase_change');
    const board = stateOf(river)['board'] as string[];
    const holes = starts.flatMap((start) => stateOf(start)['your_hole_cards'] as string[]);
    const cards = [...holes, ...board];
    expect(cards).toHaveLength(9);
    expect(cards.filter((card) => !cardPattern.test(card))).toEqual([]);
    expect(new Set(cards).size).toBe(9);
    expect(resultOf(result)['deck_reveal']).toBeNull();
  });

  it('section 6: the streets are flop, turn and river, and the board only grows', async () => {
    const { button, other } = await headsUp();
    await checkDown(button, other);
    const streets = button.client.frames.filter(({ type }) => type === 'phase_change').map(stateOf);
    expect(streets.map(({ phase, board }) => [phase, (board as string[]).length])).toEqual([
      ['flop', 3],
      ['turn', 4],
      ['river', 5],
    ]);
    const [flop, turn, river] = streets.map(({ board }) => board as string[]);
    expect(turn?.slice(0, 3)).toEqual(flop);
    expect(river?.slice(0, 4)).toEqual(turn);
    const asked = button.client.frames.filter(({ type }) => type === 'turn_request').map(stateOf);
    expect(asked.map(({ phase, board }) => [phase, (board as string[]).length])).toEqual([
      ['preflop', 0],
      ['flop', 3],
      ['turn', 4],
      ['river', 5],
    ]);
  });

  it('section 6: a seat sees no card of another one before the showdown, and none after a fold', async () => {
    const { button, other, starts } = await headsUp();
    await takeTurn(button, 'raise', 30);
    await takeTurn(other, 'fold');
    await button.client.until('round_result');
    const seen = JSON.stringify(button.client.frames.filter((frame) => frame['round_number'] !== 2));
    const hidden = stateOf(starts[other.index])['your_hole_cards'] as string[];
    expect(hidden.filter((card) => seen.includes(`"${card}"`))).toEqual([]);
  });

  it('section 6: every hand commits to a deck of its own', async () => {
    const open = await openConformance({ maxHands: 4 });
    const { client } = await open.seated({ opponent: caller });
    await checkAndCall(client);
    const commitments = client.frames
      .filter(({ type }) => type === 'round_start')
      .map((start) => stateOf(start)['deck_commitment']);
    const repeated = client.frames
      .filter(({ type }) => type === 'round_result')
      .map((result) => resultOf(result)['deck_commitment']);
    expect(new Set(commitments).size).toBe(4);
    expect(repeated).toEqual(commitments);
  });
});

describe('betting, heads-up', () => {
  it('section 6: the button has the small blind and acts first before the flop, the other seat after it', async () => {
    const { button, other } = await headsUp();
    const first = await button.client.until('turn_request');
    expect(historyOf(first)).toMatchObject([
      { seat: button.index, action: 'post_small_blind', amount: 5 },
      { seat: other.index, action: 'post_big_blind', amount: 10 },
    ]);
    answerTurn(button.client, first, 'call');
    expect(numbersOf(await takeTurn(other, 'check'))).toMatchObject({ phase: 'preflop', to_call: 0 });
    const opened = await other.client.until('turn_request');
    expect(numbersOf(opened)).toMatchObject({ phase: 'flop' });
    answerTurn(other.client, opened, 'check');
    expect(numbersOf(await button.client.until('turn_request'))).toMatchObject({ phase: 'flop' });
  });

  it('section 6: the button changes with every hand, and the next hand begins with the stacks of the last', async () => {
    const { seats, button, other } = await headsUp();
    await takeTurn(button, 'fold');
    const second = await deal(seats);
    expect(second.byPosition.map(({ index }) => index)).toEqual([other.index, button.index]);
    const stacks = button.index === 0 ? [195, 205] : [205, 195];
    const posted = button.index === 0 ? [185, 200] : [200, 185];
    expect(stateOf(second.starts[0])).toMatchObject({
      dealer_seat: other.index,
      stacks,
      post_blind_stacks: posted,
      pot: 15,
    });
  });

  it('section 6: pot, stacks, call and raise limits, action by action', async () => {
    const { button, other } = await headsUp();
    expect(numbersOf(await takeTurn(button, 'raise', 30))).toEqual({
      phase: 'preflop',
      pot: 15,
      your_stack: 195,
      opponent_stacks: [190],
      to_call: 5,
      min_raise: 20,
      max_raise: 200,
      offered: ['fold', 'call', 'raise'],
    });
    // The raise added 20 to the blind of 10; the next one adds at least as much.
    expect(numbersOf(await takeTurn(other, 'raise', 50))).toEqual({
      phase: 'preflop',
      pot: 40,
      your_stack: 190,
      opponent_stacks: [170],
      to_call: 20,
      min_raise: 50,
      max_raise: 200,
      offered: ['fold', 'call', 'raise'],
    });
    expect(numbersOf(await takeTurn(button, 'call'))).toEqual({
      phase: 'preflop',
      pot: 80,
      your_stack: 170,
      opponent_stacks: [150],
      to_call: 20,
      min_raise: 70,
      max_raise: 200,
      offered: ['fold', 'call', 'raise'],
    });
    // A new street: nothing to call, the smallest bet is a big blind, the largest what is left.
    expect(numbersOf(await takeTurn(other, 'raise', 100))).toEqual({
      phase: 'flop',
      pot: 100,
      your_stack: 150,
      opponent_stacks: [150],
      to_call: 0,
      min_raise: 10,
      max_raise: 150,
      offered: ['check', 'raise'],
    });
    // A full raise would be to 200; a short stack may still put in what it has.
    expect(numbersOf(await takeTurn(button, 'raise', 150))).toEqual({
      phase: 'flop',
      pot: 200,
      your_stack: 150,
      opponent_stacks: [50],
      to_call: 100,
      min_raise: 150,
      max_raise: 150,
      offered: ['fold', 'call', 'raise'],
    });
    // Nobody is left who could answer a raise.
    expect(numbersOf(await takeTurn(other, 'fold'))).toEqual({
      phase: 'flop',
      pot: 350,
      your_stack: 50,
      opponent_stacks: [0],
      to_call: 50,
      min_raise: 0,
      max_raise: 0,
      offered: ['fold', 'call'],
    });
    expect(resultOf(await button.client.until('round_result'))).toMatchObject({
      winner_seats: [button.index],
      pot: 350,
      payouts: [{ seat: button.index, amount: 350 }],
      showdown: [],
      stacks: button.index === 0 ? [350, 50] : [50, 350],
    });
  });

  it('section 6: with nothing to call fold is not offered, and not taken', async () => {
    const { button, other } = await headsUp();
    await takeTurn(button, 'call');
    const turn = await other.client.until('turn_request');
    expect(turn['valid_actions']).toEqual(['check', 'raise']);
    answerTurn(other.client, turn, 'fold');
    expect(await other.client.until('action_rejected')).toMatchObject({
      submitted_action: 'fold',
      valid_actions: ['check', 'raise'],
    });
  });

  it('section 6: the history has posts first, raise-to totals, chips added by calls, and 0 for fold and check', async () => {
    const { button, other } = await headsUp();
    await takeTurn(button, 'raise', 30);
    await takeTurn(other, 'call');
    await takeTurn(other, 'check');
    await takeTurn(button, 'raise', 20);
    await takeTurn(other, 'raise', 60);
    await takeTurn(button, 'call');
    const turn = await other.client.until('turn_request');
    const [mine, theirs] = [button.index, other.index];
    const entry = (seat: number, action: string, amount: number, phase: string) => ({
      seat,
      action,
      amount,
      phase,
      is_timeout: false,
    });
    expect(historyOf(turn)).toEqual([
      entry(mine, 'post_small_blind', 5, 'preflop'),
      entry(theirs, 'post_big_blind', 10, 'preflop'),
      entry(mine, 'raise', 30, 'preflop'),
      entry(theirs, 'call', 20, 'preflop'),
      entry(theirs, 'check', 0, 'flop'),
      entry(mine, 'raise', 20, 'flop'),
      entry(theirs, 'raise', 60, 'flop'),
      entry(mine, 'call', 40, 'flop'),
    ]);
    answerTurn(other.client, turn, 'raise', 10);
    await takeTurn(button, 'fold');
    const { action_history } = resultOf(await button.client.until('round_result'));
    expect(action_history).toEqual([
      ...historyOf(turn),
      entry(theirs, 'raise', 10, 'turn'),
      entry(mine, 'fold', 0, 'turn'),
    ]);
  });

  it('section 6: pot and payouts hold a bet that nobody called', async () => {
    const { button, other } = await headsUp();
    await takeTurn(button, 'raise', 30);
    await takeTurn(other, 'call');
    await takeTurn(other, 'raise', 40);
    await takeTurn(button, 'fold');
    expect(resultOf(await other.client.until('round_result'))).toMatchObject({
      pot: 100,
      payouts: [{ seat: other.index, amount: 100 }],
      stacks: button.index === 0 ? [170, 230] : [230, 170],
    });
  });

  it('section 6: with stacks of different depth the part that nobody can call goes back to its owner', async () => {
    const { seats, button, other } = await headsUp();
    await takeTurn(button, 'fold');
    const [deep, short] = (await deal(seats)).byPosition as [Seat, Seat];
    expect(deep.index).toBe(other.index);
    // The deep stack is not all-in; the short one cannot put in more than the call.
    await takeTurn(deep, 'raise', 200);
    expect(numbersOf(await takeTurn(short, 'call'))).toMatchObject({
      offered: ['fold', 'call'],
      max_raise: 0,
    });
    const result = resultOf(await deep.client.until('round_result'));
    const stacks = result['stacks'] as number[];
    expect(sum(stacks)).toBe(400);
    expect(sum(amounts(result))).toBe(result['pot']);
    expect(result['pot']).toBe(395);
    expect(Number(stacks[deep.index])).toBeGreaterThanOrEqual(10);
  });

  it('section 6: antes are posted and listed after the blinds', async () => {
    const { button, other, starts } = await headsUp({ ante: 2 });
    const turn = await button.client.until('turn_request');
    const history = historyOf(turn);
    expect(history.slice(0, 2)).toMatchObject([
      { seat: button.index, action: 'post_small_blind', amount: 5 },
      { seat: other.index, action: 'post_big_blind', amount: 10 },
    ]);
    const antes = history.slice(2).toSorted((a, b) => Number(a['seat']) - Number(b['seat']));
    expect(antes).toEqual(
      [0, 1].map((seat) => ({ seat, action: 'post_ante', amount: 2, phase: 'preflop', is_timeout: false })),
    );
    expect(numbersOf(turn)).toMatchObject({ pot: 19, your_stack: 193, to_call: 5, min_raise: 20 });
    expect(stateOf(starts[0])).toMatchObject({
      pot: 19,
      stacks: [200, 200],
      post_blind_stacks: button.index === 0 ? [193, 188] : [188, 193],
    });
  });

  it('section 6: a blind schedule raises the posts of later hands; game_config tells the first ones', async () => {
    const open = await openConformance({
      maxHands: 3,
      blindSchedule: [
        { fromHand: 2, smallBlind: 10, bigBlind: 20 },
        { fromHand: 3, smallBlind: 20, bigBlind: 40, ante: 3 },
      ],
    });
    const { client } = await open.seated({ opponent: caller });
    await checkAndCall(client);
    const config = client.frames.find(({ type }) => type === 'match_start')?.['game_config'];
    expect(config).toMatchObject({ small_blind: 5, big_blind: 10, ante: 0 });
    const posts = client.frames
      .filter(({ type }) => type === 'round_result')
      .map((result) =>
        (resultOf(result)['action_history'] as Json[])
          .filter(({ action }) => String(action).startsWith('post_'))
          .map(({ action, amount }) => `${String(action)} ${String(amount)}`),
      );
    expect(posts).toEqual([
      ['post_small_blind 5', 'post_big_blind 10'],
      ['post_small_blind 10', 'post_big_blind 20'],
      ['post_small_blind 20', 'post_big_blind 40', 'post_ante 3', 'post_ante 3'],
    ]);
  });
});

describe('the showdown', () => {
  it('section 6: both hands are shown, ranked, with the five cards that count', async () => {
    const { button, other, starts } = await headsUp();
    const [frame] = await checkDown(button, other);
    const result = resultOf(frame);
    const river = button.client.frames.findLast(({ type }) => type === 'phase_change');
    const board = stateOf(river)['board'] as string[];
    const showdown = result['showdown'] as Json[];
    expect(showdown.map(({ seat }) => seat).toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1]);
    for (const { seat, hole_cards, hand_rank, best_hand, ...rest } of showdown) {
      expect(rest).toEqual({});
      expect(hole_cards).toEqual(stateOf(starts[Number(seat)])['your_hole_cards']);
      expect(handRanks).toContain(hand_rank);
      expect(new Set(best_hand as string[]).size).toBe(5);
      expect([...(hole_cards as string[]), ...board]).toEqual(expect.arrayContaining(best_hand as string[]));
    }
    const better = Math.max(...showdown.map(({ hand_rank }) => handRanks.indexOf(String(hand_rank))));
    for (const winner of result['winner_seats'] as number[]) {
      const shown = showdown.find(({ seat }) => seat === winner);
      expect(handRanks.indexOf(String(shown?.['hand_rank']))).toBe(better);
    }
    expect(result).toMatchObject({ pot: 20, deck_reveal: null });
    expect(sum(amounts(result))).toBe(20);
  });

  it('section 6: where nobody bet on the last street the first seat left of the button shows first', async () => {
    const { button, other } = await headsUp();
    const [frame] = await checkDown(button, other);
    const showdown = resultOf(frame)['showdown'] as Json[];
    expect(showdown.map(({ seat }) => seat)).toEqual([other.index, button.index]);
  });

  it('section 6: the last to bet or raise on the last street shows first', async () => {
    const { button, other } = await headsUp();
    await takeTurn(button, 'call');
    await takeTurn(other, 'check');
    for (const _street of ['flop', 'turn']) {
      await takeTurn(other, 'check');
      await takeTurn(button, 'check');
    }
    await takeTurn(other, 'check');
    await takeTurn(button, 'raise', 10);
    await takeTurn(other, 'call');
    const showdown = resultOf(await button.client.until('round_result'))['showdown'] as Json[];
    expect(showdown.map(({ seat }) => seat)).toEqual([button.index, other.index]);
  });

  it('section 6: after an all-in the board is run out to the river, and nobody is asked any more', async () => {
    const { button, other } = await headsUp();
    await takeTurn(button, 'raise', 200);
    await takeTurn(other, 'call');
    const result = await button.client.until('round_result');
    const after = button.client.frames.slice(
      button.client.frames.findIndex(({ type }) => type === 'turn_result'),
    );
    const streets = after.slice(0, after.indexOf(result)).filter(({ type }) => type !== 'turn_result');
    expect(streets.map((frame) => [frame.type, stateOf(frame)['phase']])).toEqual([
      ['phase_change', 'flop'],
      ['phase_change', 'turn'],
      ['phase_change', 'river'],
    ]);
    expect(resultOf(result)['pot']).toBe(400);
    expect(sum(amounts(resultOf(result)))).toBe(400);
    expect(resultOf(result)['showdown']).toHaveLength(2);
  });

  it('section 6: equal hands share the pot', async () => {
    const open = await openConformance({ startingStack: 2_000, smallBlind: 1, bigBlind: 2, maxHands: 400 });
    const { client } = await open.seated({ opponent: caller });
    for (;;) {
      const result = resultOf(await checkAndCall(client, 'round_result'));
      const winners = result['winner_seats'] as number[];
      if (winners.length === 1) continue;
      expect(winners).toEqual([0, 1]);
      expect(result).toMatchObject({
        pot: 4,
        payouts: [
          { seat: 0, amount: 2 },
          { seat: 1, amount: 2 },
        ],
      });
      break;
    }
  });
});

describe('a match to its end', () => {
  it('section 6: a match ends when one seat has all the chips', async () => {
    const open = await openConformance({ startingStack: 30 });
    const { client } = await open.seated({ opponent: caller });
    for (;;) {
      const frame = await client.next();
      if (frame.type === 'match_end') {
        const stacks = (frame['results'] as Json[]).map(({ final_stack }) => Number(final_stack));
        expect(stacks.toSorted((a, b) => a - b)).toEqual([0, 60]);
        expect(frame).not.toHaveProperty('safety_limit_reached');
        break;
      }
      if (frame.type !== 'turn_request') continue;
      const all = Number(stateOf(frame)['max_raise']);
      if (offers(frame, 'raise')) answerTurn(client, frame, 'raise', all);
      else answerTurn(client, frame, offers(frame, 'call') ? 'call' : 'check');
    }
  });

  it('section 6: the chips of a table are all there after every action', async () => {
    const open = await openConformance({ maxHands: 6 });
    const { client } = await open.seated({ opponent: 'random' });
    await checkAndCall(client);
    const totals = client.frames
      .filter(({ type }) => type === 'turn_result')
      .map(({ details }) => {
        const { pot, stacks } = details as { pot: number; stacks: number[] };
        return pot + sum(stacks);
      });
    expect(totals.length).toBeGreaterThan(6);
    expect(new Set(totals)).toEqual(new Set([400]));
    const results = client.frames.filter(({ type }) => type === 'round_result').map(resultOf);
    expect(results.map(({ stacks }) => sum(stacks as number[]))).toEqual(results.map(() => 400));
    expect(results.map((result) => sum(amounts(result)))).toEqual(results.map(({ pot }) => pot));
  });
});

describe('tables of more than two', () => {
  it('section 6: with three the seats after the button post, and the button acts first before the flop', async () => {
    const { open, seats, starts, button, small, big } = await threeHanded();
    const config = seats[0]?.client.frames.find(({ type }) => type === 'match_start')?.['game_config'];
    expect(config).toMatchObject({ num_players: 3 });
    const turn = await button.client.until('turn_request');
    expect(historyOf(turn)).toMatchObject([
      { seat: small.index, action: 'post_small_blind', amount: 5 },
      { seat: big.index, action: 'post_big_blind', amount: 10 },
    ]);
    const posted = [200, 200, 200];
    posted[small.index] = 195;
    posted[big.index] = 190;
    expect(stateOf(starts[0])).toMatchObject({ pot: 15, post_blind_stacks: posted });
    // In seat order, without one's own.
    expect(stateOf(turn)['opponent_stacks']).toEqual(posted.filter((_, seat) => seat !== button.index));
    answerTurn(button.client, turn, 'call');
    await takeTurn(small, 'call');
    await takeTurn(big, 'check');
    expect(numbersOf(await takeTurn(small, 'check'))).toMatchObject({ phase: 'flop', pot: 30 });
    await takeTurn(big, 'check');
    await takeTurn(button, 'check');
    expect(open.platform.matches()[0]?.seats).toHaveLength(3);
  });

  it('section 6: six seats are the most there are', async () => {
    const open = await openConformance({ maxHands: 1 });
    const seat = await open.seated({ opponents: [caller, caller, caller, caller, caller] });
    const start = await seat.client.until('match_start');
    expect(start['game_config']).toMatchObject({ num_players: 6 });
    expect(start['seats']).toHaveLength(6);
    const end = await checkAndCall(seat.client);
    expect(end['results']).toHaveLength(6);
    const seven = open.platform.dispatch(seat.bot.botId, {
      opponents: [caller, caller, caller, caller, caller, caller],
    });
    await expect(seven).rejects.toThrow();
  });

  it('section 6: an all-in for less than a full raise does not let those raise again who have acted', async () => {
    const { seats, button: one, small: two, big: three } = await threeHanded();
    // The first hand leaves 305, 195 and 100.
    await takeTurn(one, 'raise', 100);
    await takeTurn(two, 'fold');
    await takeTurn(three, 'call');
    await takeTurn(three, 'check');
    await takeTurn(one, 'raise', 50);
    await takeTurn(three, 'fold');
    const { byPosition, starts } = await deal(seats);
    expect(byPosition.map(({ index }) => index)).toEqual([two.index, three.index, one.index]);
    const stacks = [0, 0, 0];
    stacks[one.index] = 305;
    stacks[two.index] = 195;
    stacks[three.index] = 100;
    expect(stateOf(starts[0])['stacks']).toEqual(stacks);
    // 70 is a raise by 60, 100 is all-in and a raise by 30 only.
    await takeTurn(two, 'raise', 70);
    expect(numbersOf(await takeTurn(three, 'raise', 100))).toMatchObject({ min_raise: 100, max_raise: 100 });
    expect(numbersOf(await takeTurn(one, 'call'))).toMatchObject({
      to_call: 90,
      min_raise: 160,
      max_raise: 305,
      offered: ['fold', 'call', 'raise'],
    });
    expect(numbersOf(await takeTurn(two, 'fold'))).toMatchObject({
      to_call: 30,
      min_raise: 0,
      max_raise: 0,
      offered: ['fold', 'call'],
    });
  });

  it('section 6: all-ins of different depth make side pots, and nobody wins more than was matched', async () => {
    const { seats, button: one, small: two, big: three } = await threeHanded();
    await takeTurn(one, 'raise', 100);
    await takeTurn(two, 'fold');
    await takeTurn(three, 'call');
    await takeTurn(three, 'check');
    await takeTurn(one, 'raise', 50);
    await takeTurn(three, 'fold');
    await deal(seats);
    const put = [0, 0, 0];
    put[one.index] = 195;
    put[two.index] = 195;
    put[three.index] = 100;
    await takeTurn(two, 'raise', 195);
    await takeTurn(three, 'call');
    expect(numbersOf(await takeTurn(one, 'call'))).toMatchObject({
      pot: 305,
      to_call: 185,
      max_raise: 0,
      offered: ['fold', 'call'],
    });
    const result = resultOf(await one.client.until('round_result'));
    expect(result['pot']).toBe(sum(put));
    expect(sum(amounts(result))).toBe(result['pot']);
    for (const { seat, amount } of result['payouts'] as { seat: number; amount: number }[]) {
      const most = sum(put.map((chips) => Math.min(chips, put[seat] ?? 0)));
      expect(amount).toBeLessThanOrEqual(most);
    }
    expect(sum(result['stacks'] as number[])).toBe(600);
    expect(result['showdown']).toHaveLength(3);
  });

  it('section 6: the odd chip of a shared pot goes to the earliest seat', async () => {
    const foldSmallBlind: LocalBot = {
      decide({ validActions, phase, yourSeat, dealerSeat }) {
        const isSmallBlind = yourSeat === (dealerSeat + 1) % 3;
        if (isSmallBlind && phase === 'preflop') return { action: 'fold' };
        return { action: validActions.includes('check') ? 'check' : 'call' };
      },
    };
    const open = await openConformance({ startingStack: 2_000, smallBlind: 1, bigBlind: 2, maxHands: 600 });
    const { client } = await open.seated({ opponents: [foldSmallBlind, foldSmallBlind] });
    let dealer = 0;
    for (;;) {
      const frame = await client.next();
      if (frame.type === 'round_start') dealer = Number(stateOf(frame)['dealer_seat']);
      if (frame.type === 'turn_request') {
        const folds = dealer === 2 && stateOf(frame)['phase'] === 'preflop';
        answerTurn(client, frame, folds ? 'fold' : offers(frame, 'check') ? 'check' : 'call');
      }
      expect(frame.type).not.toBe('match_end');
      if (frame.type !== 'round_result') continue;
      const [first, second] = resultOf(frame)['winner_seats'] as number[];
      if (first === undefined || second === undefined) continue;
      expect(first).toBeLessThan(second);
      expect(resultOf(frame)).toMatchObject({
        pot: 5,
        payouts: [
          { seat: first, amount: 3 },
          { seat: second, amount: 2 },
        ],
      });
      break;
    }
  });

  it('section 6: a seat without chips is out; the match goes on until one has them all', async () => {
    const open = await openConformance({ startingStack: 30 });
    const { client } = await open.seated({ opponents: [caller, caller] });
    for (;;) {
      const frame = await client.next();
      if (frame.type === 'match_end') {
        const results = frame['results'] as { seat: number; final_stack: number }[];
        const order = frame['finishing_order'] as { seat: number; place: number }[];
        expect(results.map(({ final_stack }) => final_stack).toSorted((a, b) => a - b)).toEqual([0, 0, 90]);
        expect(order[0]).toMatchObject({
          place: 1,
          seat: results.find((line) => line.final_stack > 0)?.seat,
        });
        expect(order.map(({ seat }) => seat).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
        break;
      }
      if (frame.type !== 'turn_request') continue;
      const all = Number(stateOf(frame)['max_raise']);
      if (offers(frame, 'raise')) answerTurn(client, frame, 'raise', all);
      else answerTurn(client, frame, offers(frame, 'call') ? 'call' : 'check');
    }
  });
});
