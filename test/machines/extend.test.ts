/** Charts with a state and an event more than the agent's, and the example of docs/testing.md. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createActor, type EventFromLogic, type StateValueFrom } from 'xstate';
import { extendLobby, extendMatch } from '../../src/machines/extend.js';
import { newLobby } from '../../src/machines/lobby.context.js';
import { lobbyMachine, lobbySetup } from '../../src/machines/lobby.js';
import { type AnyMatch, matchMachine } from '../../src/machines/match.js';
import type {
  BotCommand,
  BotEvent,
  LobbySocketCommand,
  LobbySocketEvent,
  MatchSocketCommand,
  MatchSocketEvent,
} from '../../src/machines/ports.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { lobbyCases } from '../../src/testing/lobby-cases.js';
import { lobbyModel } from '../../src/testing/lobby-model.js';
import { matchCases } from '../../src/testing/match-cases.js';
import { matchModel } from '../../src/testing/match-model.js';
import type { Model } from '../../src/testing/model.js';
import { edgePaths } from '../../src/testing/paths.js';
import { playPath } from '../../src/testing/play-path.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { lobbyFrames } from '../kit/lobby-harness.js';
import { frames } from '../kit/match-harness.js';

const begin = '// The example of docs/testing.md begins here.';
const end = '// It ends here.';

// The example of docs/testing.md begins here.
const { setup, chart } = extendLobby<{ type: 'agent.pause' } | { type: 'agent.unpause' }>();

const pausable = setup
  .extend({ guards: { isIdle: ({ context }) => Object.keys(context.live).length === 0 } })
  .createMachine({
    ...chart,
    on: {
      ...chart.on,
      'agent.pause': { guard: 'isIdle', target: '.paused', actions: 'hangUp' },
    },
    states: {
      ...chart.states,
      paused: {
        description: 'The bot is offline, as it was asked to be.',
        on: { 'agent.unpause': 'connecting', 'agent.pause': {}, 'socket.closed': {} },
      },
    },
  });

const model = lobbyModel({
  machine: pausable,
  cases: [
    ...lobbyCases,
    { name: 'pause', event: { type: 'agent.pause' } },
    { name: 'unpause', event: { type: 'agent.unpause' } },
  ],
});
// It ends here.

const match = extendMatch<{ type: 'table.break'; ms: number }>();

const withBreaks = match.setup
  .extend({
    guards: { isLong: (_, { ms }: { ms: number }) => ms >= 1_000 },
    delays: { breakTime: 60_000 },
    actions: { noteBreak: match.setup.assign({ detail: 'The table had a break.' }) },
  })
  .createMachine({
    ...match.chart,
    states: {
      ...match.chart.states,
      playing: {
        ...match.chart.states.playing,
        on: {
          ...match.chart.states.playing.on,
          'table.break': {
            guard: { type: 'isLong', params: ({ event }) => ({ ms: event.ms }) },
            target: '.onBreak',
            actions: 'noteBreak',
          },
        },
        states: {
          ...match.chart.states.playing.states,
          onBreak: {
            description: 'Nobody is asked for a while.',
            after: { breakTime: 'watching' },
          },
        },
      },
    },
  });

const breakModel = matchModel({
  machine: withBreaks,
  cases: [
    ...matchCases.filter(({ name }) => ['opened', 'hello', 'connection lost'].includes(name)),
    { name: 'break', event: { type: 'table.break', ms: 60_000 } },
    { name: 'no break at all', event: { type: 'table.break', ms: 0 } },
  ],
});

const models: [string, Model, Model, string[]][] = [
  ['lobby', model, lobbyModel(), ['#lobby.paused']],
  ['match', breakModel, matchModel(), ['#match.playing.onBreak']],
];

describe.each(models)('a %s with a state and an event of its own', (_name, own, plain, states) => {
  it('has everything of the chart that it was made of', () => {
    const all = chartCoverage(own.machine).missing();
    const before = chartCoverage(plain.machine).missing();
    expect(all.states.toSorted()).toEqual([...before.states, ...states].toSorted());
    expect(all.transitions).toEqual(expect.arrayContaining(before.transitions));
  });

  it('is a model with paths to all that was added', () => {
    const coverage = chartCoverage(own.machine);
    for (const path of edgePaths(own, { filter: ({ depth }) => depth < 5 })) {
      playPath(own, path, { inspect: coverage.inspect });
    }
    const { states: left, transitions, refusals } = coverage.missing();
    const isAdded = (goal: string) => /paused|pause|onBreak|table\.break/.test(goal);
    expect([...left, ...transitions, ...refusals].filter(isAdded)).toEqual([]);
    expect(chartCoverage(own.machine).missing().transitions.filter(isAdded).length).toBeGreaterThan(1);
  });
});

describe('a lobby that can be paused', () => {
  function start(seat: AnyMatch = matchMachine) {
    const clock = createVirtualClock();
    const socket = scriptedPort<LobbySocketCommand, LobbySocketEvent, undefined>();
    const reporter = scriptedPort<AgentEvent, never, undefined>();
    const machine = pausable.provide({
      actors: { lobbySocket: socket.logic, reporter: reporter.logic, match: seat },
    });
    const input = { lobbyUrl: 'ws://127.0.0.1:9/ws/external/bot/b1', now: clock.now, random: () => 0.5 };
    const actor = createActor(machine, { input, clock }).start();
    return { actor, clock, socket, value: (): StateValueFrom<typeof pausable> => actor.getSnapshot().value };
  }

  it('hangs up, stays away for as long as it is told, and comes back', () => {
    const { actor, clock, socket, value } = start();
    socket.tell({ type: 'socket.opened' });
    socket.tell(lobbyFrames.hello);
    socket.take();
    actor.send({ type: 'agent.pause' });
    expect([value(), socket.take()]).toEqual(['paused', [{ type: 'socket.close' }]]);
    clock.advance(3_600_000);
    expect([value(), socket.take(), clock.pending()]).toEqual(['paused', [], 0]);
    actor.send({ type: 'agent.unpause' });
    expect(value()).toBe('connecting');
    expect(socket.take()).toEqual([{ type: 'socket.connect', url: 'ws://127.0.0.1:9/ws/external/bot/b1' }]);
    actor.stop();
  });

  it('takes a match chart that was extended as well', () => {
    const gateway = scriptedPort<MatchSocketCommand, MatchSocketEvent, { matchId: string }>();
    const bot = scriptedPort<BotCommand, BotEvent, { matchId: string }>({ atStart: { type: 'bot.ready' } });
    const reporter = scriptedPort<AgentEvent, never, undefined>();
    const { actor, clock, socket } = start(
      withBreaks.provide({
        actors: { matchSocket: gateway.logic, bot: bot.logic, reporter: reporter.logic },
      }),
    );
    socket.tell({ type: 'socket.opened' });
    socket.tell(lobbyFrames.hello);
    socket.tell(lobbyFrames.matched('m1'));
    gateway.tell({ type: 'socket.opened' }, 'm1');
    gateway.tell(frames.hello(), 'm1');
    const seat = actor.system.get('match:m1');
    const value = (): StateValueFrom<typeof withBreaks> => seat.getSnapshot().value;
    seat.send({ type: 'table.break', ms: 60_000 } satisfies EventFromLogic<typeof withBreaks>);
    expect(value()).toEqual({ playing: 'onBreak' });
    clock.advance(60_000);
    expect(value()).toEqual({ playing: 'watching' });
    actor.stop();
  });
});

it('the parts of a chart make other charts as well', () => {
  const port = scriptedPort<LobbySocketCommand, LobbySocketEvent, undefined>();
  const knocking = lobbySetup
    .extend({ guards: { isLost: ({ event }) => event.type === 'socket.closed' } })
    .createMachine({
      context: ({ input }) => newLobby(input),
      invoke: { src: 'lobbySocket', id: 'socket' },
      initial: 'knocking',
      states: {
        knocking: { entry: 'dial', on: { '*': { guard: 'isLost', target: 'gone' } } },
        gone: { type: 'final' },
      },
    })
    .provide({ actors: { lobbySocket: port.logic } });
  const actor = createActor(knocking, {
    input: { lobbyUrl: 'ws://127.0.0.1:9/x', now: () => 0, random: () => 0 },
  });
  actor.start();
  expect(port.take()).toEqual([{ type: 'socket.connect', url: 'ws://127.0.0.1:9/x' }]);
  port.tell(frames.closed());
  expect(actor.getSnapshot().value).toBe('gone');
});

it('an extended chart knows its own names, and others are refused when it is compiled', () => {
  const send = (event: EventFromLogic<typeof pausable>): string => event.type;
  // @ts-expect-error: no such event
  expect(send({ type: 'agent.pauze' })).toBe('agent.pauze');
  // @ts-expect-error: no such guard
  const guarded = () => setup.createMachine({ ...chart, on: { 'agent.pause': { guard: 'isIdel' } } });
  // @ts-expect-error: no such action
  const acting = () => setup.createMachine({ ...chart, on: { 'agent.pause': { actions: 'hangUpp' } } });
  expect([guarded, acting]).toHaveLength(2);
  // @ts-expect-error: no such state
  const elsewhere: StateValueFrom<typeof pausable> = 'pauzed';
  expect(elsewhere).toBe('pauzed');
  // @ts-expect-error: no such event in the cases
  const strange = lobbyModel({ cases: [{ name: 'pause', event: { type: 'agent.pause' } }] });
  const wrong: Model[] = [strange];
  // @ts-expect-error: a match is no lobby
  wrong.push(lobbyModel({ machine: matchMachine }));
  // @ts-expect-error: a lobby is no match
  wrong.push(matchModel({ machine: lobbyMachine }));
  // @ts-expect-error: nor is it one that a lobby can seat
  const nested = lobbyMachine.provide({ actors: { match: lobbyMachine } });
  expect([nested.id, ...wrong.map(({ machine }) => machine.id)]).toEqual([
    'lobby',
    'lobby',
    'match',
    'lobby',
  ]);
});

it('the example of docs/testing.md is the one above', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const [, example = ''] = read('extend.test.ts').split(`${begin}\n`);
  const text = example.slice(0, example.indexOf(end)).trim();
  expect(text).toContain('.createMachine({');
  expect(read('../../docs/testing.md')).toContain(`\n\n${text}\n\`\`\`\n`);
});
