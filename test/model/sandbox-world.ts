/** A sandbox on a clock of its own, with the names that paths have for its ids. */
import type { JsonObject } from '../../src/protocol/frames.js';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import { matchFacts } from '../../src/testing/match-cases.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { openPlatform } from '../kit/platform.js';

export const botId = 'b1';

/** What the lines of one sandbox share. */
export type SandboxWorld = Awaited<ReturnType<typeof openSandboxWorld>>;

export async function openSandboxWorld() {
  const clock = createVirtualClock();
  const { sandbox } = await openPlatform({
    seed: 'model',
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
export function platformIdOf({ names }: SandboxWorld, name: string): string | undefined {
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
