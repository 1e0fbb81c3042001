/** `chipzen-agent arena` in a process of its own, with two bots that it can play. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../../kit/folder.js';

export const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
export const env = { PATH: process.env.PATH, HOME: '/nonexistent' };

export interface Ran {
  code: number | string | null | undefined;
  out: string;
  err: string;
}

export const arena = (folder: string, ...args: string[]): Promise<Ran> => chipzen(folder, 'arena', ...args);

/** Any command. */
export function chipzen(folder: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, out, err }),
    );
  });
}

/** Two bots whose moves hang on the cards alone. */
export function duelFolder(): string {
  const folder = makeFolder();
  const call = `{ action: s.validActions.includes('check') ? 'check' : 'call' }`;
  const bots = {
    call: `decide(s) { return ${call}; }`,
    fold: `decide(s) { return s.handNumber % 4 === 0 && s.toCall > 0 ? { action: 'fold' } : ${call}; }`,
  };
  for (const [name, body] of Object.entries(bots))
    writeFileSync(join(folder, `${name}.mjs`), `export default class { ${body} }\n`);
  return folder;
}

/** So that the same is played each time, in threads. */
export const flags = ['--isolate', 'worker', '--seed', 'golden'];
