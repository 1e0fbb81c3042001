import { describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { formatCard } from '../../src/holdem/card.js';
import { type TurnSetup, turnOf } from '../../src/testing/turn-of.js';

const cards = (list: readonly Parameters<typeof formatCard>[0][]) => list.map(formatCard).join(' ');

describe('a turn', () => {
  it('without a word is the first one of a hand between two, on the button', () => {
    const { state, turn, proposals } = turnOf();
    expect({ ...state, holeCards: cards(state.holeCards) }).toEqual({
      yourSeat: 0,
      yourStack: 9_950,
      opponentStacks: [9_900],
      dealerSeat: 0,
      handNumber: 1,
      phase: 'preflop',
      holeCards: 'As Kd',
      board: [],
      pot: 150,
      toCall: 50,
      minRaise: 200,
      maxRaise: 10_000,
      validActions: ['fold', 'call', 'raise'],
      actionHistory: [
        { seat: 0, action: 'post_small_blind', amount: 50, phase: 'preflop', isTimeout: false },
        { seat: 1, action: 'post_big_blind', amount: 100, phase: 'preflop', isTimeout: false },
      ],
      roundId: 'hand-1',
      requestId: 'turn-2',
    });
    expect(turn).toMatchObject({
      requestId: 'turn-2',
      raw: { type: 'turn_request', request_id: 'turn-2', state: { your_hole_cards: ['As', 'Kd'], pot: 150 } },
    });
    expect(turn.signal.aborted).toBe(false);
    turn.propose(Action.call());
    expect(proposals).toEqual([Action.call()]);
  });

  it('is the same each time, but for its deadline', () => {
    const [one, other] = [turnOf({ board: '2c 3c 4c' }), turnOf({ board: '2c 3c 4c' })];
    expect(one.state).toEqual(other.state);
  });

  it('has its deadline the clock away from now', () => {
    const before = Date.now();
    const { deadline } = turnOf({ clockMs: 30_000 }).turn;
    expect(deadline - before).toBeGreaterThanOrEqual(30_000);
    expect(deadline - Date.now()).toBeLessThanOrEqual(30_000);
  });

  it.each([
    ['8c Kd 3s', 'flop'],
    ['8c Kd 3s 2h', 'turn'],
    ['8c Kd 3s 2h 9s', 'river'],
  ])('on the board %s is after everybody has called and checked', (board, street) => {
    const { state } = turnOf({ holeCards: '8s 8h', board });
    expect([state.phase, cards(state.board), cards(state.holeCards)]).toEqual([street, board, '8s 8h']);
    expect([state.pot, state.toCall, state.validActions]).toEqual([200, 0, ['check', 'raise']]);
  });

  it('follows the actions that are named, raises to a total, and deals a board that is not', () => {
    const { state } = turnOf({
      holeCards: '7d 2c',
      dealer: 1,
      actions: ['raise 300', 'call', 'check', 'raise 400'],
    });
    expect([state.phase, state.board.length, state.pot, state.toCall]).toEqual(['flop', 3, 1_000, 400]);
    expect(state.actionHistory.slice(2).map(({ action }) => action)).toEqual([
      'raise',
      'call',
      'check',
      'raise',
    ]);
  });

  it('faces an all-in', () => {
    const { state } = turnOf({ dealer: 1, actions: ['all-in'] });
    expect([state.toCall, state.validActions]).toEqual([9_900, ['fold', 'call']]);
  });

  it('gives each of six seats its own cards, whoever deals and whoever is out', () => {
    for (let dealer = 0; dealer < 6; dealer += 1) {
      for (let seat = 0; seat < 6; seat += 1) {
        const stacks = [1_000, 2_000, 3_000, 4_000, 5_000, 6_000];
        stacks[(seat + 2) % 6] = 0;
        const { state } = turnOf({ stacks, seat, dealer, holeCards: 'Qs Jd', board: '2c 7h 9d' });
        expect([cards(state.holeCards), cards(state.board)]).toEqual(['Qs Jd', '2c 7h 9d']);
        expect([state.yourSeat, state.opponentStacks.length]).toEqual([seat, 5]);
      }
    }
  });

  it('has blinds and antes as they are set', () => {
    const { state } = turnOf({ smallBlind: 5, bigBlind: 10, ante: 1, stacks: [500, 300] });
    expect([state.pot, state.yourStack, state.opponentStacks, state.toCall]).toEqual([17, 494, [289], 5]);
  });
});

describe('what no hand can be', () => {
  const refused: [what: string, setup: TurnSetup, option: string, sentence: string][] = [
    ['a card twice in the hand', { holeCards: 'As As' }, 'holeCards', 'The card As is there twice.'],
    ['a card of the hand on the board', { board: 'As 2c 3d' }, 'board', 'The card As is there twice.'],
    ['three cards', { holeCards: 'As Kd Qh' }, 'holeCards', 'A hand has two cards, this one has 3.'],
    ['what is no card', { holeCards: 'A♠ Kd' }, 'holeCards', 'A card is a rank and a suit such as Ah'],
    [
      'two cards on the board',
      { board: '2c 3d' },
      'board',
      'A board has 0, 3, 4 or 5 cards, this one has 2.',
    ],
    ['another word', { actions: ['bet 50'] }, 'actions', '"bet 50" is not an action: there are fold, check'],
    ['a raise to nothing', { actions: ['raise'] }, 'actions', '"raise" is not an action'],
    [
      'a check that is a call',
      { actions: ['check'] },
      'actions',
      '"check" is not possible for seat 0 on the preflop (fold, call, raise; 50 to call, raises to 200 to 10000)',
    ],
    ['a raise below the least', { actions: ['raise 150'] }, 'actions', 'the amount is the total to raise to'],
    [
      "another seat's turn",
      { actions: ['call'] },
      'actions',
      'it is the turn of seat 1, not of yours, 0: say what 1 does, or set seat or dealer.',
    ],
    ['a hand that is over', { actions: ['fold'] }, 'actions', 'nobody is in turn: leave out the last one.'],
    ['more after the end', { actions: ['fold', 'check'] }, 'actions', 'The hand is over before "check".'],
    [
      'a board that the actions do not reach',
      { board: '2c 3d 4h', actions: [] },
      'actions',
      'These actions lead to the preflop, where the board has 0 cards; yours has 3.',
    ],
    ['a seat that is not there', { seat: 2 }, 'seat', 'There are seats 0 to 1.'],
    [
      'a seat without chips',
      { stacks: [0, 9, 9], bigBlind: 2, smallBlind: 1 },
      'stacks',
      'Seat 0, yours, has no chips.',
    ],
    ['one seat', { seats: 1 }, 'seats', 'A table has 2 to 10 seats, not 1.'],
    ['a blind of nothing', { smallBlind: 0 }, 'turnOf', 'Option `smallBlind` must be'],
    [
      'a blind that takes all chips',
      { stacks: [50, 100] },
      'seat',
      'has no turn in a hand in which everybody calls',
    ],
  ];

  it.each(refused)('%s is refused in a sentence', (_what, setup, option, sentence) => {
    expect(() => turnOf(setup)).toThrow(
      expect.objectContaining({ code: 'bad_option', option, message: expect.stringContaining(sentence) }),
    );
  });
});
