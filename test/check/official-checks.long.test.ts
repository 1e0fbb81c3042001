/** `validateBot` of the package as it was built: its bots play in processes, which start more slowly from sources. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ValidateOptions, ValidationResult } from '../../src/check/official-checks.js';
import { makeFolder } from '../kit/folder.js';

const names = [
  'connectivity_full_match',
  'multi_turn_request_id_echo',
  'action_rejected_recovery',
  'retry_storm_bounded',
];

async function validateBot(folder: string, options: ValidateOptions): Promise<ValidationResult[]> {
  const program = `import { validateBot } from 'chipzen-agent';
    console.log(JSON.stringify(await validateBot(...JSON.parse(process.argv[1]))));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program, JSON.stringify([folder, options])],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  );
  return JSON.parse(stdout) as ValidationResult[];
}

describe('validateBot', () => {
  const write = (text: string, name = 'bot.mjs'): string => {
    const folder = makeFolder();
    writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules', 'large.bin'), Buffer.alloc(100_000));
    return folder;
  };
  const passive = `export class Fine {
    decide({ validActions }) { return { action: validActions.includes('check') ? 'check' : 'call' }; }
  }
  export const main = () => undefined;`;

  it('passes a folder with a bot that is fine', async () => {
    const found = await validateBot(write(passive), { checkConnectivity: true, timeoutWarnMs: 10_000 });
    expect(found.filter(({ severity }) => severity !== 'pass')).toEqual([]);
    expect(found.slice(0, 2)).toEqual([
      { severity: 'pass', name: 'size', message: 'The folder has 0.0 MB of 500.0 MB.' },
      { severity: 'pass', name: 'file_structure', message: 'The bot file is bot.mjs.' },
    ]);
    expect(found.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['made', 'river', 'self-play', 'timeout', ...names]),
    );
  });

  it('names what fails, and the time that is worth a warning', async () => {
    const folder = write(passive.replace("'call'", "'dance'"), 'other.mjs');
    const found = await validateBot(folder, {
      entryPoint: 'other.mjs',
      timeoutWarnMs: 0,
      maxUploadBytes: 10,
    });
    const severityOf = (name: string) => found.find((one) => one.name === name)?.severity;
    expect(['size', 'file_structure', 'preflop', 'timeout'].map(severityOf)).toEqual([
      'fail',
      'pass',
      'fail',
      'warn',
    ]);
    expect(found.some(({ name }) => name === 'connectivity_full_match')).toBe(false);
    expect(found.find(({ name }) => name === 'preflop')?.message).toContain('dance');
  });
});
