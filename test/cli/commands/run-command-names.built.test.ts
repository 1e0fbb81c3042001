/** What recordings and results of `run` call the bot. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCommand } from '../../kit/built-command.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { resultsIn } from '../../recording/recorded-folder.js';

const body = `{ decide({ validActions }) { return { action: validActions.includes('check') ? 'check' : 'call' }; } }`;

describe.each(['none', 'worker', 'process'])('the results of a bot kept apart as %s', (isolate) => {
  it.each([
    ['class of the default export', `export default class Caller ${body}`, 'Caller'],
    ['file where the class has no name', `export default class ${body}`, 'my-bot'],
    ['file where the bot is an object', `export default ${body}`, 'my-bot'],
  ])('have the name of its %s', async (_, text, name) => {
    const dir = makeFolder();
    writeFileSync(join(dir, 'my-bot.mjs'), text);
    const { sandbox } = await openPlatform({ maxHands: 1 });
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const run = startCommand(
      ['run', 'my-bot.mjs', '--isolate', isolate, '--record', 'kept', '--max-matches', '1'],
      { CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl },
      dir,
    );
    await run.wrote('online, waiting for matches');
    await sandbox.dispatch(botId, { opponents: ['calling-station'] });
    expect(await run.code()).toBe(0);
    const [result] = await resultsIn(join(dir, 'kept'));
    expect(result?.bot).toEqual({ name, file: join(dir, 'my-bot.mjs') });
  });
});
