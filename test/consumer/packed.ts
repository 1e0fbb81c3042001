/** The package as a project has it that installed the tarball, and the tools that such a project uses. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Packs the build and unpacks it in a new project, beside the packages that are named.
 *
 * @returns the folder of the project, which the caller removes.
 */
export function projectWithPackage(...packages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-consumer-'));
  try {
    const own = join(folder, 'node_modules/chipzen-agent');
    mkdirSync(own, { recursive: true });
    execFileSync(process.execPath, [join(root, 'scripts/packed-files.mjs')]);
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    execFileSync(npm, ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    execFileSync('tar', ['-xzf', tarball, '-C', own, '--strip-components', '1'], { cwd: folder });
    for (const name of packages)
      cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The path of a file of a package in `tools`.
 *
 * @throws {Error} that says how to install it.
 */
export function toolPath(path: string): string {
  const found = join(root, 'test/consumer/tools/node_modules', path);
  if (!existsSync(found)) throw new Error(`${path} is not installed: npm run tools`);
  return found;
}

/** Gives a project the packages that chipzen-agent needs, and those that it does not name. */
export function linkDependencies(project: string): void {
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const place = join(project, 'node_modules', name);
    if (!name.startsWith('.') && !existsSync(place))
      symlinkSync(join(root, 'node_modules', name), place, 'junction');
  }
}
