/** A process with a store is killed: what it had set is there but for a moment's worth. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createStoreHub } from '../../src/store/store-hub.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';

const program = fileURLToPath(new URL('./store-writer.ts', import.meta.url));

interface Said {
  count: number;
  at: number;
}

it('a process that is killed loses less than a second, and the next one has the store', async () => {
  const path = join(makeFolder(), 'store.jsonl');
  for (let round = 0; round < 3; round += 1) {
    const child = fork(program, [path], { execArgv: ['--import', 'jiti/register'] });
    afterTest(() => child.kill('SIGKILL'));
    const said: Said[] = [];
    child.on('message', (one: Said) => said.push(one));
    while (said.length < 150 + 10 * round) await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const last = said.at(-1) as Said;
    const hub = createStoreHub({ path });
    await hub.open();
    const count = Number(hub.store.get('count'));
    await hub.close();
    const kept = said.find((one) => one.count === count);
    expect(kept).toBeDefined();
    expect(last.at - (kept?.at ?? 0)).toBeLessThan(1_000);
  }
});
