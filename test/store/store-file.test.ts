/** The file of a store: what is lost, what is told, and who may have it. */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStoreHub } from '../../src/store/store-hub.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';

async function open(path: string) {
  const told: string[] = [];
  const clock = createVirtualClock();
  const hub = createStoreHub({ path, clock, onTrouble: (message) => told.push(message) });
  await hub.open();
  afterTest(() => hub.close());
  return { hub, store: hub.store, told, clock };
}

const fileIn = (folder: string) => join(folder, 'deep', 'store.jsonl');
const header = '{"schema":1,"what":"chipzen-agent store"}\n';

describe('the file of a store', () => {
  it('has everything after the end of a session', async () => {
    const path = fileIn(makeFolder());
    const first = await open(path);
    first.store.set('a', { folds: 1 });
    first.store.set('b', 2);
    first.store.add('b', 3);
    first.store.delete('a');
    first.store.set('c\u2028\n"', 'odd');
    await first.hub.close();
    const second = await open(path);
    expect(second.store.entries()).toEqual([
      ['b', 5],
      ['c\u2028\n"', 'odd'],
    ]);
    expect(second.told).toEqual([]);
  });

  it('has no token in it, also as the name of somebody', async () => {
    const path = fileIn(makeFolder());
    const { hub, store } = await open(path);
    store.set(
      'names/cz_extbot_abcdefghijklmnopqrstuvwxyz012345',
      'cz_extbot_abcdefghijklmnopqrstuvwxyz012345',
    );
    await hub.close();
    expect(readFileSync(path, 'utf8')).toBe(`${header}{"key":"names/[token]","value":"[token]"}\n`);
  });

  it('has a change a quarter of a second later, and one line for a key that changes often', async () => {
    const path = fileIn(makeFolder());
    const { store, clock } = await open(path);
    for (let count = 0; count < 100; count += 1) store.add('n', 1);
    expect(readFileSync(path, 'utf8')).toBe(header);
    clock.advance(250);
    // The write is in the background.
    while (readFileSync(path, 'utf8') === header) await new Promise((resolve) => setImmediate(resolve));
    expect(readFileSync(path, 'utf8')).toBe(`${header}{"key":"n","value":100}\n`);
  });

  it('belongs to one agent at a time, by whatever way it is named', async () => {
    const folder = makeFolder();
    const path = fileIn(folder);
    const { hub } = await open(path);
    await expect(open(join(folder, 'deep', '..', 'deep', 'store.jsonl'))).rejects.toMatchObject({
      code: 'bad_option',
      option: 'store',
      message: expect.stringContaining('is in use by another agent'),
    });
    await hub.close();
    await open(path);
  });

  it('that was cut off in its last line has all lines before it, which is told', async () => {
    const path = fileIn(makeFolder());
    const { hub, store } = await open(path);
    store.set('a', 1);
    await hub.close();
    appendFileSync(path, '{"key":"b","val');
    const second = await open(path);
    expect(second.store.entries()).toEqual([['a', 1]]);
    expect(second.told).toEqual([`The last change of the store ${path} was cut off, and is lost.`]);
    second.store.set('c', 3);
    await second.hub.close();
    // What follows does not stick to the torn line.
    const third = await open(path);
    expect([third.store.entries(), third.told]).toEqual([
      [
        ['a', 1],
        ['c', 3],
      ],
      [],
    ]);
  });

  it('with a broken line in it has the others, and the numbers of the broken ones', async () => {
    const path = fileIn(makeFolder());
    await (await open(path)).hub.close();
    writeFileSync(
      path,
      `${header}{"key":"a","value":1}\n{"key":"b","value":2}{"key":"c"}\n{"key":"d","value":4}`,
    );
    const { store, told } = await open(path);
    expect(store.entries()).toEqual([
      ['a', 1],
      ['d', 4],
    ]);
    expect(told).toEqual([`Lines of the store ${path} cannot be read, and are left out: 3.`]);
  });

  it.each([
    ['of zeros', '\0'.repeat(200)],
    ['that is empty', ''],
    ['of something else', 'name = "bot"\n'],
  ])('%s is put aside, and the one before it is read', async (_what, content) => {
    const folder = makeFolder();
    const path = fileIn(folder);
    const { hub } = await open(path);
    await hub.close();
    writeFileSync(`${path}.previous`, `${header}{"key":"a","value":1}\n`);
    writeFileSync(path, content);
    const { store, told } = await open(path);
    expect(store.entries()).toEqual([['a', 1]]);
    expect(told[0]).toContain('is damaged; it is now');
    expect(told[1]).toContain('.previous');
    const aside = readdirSync(join(folder, 'deep')).find((name) => name.includes('.damaged-'));
    expect(readFileSync(join(folder, 'deep', aside ?? ''), 'utf8')).toBe(content);
  });

  it('does not grow without end, and the one before stays beside it', async () => {
    const path = fileIn(makeFolder());
    const { hub, store, clock } = await open(path);
    const big = 'x'.repeat(200_000);
    for (let count = 0; count < 9; count += 1) {
      store.set('k', `${count}${big}`);
      const before = readFileSync(path).length;
      while (readFileSync(path).length === before) {
        clock.advance(250);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await hub.close();
    expect(readFileSync(path).length).toBeLessThan(500_000);
    expect(existsSync(`${path}.previous`)).toBe(true);
    expect((await open(path)).store.get('k')).toBe(`8${big}`);
  });

  it('in a place that cannot be written is refused', async () => {
    await expect(open('/dev/null/store.jsonl')).rejects.toMatchObject({
      code: 'bad_option',
      option: 'store',
    });
  });
});

it('a store without a file says so once when something is kept', () => {
  const told: string[] = [];
  const hub = createStoreHub();
  hub.store.set('a', 1);
  hub.tell((message) => told.push(message));
  hub.store.set('b', 1);
  expect(told).toEqual([expect.stringContaining('ends with this session')]);
});
