/** What a new author sees first: the bot of a new project against the house bot that its script `play` names. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BotLike } from '../../src/bot/bot.js';
import { createBot } from '../../src/io/hosting/create-bot.js';
import { loadBot } from '../../src/io/hosting/load-bot.js';
import { openPlatform } from '../kit/platform.js';

// It wins seven of ten: with less than two of twelve something is broken (chance 0.00002).
it.each(['typescript/bot.ts', 'javascript/bot.js'])(
  'templates/%s wins matches of a season against tight-aggressive',
  async (file) => {
    const source = await loadBot(join('templates', file));
    const { sandbox } = await openPlatform({ format: 'season', speed: 0, seed: 'sample' });
    let won = 0;
    for (let match = 0; match < 12; match += 1) {
      const players = [
        { name: 'you', make: async () => (await createBot(source)) as BotLike },
        'tight-aggressive' as const,
      ];
      const { matchId } = await sandbox.play({ players });
      const { results = [] } = await sandbox.result(matchId);
      if ((results.find(({ name }) => name === 'you')?.net_chips ?? 0) > 0) won += 1;
    }
    expect(won).toBeGreaterThanOrEqual(2);
  },
  120_000,
);
