/** Random ways through the two charts of the package, as models and as running actors on ports that a walk speaks for. */
import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import { lobbyCases } from '../../src/testing/lobby-cases.js';
import { lobbyVariants } from '../../src/testing/lobby-model.js';
import { matchCases } from '../../src/testing/match-cases.js';
import { matchVariants } from '../../src/testing/match-model.js';
import { type ModelCase, modelRandom } from '../../src/testing/model.js';
import { createDraw, type Draw } from './draw.js';
import { Lockstep, type LockstepOptions, type Step } from './lockstep.js';
import { type WalkReport, walk } from './walk.js';
import type { WorldParts } from './world.js';

type Cases = readonly ModelCase[];

/** Cases that would end most walks after a few steps. */
const isRare = ({ name }: ModelCase): boolean =>
  /broke|refused|cut|another version|match_end|stop|evict|revoked|replaced|too large|bot failed|finished/.test(
    name,
  );

/** Draws a case, those that end a walk less often. */
export function drawCase(draw: Draw, cases: Cases): ModelCase {
  for (;;) {
    const one = draw.of(cases);
    if (!isRare(one) || draw.once(12)) return one;
  }
}

/** A running chart that walks go through. */
export interface LiveChart {
  readonly name: string;
  readonly variants: readonly string[];
  readonly make: (parts: WorldParts) => AnyStateMachine;
  readonly inputOf: (variant: string) => NonNullable<LockstepOptions['input']>;
  /** What the ports of this name tell; `''` is the chart itself. */
  readonly cases: Readonly<Record<string, Cases>>;
}

const withPrefix = (cases: Cases, ...prefixes: string[]): Cases =>
  cases.filter(({ event }) => prefixes.some((prefix) => event.type.startsWith(prefix)));
/** Children end by themselves. */
const unlikeXState = (cases: Cases): Cases => cases.filter(({ event }) => !event.type.startsWith('xstate.'));

const match = (parts: WorldParts) =>
  matchMachine.provide({
    actors: {
      matchSocket: parts.port('socket') as never,
      bot: parts.port('bot') as never,
      reporter: parts.port('reporter') as never,
    },
  });

const matchPortCases = {
  socket: withPrefix(matchCases, 'frame.', 'socket.'),
  bot: withPrefix(matchCases, 'bot.'),
};

export const liveCharts: readonly LiveChart[] = [
  {
    name: 'match',
    variants: Object.keys(matchVariants),
    make: match,
    inputOf: (variant) => (world) =>
      matchVariants[variant as keyof typeof matchVariants]({ ...world, random: modelRandom }),
    cases: { ...matchPortCases, '': matchCases },
  },
  {
    name: 'lobby',
    variants: Object.keys(lobbyVariants),
    make: (parts) =>
      lobbyMachine.provide({
        actors: {
          lobbySocket: parts.port('lobbySocket') as never,
          reporter: parts.port('reporter') as never,
          match: parts.compile(match(parts)),
        },
      }),
    inputOf: (variant) => (world) =>
      lobbyVariants[variant as keyof typeof lobbyVariants]({ ...world, random: modelRandom }),
    cases: {
      ...matchPortCases,
      lobbySocket: withPrefix(lobbyCases, 'frame.', 'socket.'),
      '': unlikeXState(lobbyCases),
    },
  },
];

const waits = [0, 1, 400, 1_000, 1_500, 5_000, 12_000];

/** The same event without its parts: reading them throws in the middle of a step. */
const emptied = ({ type }: AnyEventObject): AnyEventObject => ({ type });

function drawStep(draw: Draw, chart: LiveChart, ports: readonly { name: string }[]): [Step, name: string] {
  if (draw.once(250)) return [{ do: 'restore' }, 'restored'];
  if (draw.once(400)) return [{ do: draw.once(2) ? 'observe' : 'inspect' }, 'watched'];
  if (draw.once(7)) return [{ do: 'wait', ms: draw.of(waits) }, 'waited'];
  const index = draw.below(Math.max(1, ports.length));
  if (draw.once(300)) return [{ do: 'crash', index }, `${ports[index]?.name} crashed`];
  const own = chart.cases[ports[index]?.name ?? ''];
  if (own === undefined || draw.once(4)) {
    const one = drawCase(draw, chart.cases[''] ?? []);
    const event = draw.once(200) ? emptied(one.event) : one.event;
    return [{ do: 'send', event }, event === one.event ? one.name : `${one.name}, emptied`];
  }
  const one = drawCase(draw, own);
  if (draw.once(300)) return [{ do: 'tell', index, event: emptied(one.event) }, `${one.name}, emptied`];
  return [{ do: 'tell', index, event: one.event }, one.name];
}

export interface ChartWalkOptions {
  /** Names the walk. */
  seed: string;
  steps: number;
  compile?: LockstepOptions['compile'];
}

/** @throws {WalkError} when both forms of the running chart differ. */
export function walkLive(chart: LiveChart, { seed, steps, compile }: ChartWalkOptions): WalkReport {
  const draw = createDraw(`${chart.name}:${seed}`);
  const variant = draw.of(chart.variants);
  const inspected = !draw.once(5);
  return walk(`${chart.name}, ${variant}, ${inspected ? '' : 'not '}inspected`, (played) => {
    const kinds = new Set<string>();
    const pair = new Lockstep({
      make: chart.make,
      input: chart.inputOf(variant),
      inspected,
      asked: Array.from({ length: 3 }, () => draw.of(chart.cases[''] ?? []).event),
      asText: false,
      keeps: true,
      ...(compile && { compile }),
    });
    while (played.length < steps && !pair.isOver) {
      const [step, name] = drawStep(draw, chart, pair.plain.ports);
      played.push(step);
      kinds.add(`${JSON.stringify(pair.plain.actor.getSnapshot().value)} ${name}`);
      pair.play(step);
    }
    const interpreted = [...pair.interpreted];
    pair.play({ do: 'stop' });
    return { interpreted, kinds };
  });
}
