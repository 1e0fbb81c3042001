/** Makes each bot once before anything is played, and keeps its code, so that all that play evaluate the same. */
import { type BotModule, pathOfModule } from '../io/hosting/bot-module.js';
import { createBotCode } from '../io/hosting/code/bot-code.js';
import type { KeptFile } from '../io/hosting/code/kept-files.js';
import { tryBot } from '../io/hosting/try-bot.js';
import { withoutSecrets } from '../io/settings/config.js';
import { defaultIsolation, placeOf } from '../io/settings/isolation.js';
import { hashOfFiles } from '../recording/played-code.js';
import { systemClock } from '../time/clock.js';
import type { ArenaOptions } from './arena-options.js';
import type { ArenaBotPlace } from './arena-terms.js';
import type { ArenaHosting } from './block-player.js';
import { createBotStand } from './bot-stand.js';
import type { FleetBot } from './fleet-bots.js';
import type { ReadTerms } from './terms-of-options.js';

export interface ProvenBots {
  hosting: ArenaHosting;
  /** By bot: what tells its code apart from other code. */
  digests: string[];
}

/** @throws {BadBotError} when one cannot be made. */
export async function proveBots({ terms, sources }: ReadTerms, options: ArenaOptions): Promise<ProvenBots> {
  const hosting: ArenaHosting = {
    place: placeOf(options.isolate ?? defaultIsolation),
    memoryMb: options.workerMemoryMb ?? null,
    env: withoutSecrets(options.env ?? process.env, ''),
    files: [],
    withHands: options.record !== undefined,
  };
  const files: (readonly KeptFile[])[] = [];
  const digests: string[] = [];
  for (const source of sources) await tryBot(source, systemClock);
  for (const bot of terms.bots) {
    const { kept, digest } = await proveBot(bot, hosting, options);
    files.push(kept);
    digests.push(digest);
  }
  return { hosting: { ...hosting, files }, digests };
}

/**
 * The same for the bots that a worker of arenas has.
 *
 * @throws {BadBotError} when one cannot be made.
 */
export async function proveFleetBots(
  modules: readonly BotModule[],
  hosting: Omit<ArenaHosting, 'files'>,
  onBotOutput: (text: string, from: 'stdout' | 'stderr') => void,
): Promise<FleetBot[]> {
  const bots: FleetBot[] = [];
  for (const module of modules) {
    const place = { kind: 'file', path: pathOfModule(module), exportName: module.export ?? null } as const;
    const { kept, digest } = await proveBot(place, hosting, { onBotOutput });
    bots.push({ place, digest, files: kept });
  }
  return bots;
}

async function proveBot(
  bot: ArenaBotPlace,
  { place, memoryMb, env }: Omit<ArenaHosting, 'files'>,
  { onBotOutput = () => undefined }: Pick<ArenaOptions, 'onBotOutput'>,
): Promise<{ kept: readonly KeptFile[]; digest: string }> {
  if (bot.kind === 'house') return { kept: [], digest: `house:${bot.house}` };
  if (bot.kind === 'here') return { kept: [], digest: `here:${bot.name}` };
  const code = createBotCode(bot.path);
  const { path, exportName } = bot;
  const stand = createBotStand({
    path,
    exportName,
    code: code.place(),
    files: [],
    place,
    memoryMb,
    env,
    onOutput: onBotOutput,
  });
  try {
    await stand.open('proof');
    const { hash } = hashOfFiles(code.loaded());
    return { kept: code.place().files, digest: `${exportName ?? ''}:${hash}` };
  } finally {
    await stand.close();
  }
}
