/**
 * Ends the processes of bots when the agent is gone without a word (kill -9). Each of them notices that by itself, but
 * not one whose bot blocks it; this is a shell that waits for nothing else.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Keeps a list of process groups, and ends them when its standard input ends. Each leads a group with all it has started. */
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

const say = (words: string): void => void shell?.stdin?.write(words);

function start(): void {
  const started = spawn('/bin/sh', ['-c', script], {
    // Of a session of its own: no signal of a terminal is meant for it.
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

/** @param pid leads a process group. */
export function watchOver(pid: number): void {
  watched.add(pid);
  if (shell === null) {
    start();
    for (const each of watched) say(`+ ${each}\n`);
  } else say(`+ ${pid}\n`);
}

/** It has ended: its number may soon be another's. The shell ends with the last one. */
export function watchNoMore(pid: number): void {
  if (!watched.delete(pid)) return;
  say(`- ${pid}\n`);
  if (watched.size > 0) return;
  shell?.stdin?.end();
  shell = null;
}
