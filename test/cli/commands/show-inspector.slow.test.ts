import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { type EventStream, openEventStream } from '../../inspect/event-stream.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { type FakeIo, fakeIo } from '../surroundings/fake-surroundings.js';

let dir: string;
let bot: string;
let platform: Sandbox;
beforeEach(async () => {
  dir = makeFolder();
  bot = join(dir, 'bot.mjs');
  writeFileSync(bot, `export default { decide: () => ({ action: 'fold' }) };`);
  ({ sandbox: platform } = await openPlatform({ seed: 'inspect', maxHands: 2 }));
});

/** A session that a viewer joins once it is online, and that plays one match then. */
async function watchRun(
  ...flags: string[]
): Promise<{ io: FakeIo; code: number; text: string; page: string }> {
  const { botId, token, lobbyUrl } = platform.addBot();
  const opened: { stream?: Promise<EventStream>; page?: Promise<string> } = {};
  const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl }, (line) => {
    if (!line.startsWith('online')) return;
    const url = urlOf(io);
    opened.stream = openEventStream(url);
    opened.page = fetch(url).then((response) => response.text());
    void opened.stream.then(() => platform.dispatch(botId));
  });
  const code = await runCli(['run', bot, '--max-matches', '1', ...flags], io);
  const stream = await opened.stream;
  await stream?.rest();
  const text = stream?.text() ?? '';
  expect(text.includes(token)).toBe(false);
  return { io, code, text, page: (await opened.page) ?? '' };
}

const urlOf = (io: FakeIo): string => /^The inspector is at (\S+)$/.exec(io.err()[0] ?? '')?.[1] ?? 'nowhere';

describe('run --inspect', () => {
  it('says where the inspector is, shows the session there, and ends with it', async () => {
    const { io, code, text } = await watchRun('--inspect');
    expect([code, io.err().length, io.listeners()]).toEqual([0, 1, 0]);
    const told = ['"name":"lobby"', '"name":"match:', 'frame.match_end', '"your_hole_cards":["'];
    expect(told.filter((part) => !text.includes(part))).toEqual([]);
    expect(text.endsWith('event: bye\ndata: {}\n\n')).toBe(true);
    await expect(fetch(urlOf(io))).rejects.toThrow('fetch failed');
  });

  it('hides hole cards, and opens another inspector, when asked to', async () => {
    const { code, text, page } = await watchRun(
      '--inspect-hide-cards',
      '--inspect-url',
      'http://localhost:3000/viz',
    );
    expect(code).toBe(0);
    expect(text).toContain('"your_hole_cards":"[hidden]"');
    expect(text.includes('"your_hole_cards":["')).toBe(false);
    expect(page).toContain('<body data-ui-url="http://localhost:3000/viz">');
  });

  it('is off unless asked for', async () => {
    const { botId, token, lobbyUrl } = platform.addBot();
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl }, (line) => {
      if (line.startsWith('online')) void platform.dispatch(botId);
    });
    expect([await runCli(['run', bot, '--max-matches', '1'], io), io.err()]).toEqual([0, []]);
  });

  it.each([
    ['a port that is none', ['--inspect-port', '70000'], /--inspect-port/],
    ['an inspector that is not safe', ['--inspect-url', 'http://stately.ai'], /uiUrl must be an https: URL/],
  ])('ends with 2 for %s', async (_what, flags, message) => {
    const { token, lobbyUrl } = platform.addBot();
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl });
    expect(await runCli(['run', bot, ...flags], io)).toBe(2);
    expect([io.err().join('\n').match(message) !== null, io.out()]).toEqual([true, []]);
  });

  it('ends with 2 when its port is taken', async () => {
    const { token, lobbyUrl } = platform.addBot();
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl });
    const { port } = new URL(lobbyUrl);
    expect(await runCli(['run', bot, '--inspect-port', port], io)).toBe(2);
    expect(io.err()).toEqual([
      `chipzen-agent: Port ${port} of 127.0.0.1 cannot be opened: another program has it (EADDRINUSE). Name another one; 0 takes any free one.`,
    ]);
  });
});
