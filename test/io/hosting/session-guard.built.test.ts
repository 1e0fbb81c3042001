/** A bot file that starts a session, in all the forms that a script has for it. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent, runExternalBot } from '../../../src/agent/agent.js';
import { runBot } from '../../../src/agent/run-bot.js';
import { loadBot } from '../../../src/io/hosting/load-bot.js';
import { threadsOfModule } from '../../../src/io/hosting/pool/module-threads.js';
import { tryBot } from '../../../src/io/hosting/try-bot.js';
import { BadBotError } from '../../../src/protocol/errors.js';
import { systemClock } from '../../../src/time/clock.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'chipzen-guard-'));
/** The package once more, at another place: its modules are others. */
const copied = join(dir, 'copy');
beforeAll(() => {
  cpSync(join(root, 'dist'), join(copied, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(copied, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(copied, 'node_modules'));
});
afterAll(() => rmSync(dir, { recursive: true }));

let written = 0;
function file(source: string, ext: string): string {
  written += 1;
  const path = join(dir, `bot-${written}.${ext}`);
  writeFileSync(path, source);
  return path;
}

const copy = JSON.stringify(pathToFileURL(join(copied, 'dist/index.js')).href);
const bot = `class MyBot { decide() { return { action: 'fold' }; } }`;
const options = `{ url: 'ws://127.0.0.1:1/', token: 'cz_extbot_x', config: null }`;
const session = `runExternalBot(MyBot, ${options})`;

/** How a file ends that starts itself as soon as it is loaded. */
const forms: [string, string, string][] = [
  ['an awaited runExternalBot', 'mjs', `await ${session};`],
  ['one that is not awaited', 'mjs', `${session}.catch(() => {});`],
  ['one that is caught', 'mjs', `try { await ${session}; } catch {}`],
  ['an agent that is made', 'mjs', `const agent = createAgent(MyBot, ${options});`],
  ['an agent that is started', 'mjs', `await createAgent(MyBot, ${options}).start();`],
  ['a known match', 'mjs', `await runBot('ws://127.0.0.1:1/ws/match/m/p', MyBot, { token: 't' });`],
  ['a call behind a promise', 'mjs', `await Promise.resolve().then(() => ${session}).catch(() => {});`],
  [
    'a call behind a timer',
    'mjs',
    `await new Promise((done) => setTimeout(() => ${session}.catch(done), 5));`,
  ],
  ['another copy of the package', 'mjs', `const other = await import(${copy}); await other.${session};`],
  [
    'an import where it is needed',
    'mjs',
    `await import('chipzen-agent').then((agent) => agent.${session}).catch(() => {});`,
  ],
  ['TypeScript', 'ts', `const what: string = 'x'; await ${session};`],
  ['CommonJS', 'cjs', `require('chipzen-agent').${session}.catch(() => {});`],
];

function sourceOf(ext: string, end: string): string {
  if (ext === 'cjs') return `${bot}\n${end}\nmodule.exports = MyBot;`;
  return `import { createAgent, runBot, runExternalBot } from 'chipzen-agent';\n${bot}\n${end}\nexport default MyBot;`;
}

const sentence = (path: string, call: string) =>
  `${path} starts a session of its own: it calls ${call}. What loads a bot file does that. Take the call out, or start the file itself with node.`;
const callOf = (end: string) => (end.includes('runBot(') ? 'runBot' : 'createAgent or runExternalBot');

async function failureOf(promise: Promise<unknown>): Promise<{ isBadBot: boolean; message: string }> {
  const error: unknown = await promise.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  return { isBadBot: error instanceof BadBotError, message: (error as Error).message };
}

function threadsOf(path: string) {
  return threadsOfModule(
    { module: path },
    { place: 'thread', secret: '', env: {}, onOutput: () => undefined, clock: systemClock },
  );
}

describe('a bot file that starts a session while it is loaded', () => {
  it.each(forms)('is refused in process, with %s', async (_, ext, end) => {
    const path = file(sourceOf(ext, end), ext);
    expect(await failureOf(loadBot(path))).toEqual({ isBadBot: true, message: sentence(path, callOf(end)) });
  });

  // What differs there.
  it.each(forms.filter(([what]) => /awaited r|caught|another copy|where it is needed|CommonJS/.test(what)))(
    'is refused in a thread, with %s',
    async (_, ext, end) => {
      const path = file(sourceOf(ext, end), ext);
      const threads = threadsOf(path);
      const failure = await failureOf(threads.prepare());
      await threads.close();
      expect(failure).toEqual({ isBadBot: true, message: sentence(path, callOf(end)) });
    },
  );
});

describe('a bot file that starts a session later', () => {
  const later = `setTimeout(() => ${session}.catch(() => {}), 60);`;

  it('is refused in a thread, and its session hears of it', async () => {
    const path = file(sourceOf('mjs', later), 'mjs');
    const threads = threadsOf(path);
    const unfit = new Promise<BadBotError>((resolve) => threads.onUnfit?.(resolve));
    await threads.prepare();
    const error = await unfit;
    await threads.close();
    expect(error).toEqual(new BadBotError(sentence(path, 'createAgent or runExternalBot')));
  });

  it('ends the session of its agent', async () => {
    const path = file(sourceOf('mjs', later), 'mjs');
    const { code, message } = await createAgent(
      { module: path },
      { url: 'ws://127.0.0.1:1/', token: 'cz_extbot_x', config: null },
    )
      .start()
      .then(
        () => ({ code: 'none', message: '' }),
        (error: BadBotError) => error,
      );
    expect({ code, message }).toEqual({
      code: 'bad_bot',
      message: sentence(path, 'createAgent or runExternalBot'),
    });
  });

  it('is refused in process, and who loaded it hears of it', async () => {
    const path = file(sourceOf('mjs', later), 'mjs');
    const late = await new Promise((resolve) => void loadBot(path, systemClock, undefined, resolve));
    expect(late).toEqual(new BadBotError(sentence(path, 'createAgent or runExternalBot')));
  });

  it('is refused when its bot is made', async () => {
    const source = `import { runExternalBot } from 'chipzen-agent';
      export default class MyBot {
        constructor() { ${session}.catch(() => {}); }
        decide() { return { action: 'fold' }; }
      }`;
    const path = file(source, 'mjs');
    const threads = threadsOf(path);
    expect(await failureOf(threads.prepare())).toMatchObject({ isBadBot: true });
    await threads.close();
    expect(await failureOf(tryBot(await loadBot(path), systemClock))).toEqual({
      isBadBot: true,
      message: sentence('The bot', 'createAgent or runExternalBot'),
    });
  });
});

describe('a program', () => {
  it('starts its sessions while a bot file of it is loaded, and from what it was doing before', async () => {
    const loading = loadBot(
      file(`await new Promise((done) => setTimeout(done, 20));\n${bot}\nexport default MyBot;`, 'mjs'),
    );
    const abort = new AbortController();
    abort.abort();
    const own = { url: 'ws://127.0.0.1:1/', token: 'cz_extbot_x', config: null, signal: abort.signal };
    class MyBot {
      decide() {
        return { action: 'fold' };
      }
    }
    expect(await runExternalBot(MyBot, own)).toEqual([]);
    const path = fileURLToPath(new URL('none', import.meta.url));
    await expect(runBot('nothing', MyBot, { token: path })).rejects.toMatchObject({ code: 'bad_config' });
    await loading;
    expect(await createAgent(MyBot, own).start()).toEqual([]);
  });
});
