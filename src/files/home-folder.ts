/** Where a user's own files are. A container may run as a user that no list of users has, and with `HOME` unset or empty. */
import os from 'node:os';
import { join, resolve } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the system says of the user; both throw for one that it does not know. */
export type UserLookup = Pick<typeof os, 'homedir' | 'userInfo'>;

/** The user's home folder, which need not be there; null for a user without one. */
export function homeFolder(env: Variables, system: UserLookup = os): string | null {
  const named = env[process.platform === 'win32' ? 'USERPROFILE' : 'HOME'];
  return named || orNull(system.homedir) || orNull(() => system.userInfo().homedir);
}

/** `~/.chipzen`, for what programs of this package keep for later; without a home folder it is below the working one. */
export function keptFolder(env: Variables, system: UserLookup = os): string {
  return join(homeFolder(env, system) ?? resolve('.'), '.chipzen');
}

function orNull(look: () => string): string | null {
  try {
    return look() || null;
  } catch {
    return null;
  }
}
