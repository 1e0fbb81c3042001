/** What happened last, for whoever wants to know how a rule came to be broken; and things that wait for their moment. */
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import type { Happening } from './rules.js';
import { parseFrame } from './wire-frame.js';

const defaults = { keepLines: 60, lineLength: 200 } as const;

export interface Chronicle {
  note(who: string, what: SandboxEvent | Happening): void;
  /** Does this in the middle of a happening of this kind, after so many others of it. */
  ambush(kind: string, skip: number, strike: () => void): void;
  /** Nothing waits any more. */
  calm(): void;
  text(): string;
}

/** @param now epoch milliseconds. */
export function createChronicle(now: () => number): Chronicle {
  const startedAt = now();
  const lines: string[] = [];
  const traps = new Set<{ kind: string; skip: number; strike: () => void }>();

  function write(line: string): void {
    lines.push(`${String(Math.floor(now() - startedAt)).padStart(8)} ${line}`);
    if (lines.length > defaults.keepLines) lines.shift();
  }

  function spring(kind: string): void {
    for (const trap of traps) {
      if (trap.kind !== kind) continue;
      trap.skip -= 1;
      if (trap.skip >= 0) continue;
      traps.delete(trap);
      write(`ambush at ${kind}`);
      trap.strike();
    }
  }

  return {
    note(who, what) {
      const shown = JSON.stringify(what).replace(/cz_extbot_\w+/g, '[token]');
      write(`${who} ${shown.slice(0, defaults.lineLength)}`);
      spring(kindOf(what));
    },
    ambush: (kind, skip, strike) => void traps.add({ kind, skip, strike }),
    calm: () => traps.clear(),
    text: () => lines.join('\n'),
  };
}

/** `turn.opened`, or `platform turn_request` for a frame. */
function kindOf(what: SandboxEvent | Happening): string {
  if (what.type === 'agent.told') return what.event.type;
  if (what.type !== 'wire.frame') return what.type;
  return `${what.from} ${String(parseFrame(what.text ?? '')?.['type'])}`;
}
