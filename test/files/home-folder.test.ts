import os from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { homeFolder, keptFolder, type UserLookup } from '../../src/files/home-folder.js';

it('is what the environment says, else what the system says of the user', () => {
  const env = { HOME: '/home/a', USERPROFILE: '/home/a' };
  expect(homeFolder(env)).toBe('/home/a');
  expect(keptFolder(env)).toBe(join('/home/a', '.chipzen'));
  for (const none of [{}, { HOME: '', USERPROFILE: '' }])
    expect(isAbsolute(homeFolder(none) ?? '')).toBe(true);
  // With an empty variable the system's first answer is empty, too.
  expect(homeFolder({ HOME: '' }, { ...os, homedir: () => '' })).toBe(os.userInfo().homedir);
});

it('is the working folder for what is kept by a user whom the system does not know', () => {
  const fail = () => {
    throw new Error('uv_os_homedir returned ENOENT (no such file or directory)');
  };
  const nobody: UserLookup = { homedir: fail, userInfo: fail };
  expect(homeFolder({}, nobody)).toBeNull();
  expect(keptFolder({ HOME: '' }, nobody)).toBe(resolve('.chipzen'));
});
