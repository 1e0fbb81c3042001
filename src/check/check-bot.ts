/** `checkBot`: plays what a bot meets on the platform, and reports what would cost it chips. */
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { systemClock, systemNow } from '../time/clock.js';
import { assertCheckOptions, type CheckOptions, checkDefaults } from './check-options.js';
import type { CheckReport } from './check-report.js';
import { type CheckRun, createCheckRun } from './check-run.js';
import { openCheckedBot } from './checked-bot.js';
import { figuresOf } from './figures.js';
import { mostlyIllegal } from './legality.js';
import { playConformance } from './play-conformance.js';
import { playScenario, type ScenarioTerms } from './play-scenario.js';
import { createResources } from './resources.js';
import { answersOf, compareAnswers, foldsTheNuts } from './sameness.js';
import { longClock, shortClock } from './scenarios/clocks.js';
import { conformanceScenarios } from './scenarios/conformance.js';
import type { TurnScenario } from './scenarios/scenario.js';
import { streetScenarios } from './scenarios/streets.js';
import { trapScenarios } from './scenarios/traps.js';
import { playItself } from './self-play.js';

const scenarios = [
  ...streetScenarios.map((scenario) => ({ scenario, group: 'streets' as const })),
  ...trapScenarios.map((scenario) => ({ scenario, group: 'traps' as const })),
];

/** Being made, two clocks, the same answers, self-play, legality, resources. */
const otherParts = 7;

/**
 * Checks a bot: fixed turns of every street, what players of the platform met, the exchanges of the platform's own test
 * harness, both clocks, and matches against itself. The machine and the bot port that play real matches play these.
 *
 * @param source the file of a bot as `{ module: path }`, which plays isolated; or a class, a factory or an object, which
 * plays in this thread and can hold it for ever.
 * @returns the report. That a bot cannot be made is a finding in it, `not_made`.
 * @throws {OptionError} when there is no such file, and for options that cannot be; BadBotError for what cannot be a bot.
 */
export async function checkBot(
  source: BotSource | BotModule,
  options: CheckOptions = {},
): Promise<CheckReport> {
  assertCheckOptions(options);
  const { isolate, workerMemoryMb } = options;
  const { timeLimitMs = checkDefaults.timeLimitMs, hands = checkDefaults.hands } = options;
  const { onProgress, env = process.env, onBotOutput = () => undefined } = options;
  const startedAt = systemNow();
  const resources = createResources();
  const bot = openCheckedBot(source, { isolate, workerMemoryMb, env, onBotOutput }, resources);
  const total = scenarios.length + conformanceScenarios.length + otherParts;
  const run = createCheckRun({ bot, endsAt: startedAt + timeLimitMs, total, onProgress });
  try {
    await run.load();
    const startMs = Math.round(systemNow() - startedAt);
    const terms = { bot: bot.logic, clock: systemClock, onSeated: run.seated };
    const clockMs = await playClocks(run, { ...terms, clockMs: 0 });
    await playTurns(run, { ...terms, clockMs });
    for (const scenario of conformanceScenarios) {
      const { id, title } = scenario;
      await run.play({ id, group: 'protocol', title }, () => playConformance(scenario, terms));
    }
    await playAgain(run, { ...terms, clockMs });
    let played = 0;
    await run.play({ id: 'self-play', group: 'self-play', title: `${hands} hands against itself` }, () =>
      playItself({
        ...terms,
        clockMs,
        hands,
        isOver: run.isOver,
        onHand(count) {
          played = count;
        },
      }),
    );
    run.add(
      { id: 'legality', group: 'legality', title: 'how many of its answers are legal' },
      mostlyIllegal(run.parts),
    );
    run.add(
      { id: 'resources', group: 'resources', title: 'what it takes of its thread and of memory' },
      resources.findings(bot),
    );
    const { parts, isFinished } = run;
    return {
      passed: parts.every(({ status }) => status === 'passed' || status === 'warned'),
      finished: isFinished,
      parts,
      figures: figuresOf(parts, {
        startMs,
        hands: played,
        durationMs: Math.round(systemNow() - startedAt),
        memoryLimitMb: bot.memoryLimitMb,
        ...resources.figures(),
      }),
    };
  } finally {
    await bot.close();
  }
}

/** @returns the clock of the other parts: the long one if the bot needs it, so that its slowness is found once. */
async function playClocks(run: CheckRun, terms: ScenarioTerms): Promise<number> {
  const play = ({ id, title }: TurnScenario, scenario: TurnScenario) =>
    run.play({ id, group: 'clocks', title }, () => playScenario(scenario, terms));
  const short = await play(shortClock, shortClock);
  const long = await play(longClock, longClock);
  const isSlow = short.findings.some(({ code }) => code === 'late');
  return isSlow && long.status !== 'failed' ? longClock.clockMs : shortClock.clockMs;
}

async function playTurns(run: CheckRun, terms: ScenarioTerms): Promise<void> {
  for (const { scenario, group } of scenarios) {
    const { id, title } = scenario;
    await run.play({ id, group, title }, async () => {
      const again = () => playScenario(scenario, terms);
      const seen = await again();
      const folds = await foldsTheNuts(scenario, seen, again);
      return { ...seen, findings: [...seen.findings, ...folds] };
    });
  }
}

async function playAgain(run: CheckRun, terms: ScenarioTerms): Promise<void> {
  const before = answersOf(run.parts);
  await run.play({ id: 'same-answers', group: 'sameness', title: 'the same turns once more' }, async () => {
    const seen: Awaited<ReturnType<typeof playScenario>> = { turns: [], findings: [] };
    for (const { scenario } of scenarios) {
      const { turns, findings } = await playScenario(scenario, terms);
      seen.turns.push(...turns);
      seen.findings.push(...findings);
    }
    seen.findings.push(...compareAnswers(before, seen.turns));
    return seen;
  });
}
