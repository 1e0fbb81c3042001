import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableFact } from '../../../src/holdem/facts.js';
import { parseGameState } from '../../../src/holdem/game-state.js';
import { createTable } from '../../../src/holdem/table.js';
import { viewOf } from '../../../src/holdem/view-of.js';
import {
  phaseChange,
  roundResult,
  roundStart,
  turnRequest,
  turnResult,
} from '../../../src/sandbox/match/wire-of-hand.js';

const terms = { requestId: 'req_1', clockMs: 2_000, deadline: 9_000 };

function frameOf(fact: TableFact): object[] {
  switch (fact.type) {
    case 'handStarted':
      return [0, 1].map((seat) => roundStart(fact, seat, 'r_1'));
    case 'acted':
      return [turnResult(fact)];
    case 'streetOpened':
      return [phaseChange(fact)];
    case 'handEnded':
      return [roundResult(fact, 'r_1')];
    case 'matchEnded':
      return [];
  }
}

describe('a hand on the wire', () => {
  it('is written byte for byte as the platform writes it', () => {
    const table = createTable({
      seats: 2,
      startingStack: 100,
      smallBlind: 5,
      bigBlind: 10,
      ante: 1,
      seed: 'seed-2',
      deckFor: () => ['8c', 'Qs', '3d', 'As', 'Jc', 'Js', 'Tc', 'Kd', '2d'],
    });
    const lines: string[] = [];
    const write = (frames: object[]) => lines.push(...frames.map((frame) => JSON.stringify(frame)));
    const tell = (facts: TableFact[]) => {
      for (const fact of facts) write(frameOf(fact));
      if (table.turn !== null) write([turnRequest(table.turn, terms)]);
    };
    tell(table.startHand());
    tell(table.act({ action: 'raise', params: { amount: 99 } }));
    tell(table.act({ action: 'call' }, { isTimeout: true }));
    const commitment = /"deck_commitment":"([0-9a-f]{64})"/.exec(lines[0] ?? '')?.[1] ?? '';
    const posts =
      '{"seat":0,"action":"post_small_blind","amount":5,"phase":"preflop","is_timeout":false},' +
      '{"seat":1,"action":"post_big_blind","amount":10,"phase":"preflop","is_timeout":false},' +
      '{"seat":0,"action":"post_ante","amount":1,"phase":"preflop","is_timeout":false},' +
      '{"seat":1,"action":"post_ante","amount":1,"phase":"preflop","is_timeout":false}';
    const raise = '{"seat":0,"action":"raise","amount":99,"phase":"preflop","is_timeout":false}';
    const call = '{"seat":1,"action":"call","amount":89,"phase":"preflop","is_timeout":true}';
    const start = (cards: string) =>
      `{"type":"round_start","round_id":"r_1","round_number":1,"state":{"hand_number":1,"dealer_seat":0,` +
      `"your_hole_cards":[${cards}],"pot":17,"post_blind_stacks":[94,89],"stacks":[100,100],` +
      `"deck_commitment":"${commitment}"}}`;
    const request = (seat: number, actions: string, cards: string, numbers: string, history: string) =>
      `{"type":"turn_request","seat":${seat},"request_id":"req_1","timeout_ms":2000,"turn_duration_ms":2000,` +
      `"deadline_ts":9000,"valid_actions":[${actions}],"state":{"hand_number":1,"phase":"preflop","board":[],` +
      `"your_hole_cards":[${cards}],${numbers},"action_history":[${history}]}}`;
    const phase = (name: string, board: string) =>
      `{"type":"phase_change","state":{"phase":"${name}","board":[${board}]}}`;
    expect(lines).toEqual([
      start('"Qs","As"'),
      start('"8c","3d"'),
      request(
        0,
        '"fold","call","raise"',
        '"Qs","As"',
        '"pot":17,"your_stack":94,"opponent_stacks":[89],"to_call":5,"min_raise":20,"max_raise":99',
        posts,
      ),
      '{"type":"turn_result","seat":0,"details":{"action":"raise","amount":99,"pot":111,"stacks":[0,89],"is_timeout":false}}',
      request(
        1,
        '"fold","call"',
        '"8c","3d"',
        '"pot":111,"your_stack":89,"opponent_stacks":[0],"to_call":89,"min_raise":0,"max_raise":0',
        `${posts},${raise}`,
      ),
      '{"type":"turn_result","seat":1,"details":{"action":"call","amount":89,"pot":200,"stacks":[0,0],"is_timeout":true}}',
      phase('flop', '"Jc","Js","Tc"'),
      phase('turn', '"Jc","Js","Tc","Kd"'),
      phase('river', '"Jc","Js","Tc","Kd","2d"'),
      '{"type":"round_result","round_id":"r_1","round_number":1,"result":{"hand_number":1,"winner_seats":[0],"pot":200,' +
        '"payouts":[{"seat":0,"amount":200}],"showdown":[' +
        '{"seat":1,"hole_cards":["8c","3d"],"hand_rank":"Pair","best_hand":["Jc","Js","Kd","Tc","8c"]},' +
        '{"seat":0,"hole_cards":["Qs","As"],"hand_rank":"Straight","best_hand":["As","Kd","Qs","Jc","Tc"]}],' +
        `"action_history":[${posts},${raise},${call}],"stacks":[200,0],"deck_commitment":"${commitment}",` +
        '"deck_reveal":null}}',
    ]);
  });

  it('tells a remote bot what a house bot sees', () => {
    const options = fc.record({
      seats: fc.integer({ min: 2, max: 6 }),
      startingStack: fc.integer({ min: 1, max: 200 }),
      smallBlind: fc.integer({ min: 1, max: 5 }),
      more: fc.nat({ max: 5 }),
      ante: fc.constantFrom(0, 2),
      seed: fc.string({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(
        options,
        fc.array(fc.nat({ max: 99 }), { minLength: 60 }),
        ({ more, ...match }, choices) => {
          const table = createTable({ ...match, bigBlind: match.smallBlind + more, maxHands: 8 });
          for (const choice of choices) {
            if (table.over) return;
            if (table.turn === null) table.startHand();
            else {
              const { turn } = table;
              const frame = turnRequest(turn, terms);
              const known = { seat: turn.seat, dealerSeat: turn.dealerSeat };
              expect(parseGameState(frame, known)).toStrictEqual({
                ...viewOf(turn, turn.seat),
                requestId: terms.requestId,
              });
              const action = turn.validActions[choice % turn.validActions.length] ?? 'fold';
              table.act({ action, params: { amount: turn.minRaise + choice } });
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
