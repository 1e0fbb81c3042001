/** Matches on a platform of another process, played from this one. */
import type { Lineup, PlatformReport, PlatformSetup } from './platform-messages.js';
import { type PlatformProcess, startPlatform } from './platform-process.js';
import { createTally, type RawBot, startRawBot, type Tally } from './raw-bot.js';

export interface Load {
  readonly platform: PlatformProcess;
  readonly tally: Tally;
  close(): Promise<void>;
}

/** Starts a platform and brings all its remote bots online. */
export async function startLoad(setup: PlatformSetup): Promise<Load> {
  const platform = await startPlatform(setup);
  const tally = createTally();
  const bots: RawBot[] = await Promise.all(platform.bots.map((bot) => startRawBot(platform.url, bot, tally)));
  return {
    platform,
    tally,
    async close() {
      for (const bot of bots) bot.close();
      await platform.close();
    },
  };
}

/** Plays these matches to the end and says what that took. */
export async function playOut({ platform }: Load, lineups: readonly Lineup[]): Promise<PlatformReport> {
  await platform.reset();
  const idle = platform.idle();
  await platform.play(lineups);
  await idle;
  return platform.report();
}
