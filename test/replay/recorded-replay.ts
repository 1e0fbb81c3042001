/** A match of a real agent on the local platform, recorded by the agent and by the platform. */
import type { BotSource } from '../../src/bot/bot.js';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import { recordPlatform } from '../../src/sandbox/record-platform.js';
import { systemClock, systemNow } from '../../src/time/clock.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';

export interface RecordedFolders {
  /** With the recording of the agent. */
  readonly agent: string;
  /** With that of the platform. */
  readonly platform: string;
}

/** The same seed deals the same cards. */
export async function recordMatch(
  bot: BotSource,
  { opponents = ['random'], ...options }: SandboxOptions & { opponents?: readonly string[] } = {},
): Promise<RecordedFolders> {
  const folders = { agent: makeFolder(), platform: makeFolder() };
  const recorder = recordPlatform({
    folder: folders.platform,
    limits: { maxBytes: Infinity, maxAgeMs: Infinity, maxMatches: Infinity },
    clock: systemClock,
    now: systemNow,
    wallNow: Date.now,
    onTrouble: (message) => {
      throw new Error(message);
    },
  });
  const { sandbox } = await openPlatform({
    maxHands: 12,
    seed: 'replay',
    ...options,
    onEvent: recorder.onEvent,
  });
  const seat = sandbox.addBot();
  const { done } = startAgent(bot, seat, { record: { folder: folders.agent }, maxMatches: 1 });
  await sandbox.dispatch(seat.botId, { opponents: [...opponents] });
  await done;
  await sandbox.close();
  await recorder.close();
  return folders;
}
