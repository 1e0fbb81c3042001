/** An empty folder with the packed tarball, and an environment in which nothing of this package was run before. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface FreshFolder {
  folder: string;
  env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Packs what `npm run build` made; npm runs no script meanwhile. */
export function freshFolder(): FreshFolder {
  const base = mkdtempSync(join(tmpdir(), 'chipzen-walk-'));
  const folder = join(base, 'empty');
  mkdirSync(folder);
  execFileSync(process.execPath, [join(root, 'scripts/packed-files.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
  return {
    folder,
    env: {
      PATH: process.env.PATH,
      HOME: join(base, 'home'),
      npm_config_userconfig: process.env.npm_config_userconfig ?? join(process.env.HOME ?? base, '.npmrc'),
      // With the cache of npm also what npx has kept: the same file name may stand for an older package there.
      npm_config_cache: join(base, 'cache'),
      npm_config_update_notifier: 'false',
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
