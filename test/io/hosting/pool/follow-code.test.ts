/** What a session does about source files that are saved, on a clock of the test. */
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importedFiles } from '../../../../src/io/hosting/code/imported-files.js';
import type { KeptFile } from '../../../../src/io/hosting/code/kept-files.js';
import { followCode } from '../../../../src/io/hosting/pool/follow-code.js';
import type { CodeChange } from '../../../../src/protocol/events.js';
import { createVirtualClock } from '../../../../src/time/virtual-clock.js';
import { afterTest } from '../../../kit/after-test.js';
import { settled } from '../../../kit/bot-seat.js';
import { makeFolder } from '../../../kit/folder.js';

interface Followed {
  code: () => readonly KeptFile[];
  renew?: () => Promise<void>;
  takesNew?: boolean;
}

/** Follows these files; `looks` lets them be looked at so many times. */
function follow({ code, renew, takesNew = false }: Followed) {
  const clock = createVirtualClock();
  const changes: CodeChange[] = [];
  const stop = followCode({
    pool: { code, ...(renew && { renew }) },
    clock,
    takesNew,
    onChange: (change) => changes.push(change),
  });
  afterTest(stop);
  return {
    changes,
    stop,
    clock,
    async looks(count: number) {
      for (let look = 0; look < count; look += 1) {
        await untilWaiting(clock);
        clock.advance(500);
      }
      if (count > 0) await untilWaiting(clock);
    },
  };
}

/** The look before is over, and the next one has its timer. */
async function untilWaiting(clock: ReturnType<typeof createVirtualClock>): Promise<void> {
  while (clock.pending() === 0) await settled();
}

/** A bot and a helper, loaded as they are now. */
function makeBot() {
  const dir = makeFolder();
  const save = (name: string, text: string) => writeFileSync(join(dir, name), text);
  save('bot.ts', `import { one } from './helper.js';`);
  save('helper.ts', 'export const one = 1;');
  const path = join(dir, 'bot.ts');
  return { dir, save, path, helper: join(dir, 'helper.ts'), files: importedFiles(path) };
}

describe('source files that are saved', () => {
  it('are told once, when nothing else is taken', async () => {
    const { save, helper, files } = makeBot();
    const { changes, looks } = follow({ code: () => files });
    await looks(3);
    expect(changes).toEqual([]);
    save('helper.ts', 'export const one = 22;');
    await looks(2);
    expect(changes).toEqual([{ files: [helper], plays: 'started', message: null }]);
    save('helper.ts', 'export const one = 333;');
    save('bot.ts', '// nothing');
    await looks(3);
    expect(changes).toHaveLength(1);
  });

  it('are not looked at after the end', async () => {
    const { save, files } = makeBot();
    const { changes, looks, stop, clock } = follow({ code: () => files });
    await looks(1);
    save('helper.ts', 'export const one = 22;');
    stop();
    expect(clock.pending()).toBe(0);
    expect(changes).toEqual([]);
  });

  it('are taken each time, and told with the reason when they cannot be', async () => {
    const { save, path, helper, files } = makeBot();
    let code: readonly KeptFile[] = files;
    let why: string | null = null;
    const renew = async () => {
      if (why !== null) throw new Error(why);
      code = importedFiles(path);
    };
    const { changes, looks } = follow({ code: () => code, renew, takesNew: true });
    save('helper.ts', 'export const one = 22;');
    await looks(2);
    save('helper.ts', 'export const one = 333;');
    why = 'It does not load.';
    await looks(3);
    // A file that was missing may be there now.
    why = null;
    save('other.ts', '');
    await looks(3);
    expect(changes).toEqual([
      { files: [helper], plays: 'new', message: null },
      { files: [helper], plays: 'before', message: 'It does not load.' },
      { files: [helper], plays: 'new', message: null },
    ]);
  });

  it('are others when a link leads elsewhere', async () => {
    const dir = makeFolder();
    for (const release of ['1', '2']) {
      mkdirSync(join(dir, release));
      writeFileSync(join(dir, release, 'bot.mjs'), `// release ${release}`);
    }
    symlinkSync('1', join(dir, 'current'));
    const files = importedFiles(join(dir, 'current', 'bot.mjs'));
    const { changes, looks } = follow({ code: () => files });
    await looks(1);
    symlinkSync('2', join(dir, 'next'));
    renameSync(join(dir, 'next'), join(dir, 'current'));
    await looks(2);
    expect(changes).toEqual([{ files: [join(dir, 'current', 'bot.mjs')], plays: 'started', message: null }]);
  });
});
