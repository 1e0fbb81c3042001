import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { realStatePath } from '../../../src/sandbox/memory/journal-lines.js';
import { lockState } from '../../../src/sandbox/memory/state-lock.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder, 'state.jsonl');
});

const inUse = {
  code: 'bad_option',
  option: 'state',
  message: expect.stringMatching(
    /^The state file \S+ is in use by another sandbox\. End that one, or choose another file\.$/,
  ),
};

const program = fileURLToPath(new URL('./lock-holder.ts', import.meta.url));

function start(...args: string[]): ChildProcess {
  const child = fork(program, [path, ...args], { execArgv: ['--import', 'jiti/register'] });
  afterTest(() => child.kill('SIGKILL'));
  return child;
}

describe('the lock of a state file', () => {
  it('is had by one at a time', async () => {
    const lock = await lockState(path);
    await expect(lockState(path)).rejects.toMatchObject(inUse);
    const other = await lockState(join(folder, 'other.jsonl'));
    await lock.release();
    const next = await lockState(path);
    await next.release();
    await other.release();
  });

  it('is got by one of many who want it at the same moment', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockState(path)));
    const got = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(got).toHaveLength(1);
    await got[0]?.release();
  });

  it('is the same for every way to the file', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    symlinkSync(inner, join(folder, 'link'));
    symlinkSync(join(inner, 'state.jsonl'), join(folder, 'state'));
    const lock = await lockState(realStatePath(join(inner, 'state.jsonl')));
    await expect(lockState(realStatePath(join(folder, 'link', 'state.jsonl')))).rejects.toMatchObject(inUse);
    await expect(lockState(realStatePath(join(inner, '..', 'inner', 'state.jsonl')))).rejects.toMatchObject(
      inUse,
    );
    await lock.release();
  });

  it('is free again when the process that had it was killed, and leaves nothing', async () => {
    const child = start('stay');
    await once(child, 'message');
    await expect(lockState(path)).rejects.toMatchObject(inUse);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const lock = await lockState(path);
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps no process alive that has closed everything else', async () => {
    const child = start();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
