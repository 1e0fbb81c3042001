/** Sequences of anything that can happen to agents and their platform, as a property that always holds. */
import fc from 'fast-check';
import { countIn, type Model, modelOf, type Tally } from './command.js';
import { openScene, type Scene, type Setup } from './scene.js';
import { anyStep } from './steps.js';

const defaults = { steps: 40 } as const;

const setups: fc.Arbitrary<Setup> = fc.record({
  seed: fc.nat({ max: 9_999 }).map(String),
  legacy: fc.boolean(),
  maxHands: fc.integer({ min: 1, max: 6 }),
  startingStack: fc.constantFrom(60, 400),
  maxReconnects: fc.constantFrom(3, 3, 0, 1_000),
  decisionTimeoutMs: fc.constantFrom(5_000, 2_000, 700),
  dispatchDelayMs: fc.constantFrom(0, 0, 800),
  agents: fc.constantFrom(2, 1, 0),
  ending: fc.constantFrom('players', 'platform'),
});

export interface SequencesOptions {
  seed: number;
  runs: number;
  /** Commands of a sequence, at most. Default: 40. */
  steps?: number;
  /** No sequence begins after so many milliseconds. Default: no limit. */
  limitMs?: number;
  /** Of an earlier failure: the sequence and its shrunk form to run again. */
  path?: string | undefined;
  replayPath?: string | undefined;
}

export interface Played extends Tally {
  sequences: number;
}

/**
 * Plays sequences until one breaks a rule.
 *
 * @throws the report of fast-check: the seed, the paths and the shortest sequence that still breaks it.
 */
export async function playSequences({
  seed,
  runs,
  steps = defaults.steps,
  limitMs,
  path,
  replayPath,
}: SequencesOptions): Promise<Played> {
  const played: Played = { sequences: 0, steps: new Map(), told: new Map() };
  const sequences = fc.commands([anyStep(played)], {
    maxCommands: steps,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  });
  await fc.assert(
    fc.asyncProperty(setups, sequences, async (setup, sequence) => {
      played.sequences += 1;
      await play(setup, sequence, played);
    }),
    {
      seed,
      numRuns: runs,
      ...(path !== undefined && { path }),
      ...(limitMs !== undefined && { interruptAfterTimeLimit: limitMs, markInterruptAsFailure: false }),
    },
  );
  return played;
}

async function play(
  setup: Setup,
  steps: Iterable<fc.AsyncCommand<Model, Scene>>,
  { told }: Tally,
): Promise<void> {
  const scene = await openScene(setup, (type) => countIn(told, type));
  try {
    for (let account = 0; account < setup.agents; account += 1) {
      await scene.start(account, { safeMode: true });
      scene.dispatch([{ botId: scene.accounts[account]?.botId ?? '' }, 'random'], { rated: false });
    }
    await scene.pass(0);
    await fc.asyncModelRun(() => ({ model: modelOf(scene), real: scene }), steps);
    await scene.end();
  } finally {
    await scene.abandon();
  }
}
