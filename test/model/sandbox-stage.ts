/**
 * The sandbox as a stage: what a driver wants said becomes what makes the real platform say it. Whatever the platform
 * would never say at that point goes out through its `control`. Its ids go by the names that the paths have for them.
 */
import { deepStrictEqual } from 'node:assert/strict';
import type { JsonObject } from '../../src/protocol/frames.js';
import type { SandboxEvent } from '../../src/sandbox/events.js';
import { createSandbox } from '../../src/sandbox/server.js';
import { matchFacts } from '../../src/testing/match-cases.js';
import { createVirtualClock } from '../support/virtual-clock.js';
import { openGate } from './gate.js';
import { lobbyLine } from './sandbox-lobby-line.js';
import { seatLine } from './sandbox-seat-line.js';
import { openStage, type Stage } from './stage.js';

export const botId = 'b1';

/** What the lines of one sandbox share. */
export type SandboxWorld = Awaited<ReturnType<typeof openWorld>>;

async function openWorld() {
  const clock = createVirtualClock();
  const sandbox = await createSandbox({
    port: 0,
    seed: 'model',
    speed: 0,
    clock,
    decisionTimeoutMs: matchFacts.turnMs,
  });
  const { token } = sandbox.addBot({ botId });
  const events: SandboxEvent[] = [];
  const waiting = new Set<() => void>();
  sandbox.on((event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  return {
    sandbox,
    clock,
    token,
    /** The platform's id of each match and turn -> the name that the paths have for it. */
    names: new Map<string, string>(),
    /** Turns that the agent has answered, by the platform's ids. */
    answered: new Set<string>(),
    /** Defects of the sandbox that showed. */
    faults: () => events.filter(({ type }) => type === 'platform.fault' || type === 'bot.failed'),
    /** Waits for something to happen on the platform from now on; begin to listen before it can. */
    listenFor(fits: (event: SandboxEvent) => boolean): Promise<void> {
      const from = events.length;
      return new Promise((resolve) => {
        const look = () => {
          if (!events.slice(from).some(fits)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
  };
}

/** The platform's id for a name. */
export function idOf({ names }: SandboxWorld, name: string): string | undefined {
  return [...names].findLast(([, known]) => known === name)?.[0];
}

/** A frame with the names of the paths in place of the platform's ids, or the other way round. */
export function rename(frame: JsonObject, nameOf: (id: string) => string | undefined): JsonObject {
  const renamed = { ...frame };
  for (const key of ['match_id', 'request_id']) {
    const id = frame[key];
    if (typeof id === 'string') renamed[key] = nameOf(id) ?? id;
  }
  return renamed;
}

/** Does one thing after the other. */
export function inOrder(): (what: () => Promise<void>) => void {
  let before = Promise.resolve();
  return (what) => {
    before = before.then(what);
  };
}

export async function openSandboxStage(): Promise<Stage> {
  const world = await openWorld();
  const { sandbox, token, names } = world;
  const stage = await openStage();

  return {
    lobbyUrl: stage.lobbyUrl,
    token,
    isExact: false,
    nameOf: (id) => names.get(id) ?? id,
    async dial(pathHas) {
      const [, name] = /^\/match\/(.+)\/$/.exec(pathHas) ?? [];
      const dial = await stage.dial(name === undefined ? pathHas : (idOf(world, name) ?? name));
      return {
        ...dial,
        accept: () =>
          name === undefined
            ? lobbyLine(world, openGate(dial, sandbox.url))
            : seatLine(world, name, openGate(dial, sandbox.url)),
        // There is nothing left to sit down at: the platform says so once it is dialed.
        refuse() {
          sandbox.control.endMatch(idOf(world, name ?? '') ?? '', 'cancelled');
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
