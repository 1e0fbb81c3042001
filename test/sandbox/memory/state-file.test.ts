import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSandbox,
  type Sandbox,
  type SandboxEvent,
  type SandboxOptions,
} from '../../../src/sandbox/index.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';

let folder: string;
let state: string;
beforeEach(() => {
  folder = makeFolder();
  state = join(folder, 'state.jsonl');
});

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  return (await openPlatform({ state, ...options })).sandbox;
}

const text = () => readFileSync(state, 'utf8');

describe('the state file of a platform', () => {
  it('is for one platform: a second one on another port is refused, and changes nothing', async () => {
    const first = await open();
    first.addBot({ name: 'one' });
    const before = text();
    symlinkSync(state, join(folder, 'link'));
    for (const path of [state, join(folder, 'link')]) {
      await expect(open({ state: path })).rejects.toMatchObject({
        option: 'state',
        message: expect.stringContaining(
          'is in use by another sandbox. End that one, or choose another file.',
        ),
      });
    }
    expect([text(), readdirSync(folder)]).toEqual([before, ['link', 'state.jsonl']]);
    first.addBot({ name: 'two' });
    await first.close();
    expect((await open()).bots().map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('stays as it is when the port is taken, with chaos too, and is free afterwards', async () => {
    const first = await open();
    const { token } = first.addBot();
    await first.close();
    // What a start would rewrite: a line that is not needed, and half a line.
    writeFileSync(state, `${text()}{"t":"act","matchId":"x","action":"fold","isTimeout":false}\n{"t":"ac`);
    const before = text();
    const other = createServer().listen(0, '127.0.0.1');
    afterTest(() => other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(open({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(open({ port, chaos: { name: 'none', faults: [] } })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect([text(), readdirSync(folder)]).toEqual([before, ['state.jsonl']]);
    expect((await open()).bots()).toMatchObject([{ token }]);
  });

  it('is not made when the port is taken', async () => {
    const first = await open();
    const fresh = join(folder, 'fresh.jsonl');
    await expect(open({ port: first.port, state: fresh })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(fresh)).toBe(false);
  });

  it('is followed through a link, and a link to nothing is refused', async () => {
    const real = join(folder, 'real');
    mkdirSync(real);
    symlinkSync(join(real, 'state.jsonl'), state);
    await expect(open()).rejects.toMatchObject({
      option: 'state',
      message: `The state file ${state} is a link that leads nowhere. Remove it, or choose another file.`,
    });
    writeFileSync(join(real, 'state.jsonl'), '');
    (await open()).addBot({ name: 'one' });
    expect(readFileSync(join(real, 'state.jsonl'), 'utf8')).toContain('"name":"one"');
    expect(readdirSync(real)).toEqual(['state.jsonl']);
  });

  it.each(['', 7 as unknown as string])('is not %j', async (name) => {
    await expect(open({ state: name })).rejects.toMatchObject({
      code: 'bad_option',
      message: 'The option state must be the name of a file.',
    });
  });

  it('needs its folder', async () => {
    const missing = join(folder, 'none');
    await expect(open({ state: join(missing, 'state.jsonl') })).rejects.toMatchObject({
      option: 'state',
      message: `There is no folder ${missing} for the state file. Make it, or choose another file.`,
    });
  });

  it('is for the same game, and says which options are others', async () => {
    await open({ maxHands: 30 }).then((first) => first.close());
    const refusal = (options: SandboxOptions) => open(options).then(null, (error: Error) => error.message);
    expect(await refusal({ maxHands: 20 })).toContain('with other options: maxHands was 30 and is 20. Give');
    expect(await refusal({ maxHands: 30, format: 'upload' })).toContain(
      'startingStack was 1000 and is 5000, smallBlind was 5 and is 25, bigBlind was 10 and is 50, blindSchedule is another.',
    );
    writeFileSync(state, text().replace('"version":1', '"version":99'));
    expect(await refusal({ maxHands: 30 })).toContain('it is from another version');
  });

  it('goes on with what another name for the file has', async () => {
    const first = await open();
    first.addBot({ name: 'one' });
    await first.close();
    const other = join(folder, 'other.jsonl');
    linkSync(state, other);
    expect((await open({ state: other })).bots()).toMatchObject([{ name: 'one' }]);
  });
});

describe('a state file with a damaged line', () => {
  /** The lines of a platform with three bots, of which the second has a damaged token. */
  async function damage(): Promise<string> {
    const first = await open();
    for (const name of ['one', 'two', 'three']) first.addBot({ name });
    await first.close();
    const lines = text().split('\n');
    // A start writes the bots first, then their tokens: header, three bots, three tokens.
    await (await open()).close();
    const compacted = text().split('\n');
    expect(compacted.length).toBe(lines.length);
    compacted[5] = '\0'.repeat(20);
    writeFileSync(state, compacted.join('\n'));
    return text();
  }

  it('is refused with the way to go on, and not touched', async () => {
    const before = await damage();
    await expect(open()).rejects.toMatchObject({
      option: 'state',
      message: `Line 6 of ${state} is damaged. Start once with --repair-state (option repairState) to go on with the 5 lines before it; the whole file is kept as ${state}.damaged. Or choose another file.`,
    });
    expect([text(), readdirSync(folder)]).toEqual([before, ['state.jsonl']]);
  });

  it('goes on with the lines before it when it is told to, and keeps the whole file', async () => {
    const before = await damage();
    const told: SandboxEvent[] = [];
    const again = await open({ repairState: true, onEvent: (event) => told.push(event) });
    expect(told).toEqual([
      {
        type: 'state.repaired',
        message: `Line 6 of ${state} was damaged: the platform goes on with the 5 lines before it, and the whole file is kept as ${state}.damaged.`,
      },
    ]);
    expect(again.bots().map(({ name }) => name)).toEqual(['one']);
    expect(readFileSync(`${state}.damaged`, 'utf8')).toBe(before);
    await again.close();
    expect((await open()).bots().map(({ name }) => name)).toEqual(['one']);
  });

  it('is not repaired over what an earlier repair has kept', async () => {
    const before = await damage();
    writeFileSync(`${state}.damaged`, 'kept');
    await expect(open({ repairState: true })).rejects.toMatchObject({
      option: 'repairState',
      message: `${state}.damaged is there already, from an earlier repair. Move it away, then repair ${state}.`,
    });
    expect([text(), readFileSync(`${state}.damaged`, 'utf8')]).toEqual([before, 'kept']);
  });

  it('keeps and tells nothing when there is nothing to repair', async () => {
    const told: SandboxEvent[] = [];
    await open({ repairState: true, onEvent: (event) => told.push(event) });
    expect([readdirSync(folder), told]).toEqual([['state.jsonl'], []]);
  });

  it('must be named to be repaired', async () => {
    const repairing = createSandbox({ port: 0, repairState: true });
    await expect(repairing).rejects.toMatchObject({
      option: 'repairState',
      message: expect.stringContaining('Name it with --state'),
    });
  });
});
