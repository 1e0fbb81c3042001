/** A process with a store is killed: what it had set is there but for a moment's worth. */
import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createStoreHub } from '../../src/store/store-hub.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';

const program = fileURLToPath(new URL('./store-writer.ts', import.meta.url));

const setsOfASecond = 500;

it('a process that is killed loses less than a second, and the next one has the store', async () => {
  const path = join(makeFolder(), 'store.jsonl');
  for (let round = 0; round < 3; round += 1) {
    const child = fork(program, [path], { execArgv: ['--import', 'jiti/register'] });
    afterTest(() => child.kill('SIGKILL'));
    let last = 0;
    child.on('message', (count: number) => {
      last = count;
    });
    const enough = setsOfASecond + 50 * (round + 1);
    for await (const [count] of on(child, 'message') as AsyncIterable<[number]>) if (count >= enough) break;
    // What it said before is heard until it is disconnected.
    const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    child.kill('SIGKILL');
    await gone;
    const hub = createStoreHub({ path });
    await hub.open();
    const count = Number(hub.store.get('count'));
    await hub.close();
    expect(count).toBeLessThanOrEqual(last);
    // In sets: of seconds a busy machine may take any number between two of them.
    expect(last - count).toBeLessThan(setsOfASecond);
  }
});
