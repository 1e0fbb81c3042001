/** `dev` as it is used: a process of its own, a page, a bot file that is saved while it plays, and Ctrl-C. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../kit/folder.js';

const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

const botSaying = (word: string): string => `import { Bot, Action, type GameState } from 'chipzen-agent';
export default class extends Bot {
  onMatchStart(): void { console.error('${word} plays'); }
  decide({ validActions }: GameState): Action {
    return validActions.includes('check') ? Action.check() : Action.call();
  }
}
`;

let bot: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  bot = join(makeFolder(), 'bot.ts');
  writeFileSync(bot, botSaying('first'));
});
afterEach(() => {
  child?.kill('SIGKILL');
});

/** @returns what both streams had when they first matched; and the command, to go on with. */
function dev(...args: string[]) {
  const running = spawn(process.execPath, [program, 'dev', bot, '--hands', '2', '--speed', '0', ...args], {
    env: { PATH: process.env.PATH, HOME: join(bot, '..') },
  });
  child = running;
  const closed = once(running, 'close');
  let output = '';
  let onOutput = (): void => undefined;
  for (const stream of [running.stdout, running.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput();
    });
  }
  return {
    async until(text: RegExp): Promise<string> {
      const from = output.length;
      await new Promise<void>((resolve, reject) => {
        onOutput = () => {
          if (text.test(output.slice(from))) resolve();
        };
        void closed.then(() => reject(new Error(`It ended before ${String(text)}:\n${output}`)));
      });
      return output.slice(from);
    },
    async ended(): Promise<{ code: unknown; output: string }> {
      const [code]: unknown[] = await closed;
      return { code, output };
    },
    async interrupt(): Promise<{ code: unknown; output: string }> {
      running.kill('SIGINT');
      const [code]: unknown[] = await closed;
      return { code, output };
    },
  };
}

describe('dev', () => {
  it('serves the statecharts at work with --inspect', async () => {
    const command = dev('--inspect', '--no-dashboard');
    const start = await command.until(/inspector is at (\S+)/);
    const page = await fetch(/inspector is at (\S+)/.exec(start)?.[1] ?? '');
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html')]);
    expect((await command.interrupt()).code).toBe(0);
  });

  it.each(['process', 'none'])('refuses a bot of other games before it begins: %s', async (isolate) => {
    writeFileSync(bot, `export default { decideRaw: () => ({ action: 'fold' }) };`);
    const command = dev('--isolate', isolate);
    const { code, output } = await command.ended();
    expect(code).toBe(6);
    expect(output).toMatch(
      /The bot of \S*bot\.ts has no decide\(state\), and the local platform plays poker/,
    );
    expect(output).not.toContain('online, waiting');
  });

  it('serves its page, plays what is saved from the next match on, keeps the old bot when a save is broken, and ends cleanly', async () => {
    const command = dev();
    const start = await command.until(/dashboard is at (\S+)/);
    const page = await fetch(/dashboard is at (\S+)/.exec(start)?.[1] ?? '');
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html')]);

    await command.until(/first plays/);
    writeFileSync(bot, botSaying('second'));
    const taken = await command.until(/second plays/);
    expect(taken).toContain('bot.ts changed: the next match plays the new code\n');

    writeFileSync(bot, 'export default class { decide( ');
    const broken = await command.until(/bot\.ts[^]*second plays/);
    expect(broken).toMatch(/bot\.ts changed, and cannot be played; the code before plays on\. .*ParseError/);

    writeFileSync(bot, botSaying('third'));
    await command.until(/third plays/);

    const { code, output } = await command.interrupt();
    expect(code).toBe(0);
    expect(output).toMatch(/against random: [+-]?\d+ chips in \d+ match/);
  });
});
