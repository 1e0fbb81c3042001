/** How the process of a bot is started: with what limits, and under which of Node's options. */
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { sourceStart } from '../threads/source-start.js';

const defaults = {
  /** Of the machine's memory, for one bot. */
  memoryShare: 0.25,
  minMemoryMb: 256,
  maxMemoryMb: 4_096,
  /** What Node takes for itself, and V8 for objects that are young. */
  nodeMb: 128,
} as const;

/**
 * Set for this process and all that it starts: no core files; memory of its own (heap, buffers, WebAssembly, native; no
 * reservations) up to the limit, kept by the kernel where it is Linux; and the first to go when the machine has none left.
 */
const limited = (kilobytes: number): string =>
  `{ ulimit -c 0; ulimit -d ${kilobytes}; echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null; exec "$0" "$@"`;

/** Largest heap of one bot in MB when nobody says: a quarter of what the machine, or the container, has. */
export function defaultMemoryMb(): number {
  // 0 and numbers beyond all machines mean that there is no limit.
  const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  const share = (Math.min(limit, totalmem()) * defaults.memoryShare) / 2 ** 20;
  return Math.floor(Math.min(defaults.maxMemoryMb, Math.max(defaults.minMemoryMb, share)));
}

export interface ProcessCommand {
  file: string;
  args: string[];
}

export function processCommand(memoryMb: number): ProcessCommand {
  const node = [process.execPath, `--max-old-space-size=${memoryMb}`, ...entry()];
  const hardKb = (memoryMb + defaults.nodeMb) * 1_024;
  return { file: '/bin/sh', args: ['-c', limited(hardKb), ...node] };
}

function entry(): string[] {
  const start = sourceStart(new URL('./bot-process-entry.ts', import.meta.url));
  if (start !== null) return ['-e', start];
  // This file has become part of another one, in a folder beside that of the entries.
  return [fileURLToPath(new URL('../io/hosting/processes/bot-process-entry.js', import.meta.url))];
}

/** The environment as it is, but for a debugger: its port can be had once. */
export function processEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const options = env.NODE_OPTIONS;
  if (options === undefined) return env;
  return { ...env, NODE_OPTIONS: options.replaceAll(/(?:^|\s)--inspect\S*/g, '') };
}
