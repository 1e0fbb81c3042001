/** `chipzen-agent replay` as its users run it: a bot that breaks what it runs in is contained, and named. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { phhOf, phhsTable } from '../../../src/histories/formats/phh-write.js';
import type { ReplayReport } from '../../../src/replay/replay-report.js';
import { coveredCall } from '../../histories/example-hands.js';
import { createBotFolder } from '../../kit/bot-folder.js';
import { makeFolder } from '../../kit/folder.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function replay(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/cli/main.js', 'replay', ...args],
      { cwd: root, env: { PATH: process.env.PATH, HOME: '/nonexistent' } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

function handsFile(): string {
  const file = join(makeFolder(), 'match.phhs');
  writeFileSync(file, phhsTable(phhOf(coveredCall), 1));
  return file;
}

const body = (other: string): string =>
  `decide({ phase }) { ${other} return { action: 'raise', params: { amount: { preflop: 30, flop: 60, turn: 1410 }[phase] } }; }`;

it('replay on its own thread takes a bot that ends its process for one that throws', async () => {
  const file = createBotFolder().botFile(body("if (phase === 'flop') process.exit(3);"));
  const ran = await replay(file, handsFile(), '--isolate', 'none', '--expect', '--json');
  expect(ran.code).toBe(1);
  const report = JSON.parse(ran.out) as ReplayReport;
  expect(report.hands[0]?.decisions[1]?.faults).toMatchObject([
    { code: 'threw', message: expect.stringContaining('The bot called process.exit(3)') },
  ]);
});

describe('replay, with the bot of each match in a process of its own', () => {
  it('plays, and shows what the bot writes on standard error', async () => {
    const file = createBotFolder().botFile(body("console.log('on the', phase);"));
    const { code, out, err } = await replay(file, handsFile(), '--expect');
    expect([code, err]).toEqual([0, 'on the preflop\non the flop\non the turn\n']);
    expect(out).toContain('3 as played, 0 changed');
  });

  it.each([
    ['loops for ever', 'for (;;);', 'blocked'],
    ['ends its process', 'process.exit(3);', 'exited'],
  ])('contains a bot that %s', async (_, other, code) => {
    const file = createBotFolder().botFile(body(`if (phase === 'flop') { ${other} }`));
    const ran = await replay(file, handsFile(), '--expect', '--json', '--clock', '0.5');
    expect(ran.code).toBe(1);
    const report = JSON.parse(ran.out) as ReplayReport;
    const [hand] = report.hands;
    expect(hand?.decisions[1]?.verdict).toBe('failed');
    const found = [...(hand?.faults ?? []), ...(hand?.decisions ?? []).flatMap(({ faults }) => faults)];
    expect(found.map((fault) => fault.code)).toContain(code);
  });
});
