import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { writeOfficialProject } from '../../scaffold/official-project.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

it('init leaves the bot of the official SDK as it is, and it plays', async () => {
  const dir = makeFolder();
  writeOfficialProject(dir);
  expect(await runCli(['init', '--dir', dir], fakeIo())).toBe(0);
  const io = fakeIo();
  const args = ['demo', '--bot', join(dir, 'bot.js'), '--hands', '2', '--seed', 'a'];
  expect(await runCli(args, io)).toBe(0);
  expect(io.out().at(-2)).toMatch(/^You (won \d+|lost \d+|broke even, 0) chips in 2 hands\.$/);
});
