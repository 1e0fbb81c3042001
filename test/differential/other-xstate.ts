/** Runs the campaign against another version of XState: in a copy of the sources beside which that version is installed. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the campaign is made of. */
const sources = ['src', 'test/differential', 'test/statechart'] as const;

/**
 * @param version as npm knows it: `5.32.0`, `latest`.
 * @param args for the campaign.
 * @returns its exit code; 2 when the version could not be installed, 130 after Ctrl-C.
 */
export function runWithXState(version: string, args: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  // Ctrl-C ends the campaign, which has the terminal as well; this program goes on, to remove the folder.
  process.on('SIGINT', () => undefined);
  try {
    const installed = install(version, folder);
    if (installed === null) return 2;
    for (const source of sources) cpSync(join(root, source), join(folder, source), { recursive: true });
    const run = join(folder, 'test/differential/run.ts');
    const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
    const { status, signal } = spawnSync(process.execPath, [jiti, run, ...args, '--expect', installed], {
      cwd: folder,
      stdio: 'inherit',
    });
    return status ?? (signal === 'SIGINT' ? 130 : 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the version that was installed, or null when there is none. */
function install(version: string, folder: string): string | null {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['install', ...flags, `xstate@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const manifest = join(folder, 'node_modules/xstate/package.json');
  if (status !== 0 || !existsSync(manifest)) {
    process.stderr.write(`npm has no xstate@${version}, or cannot be reached.\n`);
    return null;
  }
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const place = join(folder, 'node_modules', name);
    if (!name.startsWith('.') && !existsSync(place))
      symlinkSync(join(root, 'node_modules', name), place, 'junction');
  }
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
