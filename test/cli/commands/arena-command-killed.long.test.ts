/** `chipzen-agent arena`, killed and ended by its user. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterTest } from '../../kit/after-test.js';
import { arena, duelFolder, env, flags, program } from './arena-duel.js';

describe('a run that is killed', () => {
  /** Ends with the test, and by its id only. */
  function begin(folder: string, ...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [program, 'arena', ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    afterTest(() => void child.kill('SIGKILL'));
    return child;
  }

  const linesOf = (file: string): number =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;

  /** Without their times. */
  const handsIn = (path: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(path).map((name) => [
        name,
        readFileSync(join(path, name), 'utf8').replaceAll(/"(at|startedAt|endedAt)":\d+/g, ''),
      ]),
    );

  it('again and again, ends with the file and the result of one that was not', async () => {
    const folder = duelFolder();
    const args = ['call.mjs', 'fold.mjs', '--deals', '500', ...flags];
    const whole = await arena(folder, ...args, '--resume', 'whole.jsonl', '--record', 'whole');
    for (const lines of [1, 2, 4]) {
      const child = begin(folder, ...args, '--resume', 'cut.jsonl', '--record', 'cut');
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await expect
        .poll(() => linesOf(join(folder, 'cut.jsonl')), { interval: 5, timeout: 30_000 })
        .toBeGreaterThanOrEqual(lines);
      child.kill('SIGKILL');
      await gone;
    }
    const rest = await arena(folder, ...args, '--resume', 'cut.jsonl', '--record', 'cut', '--jobs', '2');
    expect(rest.code).toBe(0);
    expect(rest.err).toMatch(/; \d+00 pairs are there already\n/);
    expect(handsIn(join(folder, 'cut'))).toEqual(handsIn(join(folder, 'whole')));
    expect(readFileSync(join(folder, 'cut.jsonl'), 'utf8')).toBe(
      readFileSync(join(folder, 'whole.jsonl'), 'utf8'),
    );
    const withoutCount = (out: string): string => out.replace(/^[\d,]+ deals now.*$/m, '');
    expect(withoutCount(rest.out)).toBe(withoutCount(whole.out));
  });

  it('by Ctrl-C, prints what is known', async () => {
    const folder = duelFolder();
    const child = begin(
      folder,
      'call.mjs',
      'fold.mjs',
      '--deals',
      '1000000',
      '--resume',
      'run.jsonl',
      ...flags,
    );
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const code = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(() => linesOf(join(folder, 'run.jsonl')), { timeout: 30_000 }).toBeGreaterThan(2);
    child.kill('SIGINT');
    expect(await code).toBe(1);
    expect(out).toMatch(/^not decided after [\d,]+ deals: fold less call is/);
    expect(out).toContain('It was ended before all was played.');
    const known = Number(/after ([\d,]+) deals/.exec(out)?.[1]?.replaceAll(',', ''));
    expect(known).toBe(100 * (linesOf(join(folder, 'run.jsonl')) - 1));
  });
});
