/** The dashboard as users of the package get it: built before, and complete. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the packed package', () => {
  it('has the built page in it, and not what it is built with', async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      maxBuffer: 10_000_000,
    });
    const [packed] = JSON.parse(stdout) as [{ files: { path: string; size: number }[] }];
    const files = packed.files.filter(({ path }) => path.includes('dashboard/page/'));
    expect(
      files.map(({ path }) => path.replace(/-[\w-]{8}\./, '-HASH.')).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual([
      'dist/dashboard/page/assets/index-HASH.css',
      'dist/dashboard/page/assets/index-HASH.js',
      'dist/dashboard/page/icon.svg',
      'dist/dashboard/page/index.html',
    ]);
    expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(250_000);
    expect(packed.files.filter(({ path }) => /^dashboard\/|\.tsx$/.test(path))).toEqual([]);
  });

  it('serves it from there', async () => {
    const program = `
      import { createAgent } from 'chipzen-agent';
      import { createDashboard } from 'chipzen-agent/dashboard';
      const bot = { decide: () => ({ action: 'fold' }) };
      const agent = createAgent(bot, { url: 'ws://127.0.0.1:9/x', token: 't', config: null });
      const dashboard = await createDashboard(agent);
      console.log(await (await fetch(dashboard.url)).text());
      await dashboard.close();
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: root,
    });
    expect(stdout).toContain('<div id="app"></div>');
  });
});
