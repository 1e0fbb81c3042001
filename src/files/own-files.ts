/** The files of this package that are read or started by their paths: those of its pages, threads and processes. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { OptionError } from '../protocol/errors.js';
import { version } from '../protocol/version.js';

/** The URL of the code that is running. A bundle in CommonJS has no `import.meta.url`, but a file name. */
export const codeUrl: string = import.meta.url ?? pathToFileURL(__filename).href;

const advice =
  'keep the package outside of the bundle (esbuild: --external:chipzen-agent, Vite: ssr.external), and install it where the program runs';

/**
 * Finds a file of this package: beside the code that is running, or, where that is part of a bundle, in the package as it
 * is installed for the bundle.
 *
 * @param path in the package, such as `dist/dashboard/page/`.
 * @param option what needs the file, for the error.
 * @throws {OptionError} when a bundler has taken the code out of the package, and the package is not installed.
 */
export function findOwnFile(path: string, option: string): string {
  // The same depth for the sources and for the build.
  const near = fileURLToPath(new URL(`../../${path}`, codeUrl));
  if (existsSync(near)) return near;
  const installed = findInstalled();
  if (installed === null) {
    throw new OptionError(
      option,
      `${option} needs files of the package chipzen-agent, and this program was bundled without them: ${advice}.`,
    );
  }
  if (installed.version !== version) {
    throw new OptionError(
      option,
      `${option} needs files of chipzen-agent ${version}, which this program was bundled with, and version ${installed.version} is installed: ${advice}.`,
    );
  }
  return join(installed.folder, path);
}

function findInstalled(): { folder: string; version: string } | null {
  try {
    const manifest = createRequire(codeUrl).resolve('chipzen-agent/package.json');
    const { version: found } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { folder: dirname(manifest), version: found };
  } catch {
    return null;
  }
}
