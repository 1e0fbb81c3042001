/**
 * Ends the process whatever its threads do. `process.exit` waits for each of them, also for a thread in a synchronous
 * system call, which does not react.
 */
import { subscribe } from 'node:diagnostics_channel';
import { kill, pid } from 'node:process';
import { Worker } from 'node:worker_threads';

const defaults = {
  /** How long threads, and calls in Node's thread pool, may take to end by themselves. */
  threadsMs: 300,
  poolMs: 1_000,
  lookMs: 20,
  /** The time for the last steps of the C library, which wait for that pool. */
  lastStepsMs: 700,
} as const;

const threads = new Set<Worker>();
let isEnding = false;

/** Keeps track of every thread that is started from now on. */
export function watchThreads(): void {
  subscribe('worker_threads', (message) => {
    const { worker } = message as { worker: Worker };
    threads.add(worker);
    worker.once('exit', () => threads.delete(worker));
  });
}

/**
 * Ends the process with this code. A second call does nothing. It returns, because threads get a moment to end.
 *
 * @param busyPool what to do about calls of this thread in Node's thread pool, which delay the end: wait for them a
 * while, ignore them, or end at once by this signal, without the code.
 */
export function endProcess(code: number, busyPool: 'wait' | 'ignore' | NodeJS.Signals = 'wait'): void {
  if (isEnding) return;
  isEnding = true;
  if (threads.size === 0 && busyPool !== 'wait') {
    if (busyPool !== 'ignore' && isPoolBusy()) {
      process.removeAllListeners(busyPool);
      kill(pid, busyPool);
    }
    process.exit(code);
  }
  void end(code);
}

async function end(code: number): Promise<void> {
  for (const thread of threads) {
    // Its listeners would take the end for a failure of the bot.
    thread.removeAllListeners();
    void thread.terminate().then(() => threads.delete(thread));
  }
  await until(() => threads.size === 0, defaults.threadsMs);
  if (threads.size === 0) await until(() => !isPoolBusy(), defaults.poolMs);
  if (threads.size === 0 && !isPoolBusy()) process.exit(code);
  // As `process.exit` does it; no other code runs any more.
  process.exitCode = code;
  process.emit('exit', code);
  try {
    if (threads.size > 0) {
      await startUndertaker();
      await exitWithoutThreads(code);
    }
  } finally {
    // No exit code is possible here. The first process of a container ignores the signal, but not SIGKILL.
    kill(pid, 'SIGKILL');
    process.abort();
  }
}

async function until(holds: () => boolean, limitMs: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs && !holds(); waitedMs += defaults.lookMs) {
    await new Promise((resolve) => setTimeout(resolve, defaults.lookMs));
  }
}

/** Whether a call of this thread runs in the pool, for a file or a host name; it may never return. */
function isPoolBusy(): boolean {
  return process.getActiveResourcesInfo().some((kind) => /^FSReq|^Get(?:Addr|Name)Info/.test(kind));
}

/**
 * Calls `exit()` of the C library, which does not wait for threads: Node gives it to WebAssembly programs. The module
 * imports it as `proc_exit(code)`, and its `_start` calls it.
 */
async function exitWithoutThreads(code: number): Promise<void> {
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({ version: 'preview1', returnOnExit: false });
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: Compiler }).WebAssembly;
  wasi.start(new Instance(new Module(programThatExits(code)), wasi.getImportObject()));
}

/** Missing in the types of Node. */
interface Compiler {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => object;
}

const text = (name: string) => [name.length, ...Buffer.from(name)];
const section = (id: number, ...content: number[]) => [id, content.length, ...content];

function programThatExits(code: number): Uint8Array {
  const i32 = 0x7f;
  const func = 0x60;
  return Uint8Array.from([
    ...Buffer.from('\0asm\u0001\0\0\0'),
    // Types: (i32) => nothing, and () => nothing.
    ...section(1, 2, func, 1, i32, 0, func, 0, 0),
    ...section(2, 1, ...text('wasi_snapshot_preview1'), ...text('proc_exit'), 0, 0),
    // One function of the second type, and the memory that WASI asks for.
    ...section(3, 1, 1),
    ...section(5, 1, 0, 1),
    ...section(7, 2, ...text('memory'), 2, 0, ...text('_start'), 0, 1),
    // i32.const code (two bytes of LEB128), call 0, end.
    ...section(10, 1, 7, 0, 0x41, (code & 0x7f) | 0x80, code >> 7, 0x10, 0, 0x0b),
  ]);
}

/** Starts a process that kills this one if it does not end even so; then the exit code is the system's. */
async function startUndertaker(): Promise<void> {
  const program = `
    require('node:worker_threads').parentPort.postMessage(0);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${defaults.lastStepsMs});
    process.kill(${pid}, 'SIGKILL');`;
  const undertaker = new Worker(program, { eval: true, execArgv: [], env: {} });
  await new Promise((resolve) => undertaker.once('message', resolve).once('error', resolve));
}
