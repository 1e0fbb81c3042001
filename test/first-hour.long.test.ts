/**
 * The README and the first hour, word by word, in an empty folder with the packed tarball and with caches that have nothing:
 * as a new author has them. Needs the network, for npm.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshFolder, freshFolder } from '../scripts/walk/fresh-folder.js';
import { stepsOf } from '../scripts/walk/page-steps.js';
import { readPage, type WalkedStep, walk } from '../scripts/walk/walk.js';

/** Their time is mostly the network's: npm gets the packages. */
const isDownload = ({ step }: WalkedStep): boolean => /^(npx -y|npm install)/.test(step.command);

const limits = {
  /** For all else up to the end of the first match of the author's own bot: so that it ends, however slow the machine. */
  firstMatchSeconds: 60,
} as const;

let fresh: FreshFolder;
beforeEach(() => {
  fresh = freshFolder();
});
afterEach(() => fresh.remove());

async function walkPage(path: string): Promise<(command: RegExp) => WalkedStep[]> {
  const { folder, env } = fresh;
  const walked = await walk(stepsOf(readPage(path)).steps, { folder, env });
  const lines = walked.map(({ step, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${step.command}\n`);
  process.stdout.write(`${path}\n${lines.join('')}`);
  return (command) => {
    const last = walked.findIndex(({ step }) => command.test(step.command));
    expect(last, String(command)).toBeGreaterThanOrEqual(0);
    return walked.slice(0, last + 1);
  };
}

describe('a new author', () => {
  it('does what the README says: a first match, the tests, the dashboard', async () => {
    const until = await walkPage('README.md');
    const [demo] = until(/ demo/);
    expect(demo?.output).toMatch(/ended: complete, [+-]?\d+ chips/);
    const played = until(/npm run play/);
    expect(played.at(-1)?.output).toMatch(/You (won|lost|broke even).*chips in \d+ hands?\./);
    const own = played.filter((step) => !isDownload(step));
    expect(own.length).toBeGreaterThan(0);
    expect(own.reduce((sum, step) => sum + step.seconds, 0)).toBeLessThan(limits.firstMatchSeconds);
    expect(until(/npm test/).at(-1)?.output).toMatch(/pass 4\n[^]*fail 0/);
    expect(until(/npm run dev/).at(-1)?.output).toMatch(/The dashboard is at http:\/\/127\.0\.0\.1:\d+\//);
  });

  it('does what the first hour says', async () => {
    const until = await walkPage('docs/first-hour.md');
    expect(until(/--seed again/).at(-1)?.output).toMatch(/seed again\n[^]*chips in [1-5] hands?\./);
    expect(until(/earlier\.ts --matches 3/).at(-1)?.output).toMatch(
      /against earlier: [+-]?\d+ chips in 3 matches, \d+ hands/,
    );
    expect(until(/npm run check/).at(-1)?.output).toMatch(/bot\.ts: nothing was found that costs chips\./);
    expect(until(/ doctor/).at(-1)?.output).toMatch(
      /Token at the platform\n {2}ok[^]*Lobby\n {2}ok[^]*All is well\./,
    );
    expect(until(/--max-matches 1/).at(-1)?.output).toMatch(/session over: 1 completed, 0 abandoned/);
  });
});
