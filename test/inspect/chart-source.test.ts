import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, type AnyStateNode, assign, createMachine } from 'xstate';
import { allBelow } from '../../src/inspect/arrows.js';
import { chartSource } from '../../src/inspect/chart-source.js';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';

const charts = { lobby: lobbyMachine, match: matchMachine };

/** Every state with what it is and where its transitions lead, in order. */
function outlineOf(machine: AnyStateMachine): unknown[] {
  const nameOf = (value: unknown): unknown => (value as { type?: string } | undefined)?.type ?? value;
  return [machine.root, ...allBelow(machine.root)].map((node) => [
    node.id,
    node.type,
    node.description,
    node.tags,
    node.initial?.target.map(({ id }: AnyStateNode) => id),
    node.entry.map(nameOf),
    node.exit.map(nameOf),
    node.invoke.map(({ src, id }) => [src, id]),
    [...node.transitions.values(), node.always ?? []]
      .flat()
      .map(({ eventType, guard, target, actions }) => [
        eventType,
        nameOf(guard),
        target?.map(({ id }: AnyStateNode) => id),
        actions.map(nameOf),
      ]),
  ]);
}

/** The module as whoever imports it gets it. */
function machinesIn(source: string): Record<string, AnyStateMachine> {
  const body = source.replace(/^import .*$/m, '').replaceAll('export const ', 'made.');
  const made: Record<string, AnyStateMachine> = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- it is our own text, and that it is code is what is tested
  new Function('createMachine', 'made', body)(createMachine, made);
  return made;
}

describe('the source of a chart', () => {
  it('is a module of machines that have every state, transition, action and guard of ours', () => {
    const made = machinesIn(chartSource(charts, 'ts'));
    expect(Object.keys(made)).toEqual(['lobbyMachine', 'matchMachine']);
    for (const [name, machine] of Object.entries(charts)) {
      expect(outlineOf(made[`${name}Machine`] as AnyStateMachine)).toEqual(outlineOf(machine));
    }
  });

  it('is the same configuration in JSON, alone or by name', () => {
    const both = JSON.parse(chartSource(charts, 'json')) as Record<string, object>;
    expect(JSON.parse(chartSource({ match: matchMachine }, 'json'))).toEqual(both.match);
    expect(outlineOf(createMachine(both.lobby as never))).toEqual(outlineOf(lobbyMachine));
  });

  it('is a state diagram', () => {
    const [lobby, match, ...more] = chartSource(charts, 'mermaid').split('\n\n');
    expect([lobby?.split('\n')[0], match?.split('\n')[0], more]).toEqual([
      'stateDiagram-v2',
      'stateDiagram-v2',
      [],
    ]);
    expect(match).toContain('playing_deciding --> playing_watching');
  });

  it('names actions and guards that are code, and leaves out what is nothing but code', () => {
    const machine = createMachine({
      context: () => ({ n: 0 }),
      entry: [assign({ n: 1 }), function shout() {}],
      initial: 'a',
      states: {
        a: {
          invoke: { src: 'port', input: () => 1 },
          on: {
            go: {
              guard: function open() {
                return true;
              },
              target: 'a',
            },
          },
        },
      },
    } as never);
    expect(JSON.parse(chartSource({ machine }, 'json'))).toEqual({
      entry: [{ type: 'xstate.assign' }, { type: 'shout' }],
      initial: 'a',
      states: { a: { invoke: { src: 'port' }, on: { go: { guard: { type: 'open' }, target: 'a' } } } },
    });
  });
});
