import { readFileSync } from 'node:fs';

/** The build puts the version in its place (scripts/package.config.ts), because a bundle has no `package.json` beside it. */
declare const builtVersion: string | undefined;

/** This package's version, as its `package.json` has it. */
export const version: string = typeof builtVersion === 'string' ? builtVersion : versionOfSources();

function versionOfSources(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
