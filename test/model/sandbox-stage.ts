/**
 * The sandbox as a stage: what a driver wants said becomes what makes the real platform say it. Whatever the platform
 * would never say at that point goes out through its `control`. Its ids go by the names that the paths have for them.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { openGate } from './gate.js';
import { lobbyLine } from './sandbox-lobby-line.js';
import { seatLine } from './sandbox-seat-line.js';
import { openSandboxWorld, platformIdOf } from './sandbox-world.js';
import { openStage, type Stage } from './stage.js';

export async function openSandboxStage(): Promise<Stage> {
  const world = await openSandboxWorld();
  const { sandbox, token, names } = world;
  const stage = await openStage();

  return {
    lobbyUrl: stage.lobbyUrl,
    token,
    isExact: false,
    nameOf: (id) => names.get(id) ?? id,
    async dial(pathHas) {
      const [, name] = /^\/match\/(.+)\/$/.exec(pathHas) ?? [];
      const dial = await stage.dial(name === undefined ? pathHas : (platformIdOf(world, name) ?? name));
      return {
        ...dial,
        accept: () =>
          name === undefined
            ? lobbyLine(world, openGate(dial, sandbox.url))
            : seatLine(world, name, openGate(dial, sandbox.url)),
        // There is nothing left to sit down at: the platform says so once it is dialed.
        refuse() {
          sandbox.control.endMatch(platformIdOf(world, name ?? '') ?? '', 'cancelled');
          void openGate(dial, sandbox.url).letClose();
        },
      };
    },
    async close() {
      await stage.close();
      await sandbox.close();
      deepStrictEqual(world.faults(), []);
    },
  };
}
