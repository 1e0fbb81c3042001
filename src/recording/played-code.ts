/** Tells which code plays: the hash of the bot's files is its identity, and the commit in git a remark. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, relative, sep } from 'node:path';
import type { LoadedCode } from '../io/hosting/code/kept-files.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { PlayedCode } from './recording-shape.js';

const defaults = {
  /** A repository on a slow network share must not keep a session waiting. */
  gitLimitMs: 2_000,
  maxBytes: 1024 * 1024,
  maxWhyLength: 200,
} as const;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Paths are told from the folder of the bot file, so that the hash does not depend on where that is. */
export function hashOfFiles({ file, files: loaded }: LoadedCode): Pick<PlayedCode, 'hash' | 'files'> {
  const folder = dirname(file);
  const files = loaded
    .map(({ path, text }) => ({ path: relative(folder, path).split(sep).join('/'), sha256: sha256(text) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { hash: sha256(files.map((one) => `${one.path}\0${one.sha256}\n`).join('')), files };
}

/**
 * The commit that the folder is at, with `+` where its tracked files differ.
 *
 * @param env without secrets.
 */
export async function gitOf(
  folder: string,
  env: EnvironmentVariables,
): Promise<Pick<PlayedCode, 'git' | 'gitWhy'>> {
  try {
    const [commit, changes] = await Promise.all([
      git(folder, ['rev-parse', 'HEAD'], env),
      git(folder, ['status', '--porcelain', '--untracked-files=no', '--', '.'], env),
    ]);
    return { git: commit.trim() + (changes === '' ? '' : '+'), gitWhy: null };
  } catch (error) {
    return { git: null, gitWhy: whyOf(error) };
  }
}

function git(folder: string, words: readonly string[], env: EnvironmentVariables): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      // A repository may name a program that watches its files: none is started for this.
      ['-c', 'core.fsmonitor=false', '-C', folder, ...words],
      {
        env: { ...env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
        timeout: defaults.gitLimitMs,
        killSignal: 'SIGKILL',
        maxBuffer: defaults.maxBytes,
        windowsHide: true,
      },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    );
  });
}

function whyOf(error: unknown): string {
  const { code, killed, message } = error as { code?: unknown; killed?: boolean; message: string };
  if (code === 'ENOENT') return 'There is no git on this machine.';
  if (killed === true) return `git did not answer within ${defaults.gitLimitMs / 1_000} s.`;
  const said = message
    .split('\n')
    .slice(1)
    .find((line) => line.trim() !== '');
  return (said ?? message).slice(0, defaults.maxWhyLength);
}
