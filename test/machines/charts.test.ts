/** What is read off the charts: by views, and by whoever looks for what a name of the chart stands for. */
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { allBelow } from '../../src/inspect/arrows.js';
import { lobbyAbsence } from '../../src/machines/lobby.absence.js';
import { lobbyConnection } from '../../src/machines/lobby.connection.js';
import { lobbyElsewhere } from '../../src/machines/lobby.elsewhere.js';
import { lobbyEnding } from '../../src/machines/lobby.ending.js';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { lobbyMatches } from '../../src/machines/lobby.matches.js';
import { matchAnswers } from '../../src/machines/match.answers.js';
import { matchBot } from '../../src/machines/match.bot.js';
import { matchConnection } from '../../src/machines/match.connection.js';
import { matchEnding } from '../../src/machines/match.ending.js';
import { matchMachine } from '../../src/machines/match.js';
import { matchRefusals } from '../../src/machines/match.refusals.js';
import { matchTable } from '../../src/machines/match.table.js';
import { matchTurns } from '../../src/machines/match.turns.js';
import { seasonMachine } from '../../src/machines/season.js';
import { seasonList } from '../../src/machines/season.list.js';
import { seasonPresence } from '../../src/machines/season.presence.js';

type Part = Partial<Record<'guards' | 'actions' | 'delays', object>>;

const pathOf = ({ path }: AnyStateNode): string => path.join('.');

const statesTagged = (machine: AnyStateMachine, tag: string): string[] =>
  allBelow(machine.root)
    .filter(({ tags }) => tags.includes(tag))
    .map(pathOf);

const nameOf = (of: unknown): string[] => {
  if (typeof of === 'string') return [of];
  const { type } = (of ?? {}) as { type?: unknown };
  return typeof type === 'string' && !type.startsWith('xstate.') ? [type] : [];
};

/** Every guard, action and delay that the chart names. */
function namesIn({ root }: AnyStateMachine): Set<string> {
  return new Set(
    [root, ...allBelow(root)].flatMap(({ entry, exit, transitions, always = [], after }) => {
      const all = [...transitions.values(), always].flat();
      const delays = after.map(({ delay }) => delay);
      return [
        ...entry,
        ...exit,
        ...delays,
        ...all.flatMap(({ guard, actions }) => [guard, ...actions]),
      ].flatMap(nameOf);
    }),
  );
}

describe.each<[string, AnyStateMachine, readonly Part[]]>([
  ['lobby', lobbyMachine, [lobbyAbsence, lobbyConnection, lobbyMatches, lobbyElsewhere, lobbyEnding]],
  ['season', seasonMachine, [seasonList, seasonPresence]],
  [
    'match',
    matchMachine,
    [matchConnection, matchTurns, matchAnswers, matchRefusals, matchBot, matchTable, matchEnding],
  ],
])('the %s chart', (_name, machine, parts) => {
  it('describes each state in a sentence', () => {
    const described = allBelow(machine.root).map((node) => `${pathOf(node)}: ${node.description}`);
    expect(described.length).toBeGreaterThan(8);
    expect(described.filter((line) => !/: [A-Z].{15,}\.$/.test(line))).toEqual([]);
  });

  it('names each guard, action and delay of its parts, which are in one part each', () => {
    const kept = parts.flatMap(({ guards = {}, actions = {}, delays = {} }) =>
      [guards, actions, delays].flatMap((some) => Object.keys(some)),
    );
    expect(kept.toSorted()).toEqual([...namesIn(machine)].toSorted());
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
