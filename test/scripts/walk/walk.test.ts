import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { stepsOf } from '../../../scripts/walk/page-steps.js';
import { WalkError, type WalkedStep, walk } from '../../../scripts/walk/walk.js';
import { makeFolder } from '../../kit/folder.js';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});

const block = (body: string, how = ''): string =>
  `${how === '' ? '' : `<!-- walk: ${how} -->\n`}\`\`\`sh\n${body}\n\`\`\`\n\n`;

/** A program that says that it is ready, and runs until Ctrl-C, when it does this. */
const server = (atCtrlC: string): string =>
  `node -e "process.on('SIGINT', () => { ${atCtrlC} }); console.log('ready'); setInterval(() => 0, 1e6)"`;

async function walkPage(...blocks: string[]): Promise<string[]> {
  const walked = await walk(stepsOf(blocks.join('')).steps, { folder, env: { PATH: process.env.PATH } });
  return walked.map(({ output }: WalkedStep) => output.trim());
}

describe('a walk', () => {
  it('runs one command after the other, and remembers folder and variables as a shell does', async () => {
    expect(
      await walkPage(block('mkdir "a b"\ncd "a b"\nexport WORD="two words"'), block('pwd; echo "$WORD"')),
    ).toEqual(['', '', '', `${join(folder, 'a b')}\ntwo words`]);
  });

  it('ends what goes on until Ctrl-C when its output says so', async () => {
    const [output] = await walkPage(
      block(server("console.log('bye'); process.exit(0)"), 'until "ready"'),
      block('true'),
    );
    expect(output).toBe('ready\nbye');
  });

  it('keeps what runs beside until the next block has ended', async () => {
    const leave = `require('fs').writeFileSync('left', ''); process.exit(0)`;
    const outputs = await walkPage(
      block(server(leave), 'beside "ready"'),
      block('test -e left || echo there\ntest -e left || echo still there'),
      block('ls left'),
    );
    expect(outputs.slice(1)).toEqual(['there', 'still there', 'left']);
  });

  it.each([
    ['a command that fails', block('echo before\nfalse'), /line 3: false\nended with 1/],
    [
      'a command that ends before its text',
      block('echo other', 'until "ready"'),
      /ended before \/ready\/\nother/,
    ],
    ['what ends badly at Ctrl-C', block(server('process.exit(3)'), 'until "ready"'), /ended with 3\nready/],
  ])('stops at %s, with its line and output', async (_what, page, message) => {
    const failure = await walkPage(page).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WalkError);
    expect(String(failure)).toMatch(message);
  });
});
