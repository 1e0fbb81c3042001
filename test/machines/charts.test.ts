/** What views show of both charts. */
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { allBelow } from '../../scripts/arrows.js';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';

const pathOf = ({ path }: AnyStateNode): string => path.join('.');

const statesTagged = (machine: AnyStateMachine, tag: string): string[] =>
  allBelow(machine.root)
    .filter(({ tags }) => tags.includes(tag))
    .map(pathOf);

describe.each([
  ['lobby', lobbyMachine],
  ['match', matchMachine],
] as const)('the %s chart', (_name, machine: AnyStateMachine) => {
  it('describes each state in a sentence', () => {
    const described = allBelow(machine.root).map((node) => `${pathOf(node)}: ${node.description}`);
    expect(described.length).toBeGreaterThan(8);
    expect(described.filter((line) => !/: [A-Z].{15,}\.$/.test(line))).toEqual([]);
  });
});

it('tags tell on both charts where a socket is dialed and where it is open', () => {
  expect(statesTagged(lobbyMachine, 'dialing')).toEqual(['connecting']);
  expect(statesTagged(lobbyMachine, 'connected')).toEqual(['authenticating', 'listening']);
  expect(statesTagged(matchMachine, 'dialing')).toEqual(['connecting.dialing', 'resuming.dialing']);
  expect(statesTagged(matchMachine, 'connected')).toEqual([
    'connecting.handshaking',
    'playing',
    'resuming.handshaking',
  ]);
});
