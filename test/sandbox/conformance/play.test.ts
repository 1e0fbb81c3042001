import { describe, expect, it } from 'vitest';
import type { Json } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { answerTurn, checkAndCall, deal, offers, stateOf, takeTurn } from './moves.js';
import { openConformance } from './platform.js';

const text = expect.any(String) as unknown;
const card = expect.stringMatching(/^[2-9TJQKA][cdhs]$/) as unknown;
const isoDate = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;

/** Two remote bots, the first hand dealt, the button to act. */
async function headsUp(options: Parameters<typeof openConformance>[0] = {}) {
  const open = await openConformance(options);
  const { matchId, seats } = await open.table(2);
  const { byPosition, starts } = await deal(seats);
  const [button, other] = byPosition;
  if (button === undefined || other === undefined) throw new Error('Two seats were asked for.');
  return { open, matchId, seats, button, other, starts };
}

describe('play, frame by frame', () => {
  it('section 4: match_start says who sits where, the rules, and the clock', async () => {
    const open = await openConformance({ ante: 1 });
    const { matchId, seats } = await open.table(2);
    for (const { index, client } of seats) {
      expect(await client.next()).toEqual({
        type: 'match_start',
        match_id: matchId,
        seq: 1,
        server_ts: open.serverTs(),
        seats: seats.map(({ index: seat, matched }) => ({
          seat,
          display_name: ['bot-a', 'bot-b'][seat],
          participant_id: matched['participant_id'],
          is_self: seat === index,
        })),
        game_config: {
          variant: 'nlhe',
          starting_stack: 200,
          small_blind: 5,
          big_blind: 10,
          ante: 1,
          num_players: 2,
        },
        turn_timeout_ms: 5_000,
        your_seat: index,
      });
    }
  });

  it('section 4: round_start comes with the hand as this seat may see it', async () => {
    const { open, matchId, button, other, starts } = await headsUp();
    const stacks = button.index === 0 ? [195, 190] : [190, 195];
    for (const [seat, start] of starts.entries()) {
      expect(start).toEqual({
        type: 'round_start',
        match_id: matchId,
        seq: 2,
        server_ts: open.serverTs(),
        round_id: text,
        round_number: 1,
        state: {
          hand_number: 1,
          dealer_seat: button.index,
          your_hole_cards: [card, card],
          pot: 15,
          post_blind_stacks: stacks,
          stacks: [200, 200],
          deck_commitment: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        },
      });
      expect(start['round_id']).toBe(starts[1 - seat]?.['round_id']);
    }
    expect(other.index).toBe(1 - button.index);
  });

  it('section 4: turn_request comes to the seat that has to act, and to nobody else', async () => {
    const { open, matchId, button, other, starts } = await headsUp();
    expect(await button.client.next()).toEqual({
      type: 'turn_request',
      match_id: matchId,
      seq: 3,
      server_ts: open.serverTs(),
      seat: button.index,
      request_id: text,
      timeout_ms: 5_000,
      turn_duration_ms: 5_000,
      deadline_ts: open.clock.now() + 5_000,
      valid_actions: ['fold', 'call', 'raise'],
      state: {
        hand_number: 1,
        phase: 'preflop',
        board: [],
        your_hole_cards: stateOf(starts[button.index])['your_hole_cards'],
        pot: 15,
        your_stack: 195,
        opponent_stacks: [190],
        to_call: 5,
        min_raise: 20,
        max_raise: 200,
        action_history: [
          { seat: button.index, action: 'post_small_blind', amount: 5, phase: 'preflop', is_timeout: false },
          { seat: other.index, action: 'post_big_blind', amount: 10, phase: 'preflop', is_timeout: false },
        ],
      },
    });
    expect(await other.client.untaken()).toEqual([]);
  });

  it('section 4: turn_result tells everybody what was done, and what it left', async () => {
    const { open, matchId, button, other } = await headsUp();
    await takeTurn(button, 'raise', 30);
    for (const { client } of [button, other]) {
      const told = await client.until('turn_result');
      expect(told).toEqual({
        type: 'turn_result',
        match_id: matchId,
        seq: client === button.client ? 4 : 3,
        server_ts: open.serverTs(),
        seat: button.index,
        details: {
          action: 'raise',
          amount: 30,
          pot: 40,
          stacks: button.index === 0 ? [170, 190] : [190, 170],
          is_timeout: false,
        },
      });
    }
    expect(await other.client.next()).toMatchObject({ type: 'turn_request', seq: 4, seat: other.index });
  });

  it('section 4: phase_change shows the board of the new street to everybody', async () => {
    const { open, matchId, button, other } = await headsUp();
    await takeTurn(button, 'call');
    await takeTurn(other, 'check');
    const [one, two] = [await button.client.until('phase_change'), await other.client.until('phase_change')];
    expect(one).toEqual({
      type: 'phase_change',
      match_id: matchId,
      seq: 6,
      server_ts: open.serverTs(),
      state: { phase: 'flop', board: [card, card, card] },
    });
    expect(stateOf(two)).toEqual(stateOf(one));
  });

  it('section 4: round_result sums the hand up', async () => {
    const { open, matchId, button, other, starts } = await headsUp();
    await takeTurn(button, 'fold');
    const posts = [
      { seat: button.index, action: 'post_small_blind', amount: 5, phase: 'preflop', is_timeout: false },
      { seat: other.index, action: 'post_big_blind', amount: 10, phase: 'preflop', is_timeout: false },
    ];
    for (const { client } of [button, other]) {
      expect(await client.until('round_result')).toEqual({
        type: 'round_result',
        match_id: matchId,
        seq: client === button.client ? 5 : 4,
        server_ts: open.serverTs(),
        round_id: starts[0]?.['round_id'],
        round_number: 1,
        result: {
          hand_number: 1,
          winner_seats: [other.index],
          pot: 15,
          payouts: [{ seat: other.index, amount: 15 }],
          showdown: [],
          action_history: [
            ...posts,
            { seat: button.index, action: 'fold', amount: 0, phase: 'preflop', is_timeout: false },
          ],
          stacks: button.index === 0 ? [195, 205] : [205, 195],
          deck_commitment: stateOf(starts[0])['deck_commitment'],
          deck_reveal: null,
        },
      });
    }
  });

  it('section 4: the frames of a match come in their order, counted from 1 for each seat, with ISO dates', async () => {
    const open = await openConformance({ maxHands: 3 });
    const { matchId, seats } = await open.table(2);
    await Promise.all(seats.map(({ client }) => checkAndCall(client)));
    for (const { client } of seats) {
      const frames = client.frames.slice(1);
      expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, index) => index + 1));
      expect(frames.filter(({ match_id }) => match_id !== matchId)).toEqual([]);
      for (const { server_ts } of frames) expect(server_ts).toEqual(isoDate);
      const order = frames.map(({ type }) => type).join(' ');
      const hand = 'round_start( turn_request turn_result| turn_result| phase_change)+ round_result';
      expect(order).toMatch(new RegExp(`^match_start( ${hand}){3} match_end$`));
    }
    const ids = seats.flatMap(({ client }) => client.frames.map((frame) => frame['request_id']));
    const asked = ids.filter((id) => id !== undefined);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('section 4: round_number and hand_number count the hands, and every hand has a round_id of its own', async () => {
    const open = await openConformance({ maxHands: 3 });
    const { client } = await open.seated({ opponent: caller });
    await checkAndCall(client);
    const starts = client.frames.filter(({ type }) => type === 'round_start');
    expect(starts.map((start) => [start['round_number'], stateOf(start)['hand_number']])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(new Set(starts.map((start) => start['round_id'])).size).toBe(3);
    const results = client.frames.filter(({ type }) => type === 'round_result');
    expect(results.map((result) => result['round_id'])).toEqual(starts.map((start) => start['round_id']));
  });

  it('section 4: no text ping comes on the match leg; WebSocket pings do', async () => {
    const open = await openConformance({ pingIntervalMs: 15_000, decisionTimeoutMs: 60_000 });
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    const pinged = new Promise<void>((resolve) => seat.client.socket.once('ping', () => resolve()));
    open.clock.advance(15_000);
    await pinged;
    expect(await seat.client.untaken()).toEqual([]);
  });
});

describe('the clock of a turn', () => {
  it('section 4: an answer just before the deadline counts', async () => {
    const { open, button } = await headsUp();
    const turn = await button.client.until('turn_request');
    open.clock.advance(4_999);
    answerTurn(button.client, turn, 'call');
    expect(await button.client.next()).toMatchObject({
      type: 'turn_result',
      details: { action: 'call', is_timeout: false },
    });
  });

  it('section 4: without an answer the platform folds where there is something to call, and says so', async () => {
    const { open, button, other } = await headsUp();
    await button.client.until('turn_request');
    open.clock.advance(4_999);
    expect(await button.client.untaken()).toEqual([]);
    open.clock.advance(1);
    for (const { client } of [button, other]) {
      expect(await client.until('turn_result')).toMatchObject({
        seat: button.index,
        details: { action: 'fold', amount: 0, is_timeout: true },
      });
      const { result } = await client.until('round_result');
      expect(((result as Json)['action_history'] as Json[]).at(-1)).toEqual({
        seat: button.index,
        action: 'fold',
        amount: 0,
        phase: 'preflop',
        is_timeout: true,
      });
    }
  });

  it('section 4: without an answer the platform checks where that is legal', async () => {
    const { open, button, other } = await headsUp();
    await takeTurn(button, 'call');
    await other.client.until('turn_request');
    open.clock.advance(5_000);
    expect(await other.client.next()).toMatchObject({
      type: 'turn_result',
      seat: other.index,
      details: { action: 'check', amount: 0, is_timeout: true },
    });
  });

  it('section 4: the clock starts when turn_request is sent, not when the hand began', async () => {
    const { open, button, other } = await headsUp();
    const turn = await button.client.until('turn_request');
    open.clock.advance(3_000);
    answerTurn(button.client, turn, 'call');
    const next = await other.client.until('turn_request');
    expect(next['deadline_ts']).toBe(open.clock.now() + 5_000);
    open.clock.advance(4_999);
    expect(await other.client.untaken()).toEqual([]);
  });

  it('section 4: opponents learn of an action 100 to 500 ms later, by chance; nothing runs meanwhile', async () => {
    const { open, button, other } = await headsUp({ revealDelayMs: undefined });
    const delays = new Set<number>();
    let [actor, waiter] = [button, other];
    let turn = await actor.client.until('turn_request');
    for (const action of ['call', 'check', 'check', 'check', 'check', 'check', 'check']) {
      if (!offers(turn, action)) break;
      answerTurn(actor.client, turn, action);
      await actor.client.untaken();
      const before = waiter.client.frames.length;
      open.clock.advance(99);
      await waiter.client.untaken();
      expect(waiter.client.frames.length).toBe(before);
      let delay = 99;
      while (waiter.client.frames.length === before && delay < 500) {
        const step = Math.min(10, 500 - delay);
        open.clock.advance(step);
        delay += step;
        await waiter.client.untaken();
      }
      expect(waiter.client.frames[before]).toMatchObject({ type: 'turn_result', seat: actor.index });
      delays.add(delay);
      if (delays.size > 1) break;
      const [mine, theirs] = [await actor.client.untaken(), await waiter.client.untaken()];
      if (theirs.some(({ type }) => type === 'turn_request')) [actor, waiter] = [waiter, actor];
      else if (!mine.some(({ type }) => type === 'turn_request')) break;
      turn = await actor.client.until('turn_request');
      // The time until the action was revealed is not taken from the next decision.
      expect(turn['deadline_ts']).toBe(Date.parse(String(turn['server_ts'])) + 5_000);
    }
    expect(delays.size).toBeGreaterThan(1);
  });
});

describe('answers that are refused', () => {
  it('section 4: an action that is not offered is rejected, with what is legal and how long there is', async () => {
    const { open, matchId, button } = await headsUp();
    const turn = await button.client.until('turn_request');
    open.clock.advance(1_800);
    answerTurn(button.client, turn, 'check');
    const rejected = await button.client.next();
    expect(rejected).toEqual({
      type: 'action_rejected',
      match_id: matchId,
      seq: 4,
      server_ts: open.serverTs(),
      request_id: turn['request_id'],
      reason: text,
      message: rejected['reason'],
      details: { valid_actions: ['fold', 'call', 'raise'] },
      submitted_action: 'check',
      remaining_ms: 3_200,
      valid_actions: ['fold', 'call', 'raise'],
    });
  });

  it('section 4: after a rejection the turn is open and a legal answer with the same request_id counts', async () => {
    const { open, button } = await headsUp();
    const turn = await button.client.until('turn_request');
    answerTurn(button.client, turn, 'check');
    expect(await button.client.next()).toMatchObject({ type: 'action_rejected', remaining_ms: 5_000 });
    open.clock.advance(4_999);
    answerTurn(button.client, turn, 'call');
    expect(await button.client.next()).toMatchObject({
      type: 'turn_result',
      seat: button.index,
      details: { action: 'call', is_timeout: false },
    });
  });

  it('section 4: a rejection does not stop the clock', async () => {
    const { open, button } = await headsUp();
    const turn = await button.client.until('turn_request');
    open.clock.advance(3_000);
    answerTurn(button.client, turn, 'check');
    await button.client.until('action_rejected');
    open.clock.advance(2_000);
    expect(await button.client.next()).toMatchObject({
      type: 'turn_result',
      details: { action: 'fold', is_timeout: true },
    });
  });

  it.each(['all_in', 'bet', 'CALL', 'post_big_blind'])(
    'section 6: %s is no action on the wire and is rejected',
    async (action) => {
      const { button } = await headsUp();
      const turn = await button.client.until('turn_request');
      answerTurn(button.client, turn, action);
      expect(await button.client.next()).toMatchObject({
        type: 'action_rejected',
        submitted_action: action,
        valid_actions: ['fold', 'call', 'raise'],
      });
    },
  );

  it.each([
    ['above max_raise', 100_000, 200],
    ['below min_raise', 11, 20],
  ])('section 4: a raise %s is moved into the range, not refused', async (_what, asked, amount) => {
    const { button } = await headsUp();
    await takeTurn(button, 'raise', asked);
    expect(await button.client.next()).toMatchObject({
      type: 'turn_result',
      details: { action: 'raise', amount, is_timeout: false },
    });
  });

  it('section 4: an object without an action is rejected with an empty submitted_action', async () => {
    const { matchId, button } = await headsUp();
    const { request_id } = await button.client.until('turn_request');
    button.client.say({ type: 'turn_action', match_id: matchId, request_id });
    expect(await button.client.next()).toMatchObject({
      type: 'action_rejected',
      request_id,
      submitted_action: '',
      valid_actions: ['fold', 'call', 'raise'],
    });
  });

  it('section 4: a field nobody knows draws unknown_field, and the turn stays open', async () => {
    const { open, matchId, button } = await headsUp();
    const turn = await button.client.until('turn_request');
    const { request_id } = turn;
    button.client.say({ type: 'turn_action', match_id: matchId, request_id, action: 'fold', note: 'x' });
    expect(await button.client.next()).toEqual({
      type: 'error',
      match_id: matchId,
      seq: expect.any(Number) as unknown,
      server_ts: open.serverTs(),
      code: 'unknown_field',
      message: text,
    });
    answerTurn(button.client, turn, 'call');
    expect(await button.client.next()).toMatchObject({ type: 'turn_result', details: { action: 'call' } });
  });

  it.each([
    ['an action that is no text', { action: 5 }],
    ['params that are a list', { action: 'raise', params: [30] }],
    ['a request_id that is no text', { action: 'call', request_id: 7 }],
  ])('section 4: %s draws malformed_message, and the turn stays open', async (_what, more) => {
    const { open, matchId, button } = await headsUp();
    const turn = await button.client.until('turn_request');
    const { request_id } = turn;
    button.client.say({ type: 'turn_action', match_id: matchId, request_id, ...more });
    expect(await button.client.next()).toEqual({
      type: 'error',
      match_id: matchId,
      seq: expect.any(Number) as unknown,
      server_ts: open.serverTs(),
      code: 'malformed_message',
      message: text,
    });
    answerTurn(button.client, turn, 'call');
    expect(await button.client.next()).toMatchObject({ type: 'turn_result', details: { action: 'call' } });
  });

  it.each([
    ['text that is no JSON', 'call'],
    ['a list', '["call"]'],
    ['a number', '5'],
    ['null', 'null'],
    ['a binary frame', Buffer.from('{"type":"turn_action"}')],
  ])('section 4: %s while a turn is open makes the platform play at once', async (_what, frame) => {
    const { button } = await headsUp();
    await button.client.until('turn_request');
    button.client.say(frame);
    expect(await button.client.next()).toMatchObject({
      type: 'turn_result',
      seat: button.index,
      details: { action: 'fold', amount: 0, is_timeout: true },
    });
  });

  it('section 4: a second answer to a decision is rejected as a duplicate, and changes nothing', async () => {
    const { matchId, button, other } = await headsUp();
    const turn = await button.client.until('turn_request');
    answerTurn(button.client, turn, 'call');
    answerTurn(button.client, turn, 'fold');
    await button.client.until('turn_result');
    const rejected = await button.client.next();
    expect(Object.keys(rejected).toSorted()).toEqual([
      'details',
      'match_id',
      'message',
      'reason',
      'remaining_ms',
      'request_id',
      'seq',
      'server_ts',
      'submitted_action',
      'type',
      'valid_actions',
    ]);
    expect(rejected).toMatchObject({
      type: 'action_rejected',
      match_id: matchId,
      request_id: turn['request_id'],
      reason: expect.stringMatching(/duplicate action/i) as unknown,
      message: rejected['reason'],
      submitted_action: 'fold',
    });
    await takeTurn(other, 'check');
    expect(await button.client.next()).toMatchObject({ type: 'turn_result', seat: other.index });
  });

  it('section 4: an answer when no turn of this seat is open is dropped without a word', async () => {
    const { matchId, other } = await headsUp();
    other.client.say({ type: 'turn_action', match_id: matchId, request_id: 'none', action: 'fold' });
    expect(await other.client.untaken()).toEqual([]);
  });

  it('section 4: an answer that comes after the clock ran out changes nothing', async () => {
    const { open, button, other } = await headsUp();
    const turn = await button.client.until('turn_request');
    open.clock.advance(5_000);
    await button.client.until('turn_result');
    answerTurn(button.client, turn, 'raise', 200);
    await button.client.untaken();
    const results = other.client.frames.filter(({ type }) => type === 'turn_result');
    expect(results).toMatchObject([{ details: { action: 'fold', is_timeout: true } }]);
  });
});
