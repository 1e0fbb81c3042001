/** What `run --pin` says of the copy that it plays from. */
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type PinFlags, pinFor } from '../../../src/cli/commands/pin-for.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

function open() {
  const home = realpathSync(makeFolder());
  const project = join(home, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{}');
  writeFileSync(join(project, 'bot.js'), 'x'.repeat(3_000));
  const clock = createVirtualClock();
  const io = fakeIo({ HOME: home, USERPROFILE: home });
  const pin = async (flags: PinFlags = {}) => {
    const pinned = await pinFor(join(project, 'bot.js'), flags, terminalOf({ ...io, clock }));
    afterTest(() => pinned.close());
    return pinned;
  };
  return { project, clock, io, pin };
}

it('says what was copied, and no more of a copy that is soon there', async () => {
  const { project, clock, io, pin } = open();
  expect((await pin()).project).toBe(project);
  expect(io.err()).toEqual([`Pinned: plays from a copy of ${project} (2 files, 3 kB).`]);
  expect(clock.pending()).toBe(0);
});

it('says after two seconds that it still copies', async () => {
  const { project, clock, io, pin } = open();
  const pinning = pin();
  clock.advance(2_000);
  expect(io.err()).toEqual([`Still copying the project of ${join(project, 'bot.js')}. Ctrl-C ends this.`]);
  await pinning;
});

it.each([
  [{ watch: true }, 'With --pin what was started plays to the end'],
  [{ nats: 'nats://127.0.0.1' }, 'With --nats the workers have the bot'],
])('refuses %j before anything is copied', async (flags, why) => {
  const { io, clock, pin } = open();
  await expect(pin(flags)).rejects.toThrow(why);
  expect([io.err(), clock.pending()]).toEqual([[], 0]);
});
