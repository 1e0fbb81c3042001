/**
 * Ends the processes of bots when the agent was killed (kill -9). They notice that themselves unless their bot blocks
 * them; so this starts a shell that waits for it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * A script that keeps a list of process groups, and kills them when its standard input ends. Each bot's process leads
 * a group with all its children.
 */
const script = `p=' '
while read -r c n; do
  case $c in
    +) p="$p$n ";;
    -) p="\${p%% "$n" *} \${p#* "$n" }";;
  esac
done
for n in $p; do kill -9 "-$n"; done`;

const watched = new Set<number>();
let shell: ChildProcess | null = null;

const write = (words: string): void => void shell?.stdin?.write(words);

function start(): void {
  const started = spawn('/bin/sh', ['-c', script], {
    // In a session of its own, so that it gets no signals of a terminal.
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell = started;
  const over = (): void => {
    if (shell === started) shell = null;
  };
  started.on('error', over);
  started.on('exit', over);
  started.stdin.on('error', over);
  started.unref();
  (started.stdin as Writable & { unref(): void }).unref();
}

/** @param pid the leader of a process group. */
export function watchOver(pid: number): void {
  watched.add(pid);
  if (shell === null) {
    start();
    for (const each of watched) write(`+ ${each}\n`);
  } else write(`+ ${pid}\n`);
}

/** To be called when it has ended: its number may be reused. The shell ends with the last one. */
export function watchNoMore(pid: number): void {
  if (!watched.delete(pid)) return;
  write(`- ${pid}\n`);
  if (watched.size > 0) return;
  shell?.stdin?.end();
  shell = null;
}
