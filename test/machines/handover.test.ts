import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import {
  type HandoverCommand,
  type HandoverEvent,
  handoverDefaults,
  handoverMachine,
} from '../../src/machines/handover.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { transitionCoverage } from '../kit/transition-coverage.js';

type Inspect = Parameters<typeof createActor>[1] extends { inspect?: infer I } | undefined ? I : never;

function startHandover(inspect?: Inspect) {
  const clock = createVirtualClock();
  const session = scriptedPort<HandoverCommand, HandoverEvent, undefined>();
  const reporter = scriptedPort<AgentEvent, never, undefined>();
  const machine = handoverMachine.provide({ actors: { session: session.logic, reporter: reporter.logic } });
  const actor = createActor(machine, { clock, ...(inspect && { inspect }) });
  actor.start();
  return {
    clock,
    send: (event: HandoverEvent) => actor.send(event),
    state: () => actor.getSnapshot().value,
    told: () => ({ commands: session.take(), reports: reporter.take() }),
  };
}

const asked = (caller: number): HandoverEvent => ({ type: 'successor.asked', caller, pid: 100 + caller });
const gone = (caller: number, isEvicted = false): HandoverEvent => ({
  type: 'successor.gone',
  caller,
  isEvicted,
});
const nothing = { commands: [], reports: [] };

interface Scenario {
  title: string;
  play(handover: ReturnType<typeof startHandover>): void;
}

const scenarios: Scenario[] = [
  {
    title: 'leaves the lobby when it is asked to, and ends when the newer session has lasted',
    play({ send, told, state, clock }) {
      send(asked(1));
      expect(told()).toEqual({
        commands: [{ type: 'lobby.give', pid: 101 }],
        reports: [{ type: 'handover.given', pid: 101 }],
      });
      clock.advance(handoverDefaults.trustMs - 1);
      expect(state()).toBe('trusting');
      clock.advance(1);
      expect(state()).toBe('finishing');
      expect(told()).toEqual({
        commands: [{ type: 'session.finish' }],
        reports: [{ type: 'handover.settled', pid: 101 }],
      });
      send(gone(1));
      send(asked(2));
      expect(told()).toEqual(nothing);
    },
  },
  {
    title: 'takes the lobby back from a newer session that ends too soon, and gives it to the next one',
    play({ send, told, state, clock }) {
      send(asked(1));
      told();
      clock.advance(59_999);
      send(gone(1));
      expect(state()).toBe('serving');
      expect(told()).toEqual({
        commands: [{ type: 'lobby.takeBack' }],
        reports: [{ type: 'handover.returned', pid: 101 }],
      });
      clock.advance(120_000);
      expect(told()).toEqual(nothing);
      send(asked(2));
      expect(told().commands).toEqual([{ type: 'lobby.give', pid: 102 }]);
    },
  },
  {
    title: 'does not take it back from a third session that has turned the newer one out',
    play({ send, told, state }) {
      send(asked(1));
      told();
      send(gone(1, true));
      expect(state()).toBe('finishing');
      expect(told().commands).toEqual([{ type: 'session.finish' }]);
    },
  },
  {
    title:
      'trusts the last one that asked: the end of an earlier one changes nothing, and the time begins anew',
    play({ send, told, state, clock }) {
      send(asked(1));
      clock.advance(50_000);
      send(asked(2));
      told();
      send(gone(1));
      clock.advance(50_000);
      expect(state()).toBe('trusting');
      expect(told()).toEqual(nothing);
      send(gone(2));
      expect(told().commands).toEqual([{ type: 'lobby.takeBack' }]);
    },
  },
  {
    title: 'leaves the lobby of one that ends too soon to the one between, until that ends, too',
    play({ send, told, state }) {
      send(asked(1));
      send(asked(2));
      told();
      send(gone(2));
      expect([state(), told()]).toEqual(['trusting', nothing]);
      send(gone(1));
      expect([state(), told().commands]).toEqual(['serving', [{ type: 'lobby.takeBack' }]]);
    },
  },
  {
    title: 'does not go back to the lobby when its own session ends meanwhile',
    play({ send, told, state }) {
      send(asked(1));
      told();
      send({ type: 'session.ending' });
      expect(state()).toBe('finishing');
      send(gone(1));
      expect(told()).toEqual(nothing);
    },
  },
];

describe('the handover machine', () => {
  it.each(scenarios)('$title', ({ play }) => play(startHandover()));

  it('is taken through every state and every transition by these scenarios', () => {
    const coverage = transitionCoverage(handoverMachine);
    for (const { play } of scenarios) play(startHandover(coverage.inspect));
    expect(coverage.missing()).toEqual({ states: [], transitions: [] });
  });

  it('says which port is missing', () => {
    const actor = createActor(handoverMachine);
    const errors: unknown[] = [];
    actor.subscribe({ error: (error) => errors.push(error) });
    actor.start();
    expect(String(errors[0])).toContain('`session` actor must be provided');
  });
});
