/** How the process of a bot is started: its limits and Node's options. */
import { totalmem } from 'node:os';
import type { EnvironmentVariables } from '../../../network/environment-variables.js';
import { botEntry } from '../threads/bot-entry.js';

const defaults = {
  /** The share of the machine's memory for one bot. */
  memoryShare: 0.25,
  minMemoryMb: 256,
  maxMemoryMb: 4_096,
  /** What Node itself and V8's young generation take. */
  nodeMb: 128,
} as const;

/**
 * Sets for this process and its children: no core files; a limit of memory (heap, buffers, WebAssembly, native;
 * reservations do not count), which the kernel enforces on Linux; and that the kernel kills it first when the machine
 * is out of memory.
 */
const limited = (kilobytes: number): string =>
  `{ ulimit -c 0; ulimit -d ${kilobytes}; echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null; exec "$0" "$@"`;

/** The default of the largest heap of one bot in MB: a quarter of the memory of the machine or the container. */
export function defaultMemoryMb(): number {
  // 0 and numbers larger than any machine's memory mean that there is no limit.
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
  const start = botEntry('process');
  return 'file' in start ? [start.file] : ['-e', start.program];
}

/** The environment without the options of a debugger: its port can be opened only once. */
export function processEnv(env: EnvironmentVariables): EnvironmentVariables {
  const options = env.NODE_OPTIONS;
  if (options === undefined) return env;
  return { ...env, NODE_OPTIONS: options.replaceAll(/(?:^|\s)--inspect\S*/g, '') };
}
