/** Plays the exchanges of the official harness, each with a bot of its own and a limit of its own. */
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { systemClock } from '../time/clock.js';
import { within } from '../time/time-limit.js';
import type { BotFinding } from './check-report.js';
import { openCheckedBot } from './checked-bot.js';
import { playConformance } from './play-conformance.js';
import { createResources } from './resources.js';
import { conformanceScenarios } from './scenarios/conformance.js';

export interface PlayedScenario {
  /** As the harness calls it. */
  name: string;
  /** What costs chips; empty: the bot did all that was asked of it. */
  findings: Pick<BotFinding, 'message'>[];
}

/** @throws {OptionError | BadBotError} for what cannot be a bot. */
export async function playOfficialScenarios(
  source: BotSource | BotModule,
  timeoutMs: number,
): Promise<PlayedScenario[]> {
  const options = { env: process.env, onBotOutput: () => undefined };
  const bot = openCheckedBot(source, options, createResources());
  const played: PlayedScenario[] = [];
  try {
    for (const scenario of conformanceScenarios) {
      const stops: (() => void)[] = [];
      const playing = playConformance(scenario, {
        bot: bot.logic,
        clock: systemClock,
        onSeated: ({ match }) => void stops.push(() => match.stop()),
      });
      const late = () => new Error(`The exchange has not ended after ${timeoutMs} ms.`);
      try {
        const { findings } = await within(timeoutMs, systemClock, playing, late);
        played.push({
          name: scenario.officialName,
          findings: findings.filter(({ weight }) => weight === 'costs'),
        });
      } catch (error) {
        playing.catch(() => undefined);
        const message = error instanceof Error ? error.message : String(error);
        played.push({ name: scenario.officialName, findings: [{ message }] });
      } finally {
        for (const stop of stops) stop();
      }
    }
  } finally {
    await bot.close();
  }
  return played;
}
