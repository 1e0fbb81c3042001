/** `chipzen-agent check` as its users run it: bots that break what they run in are contained, named, and in the report. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../src/check/check-report.js';
import { createBotFolder } from '../../kit/bot-folder.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Ran {
  code: number;
  out: string;
  err: string;
}

function check(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/cli/main.js', 'check', ...args],
      { cwd: root, env: { PATH: process.env.PATH, HOME: '/nonexistent' } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

/** A bot that does this at tables of more than two, and checks or calls. */
const amongMany = (body: string, head = ''): string =>
  createBotFolder().botFile(
    `decide(state, turn) { if (state.opponentStacks.length > 1) { ${body} } return passive(state); }`,
    head,
  );

async function checkJson(
  ...args: string[]
): Promise<Ran & { report: CheckReport; found: Record<string, string[]> }> {
  const ran = await check('--json', '--hands', '4', ...args);
  const report = JSON.parse(ran.out) as CheckReport;
  const found: Record<string, string[]> = {};
  for (const { id, findings } of report.parts) {
    for (const { code, weight } of findings) {
      if (weight === 'costs') (found[code] ??= []).push(id);
    }
  }
  return { ...ran, report, found };
}

describe('chipzen-agent check', () => {
  it('passes an example, and says so in words', async () => {
    const { code, out, err } = await check('examples/pairs-and-aces.js', '--hands', '10');
    expect({
      code,
      out: out.split('\n').filter((line) => line.startsWith('clocks') || line.startsWith('examples')),
    }).toEqual({
      code: 0,
      out: [
        'clocks     ok    a turn with a clock of 2 s',
        'examples/pairs-and-aces.js: nothing was found that costs chips.',
      ],
    });
    // What the bot says itself, and no progress: it is not a terminal.
    expect(err).toMatch(/^(\d+ raises in \S+ hands\n){1,40}(The bot wrote \d+ further lines .*\n)?$/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  }, 60_000);

  it('fails a bot whose answers are mostly made legal, and shows little of what it prints', async () => {
    const bot = createBotFolder().botFile(`decide(state) {
      console.error('thinking about ' + state.pot);
      return state.validActions.includes('raise') ? { action: 'raise', params: { amount: 1e9 } } : passive(state);
    }`);
    const { code, out, err } = await check(bot, '--hands', '4');
    expect(code).toBe(1);
    expect(out).toMatch(/^legality {3}FAIL {2}how many of its answers are legal$/m);
    expect(out).toMatch(/1\. mostly_illegal: in decide: \d+ of \d+ answers had to be made legal/);
    const told = err.trimEnd().split('\n');
    expect(told).toHaveLength(41);
    expect(told.at(-1)).toMatch(
      /^The bot wrote \d+ further lines \(\d+ characters\), which are left out here\./,
    );
  }, 60_000);

  it.each([
    ['loops for ever', 'blocked', 'for (;;);'],
    ['ends its process', 'exited', 'process.exit(3);'],
    ['throws', 'threw', 'throw new Error("too many");'],
    ['leaves a promise', 'background_error', 'void Promise.reject(new Error("nobody awaits this"));'],
  ])(
    'contains and names a bot that %s',
    async (_, name, body) => {
      const { code, found, report } = await checkJson(amongMany(body));
      expect(code).toBe(1);
      expect(Object.keys(found)).toEqual([name]);
      expect(found[name]).toContain('short-big-blind');
      expect(report.passed).toBe(false);
    },
    60_000,
  );

  it('names a bot that takes more memory than it may', async () => {
    const hog = amongMany('for (;;) kept.push(new Array(1e5).fill(kept.length));', 'const kept = [];');
    const { code, found } = await checkJson(hog, '--worker-memory', '64');
    expect([code, Object.keys(found)]).toEqual([1, ['out_of_memory']]);
  }, 60_000);

  it('says why a bot cannot be made, with the exit code of `run`', async () => {
    const file = createBotFolder().botFile(
      'constructor() { throw new Error("no tables here"); } decide() {}',
    );
    const { code, out } = await check(file);
    expect(code).toBe(6);
    expect(out).toContain('start      FAIL  the bot is loaded and made\n');
    expect(out).toContain('1. not_made: The bot could not be made: no tables here');
    expect(out).toContain('                 The bot could not be made.\n');
  }, 60_000);

  it('names a bot that is late at the short clock, and says that it was not done', async () => {
    const slow = createBotFolder().botFile(
      'async decide(state) { await new Promise((resolve) => setTimeout(resolve, 1_700)); return passive(state); }',
    );
    const { code, report, found } = await checkJson(slow, '--time-limit', '7');
    expect({ code, finished: report.finished, late: found['late'] }).toEqual({
      code: 1,
      finished: false,
      late: ['clock-2s'],
    });
    expect(report.parts.find(({ id }) => id === 'clock-30s')?.status).toBe('passed');
  }, 60_000);

  it('warns of a bot that holds its process', async () => {
    const file = createBotFolder().botFile(
      'decide(state) { const end = Date.now() + 120; while (Date.now() < end); return passive(state); }',
    );
    const { code, report } = await checkJson(file);
    const resources = report.parts.find(({ id }) => id === 'resources');
    expect([code, resources?.status, ...new Set(resources?.findings.map((finding) => finding.code))]).toEqual(
      [0, 'warned', 'thread_held'],
    );
    expect(report.figures.heldMs).toBeGreaterThan(50);
    expect(report.figures.memoryMb).toBeGreaterThan(0);
  }, 60_000);

  it.each([
    [['no-such-bot.js'], /^chipzen-agent: There is no bot file \S+no-such-bot\.js\.\n$/],
    [['examples/pairs-and-aces.js', '--time-limit', '0'], /Give a number of seconds above 0/],
    [[], /missing required argument 'bot file'/],
  ])('refuses %j with 2', async (args, words) => {
    const { code, err } = await check(...args);
    expect(code).toBe(2);
    expect(err).toMatch(words);
  });
});
