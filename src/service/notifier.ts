/**
 * Tells systemd how a session stands (sd_notify(3)), through its program `systemd-notify`: Node has no sockets of the kind that
 * systemd listens at.
 */
import { execFile } from 'node:child_process';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { Clock } from '../time/clock.js';
import { createOwnTimers } from '../time/own-timers.js';

const defaults = {
  program: 'systemd-notify',
  /** Without a watchdog that it is said again: systemd loses what a child says that ends too soon. */
  againMs: 20_000,
  agains: 15,
  /** One child at a time, and none for ever. */
  limitMs: 10_000,
  /** A child for each sign of life: more often costs too much. */
  leastWatchdogMs: 60_000,
} as const;

export interface NotifierOptions {
  env: EnvironmentVariables;
  clock: Clock;
  /** Called with a sentence about what is wrong, once for each thing. */
  onTrouble: (message: string) => void;
  /** A sentence for `systemctl status`. */
  standing: () => string;
  /** Default: starts `systemd-notify` with these words. */
  notify?: (words: readonly string[], env: EnvironmentVariables) => Promise<void>;
  pid?: number;
}

export interface Notifier {
  /** The session runs, whether or not it has reached the lobby. */
  ready(): void;
  /** It ends because it was told to: systemd gives it its time for that. */
  stopping(): void;
  /** Resolves when nothing is being said any more. */
  close(): Promise<void>;
}

/** @returns null where nobody listens: the session was not started by systemd, or by a unit without `Type=notify`. */
export function createNotifier(options: NotifierOptions): Notifier | null {
  const { env, clock, onTrouble, standing, notify = runNotify, pid = process.pid } = options;
  const { NOTIFY_SOCKET: socket, PATH } = env;
  if (socket === undefined || socket === '') return null;
  const timers = createOwnTimers(clock);
  const watchdogMs = watchdogOf(env, pid);
  const everyMs = watchdogMs === null ? defaults.againMs : watchdogMs / 3;
  // Nothing else: the token may be among the variables.
  const childEnv = { NOTIFY_SOCKET: socket, ...(PATH !== undefined && { PATH }) };
  let isStopping = false;
  let isMissing = false;
  let saying: Promise<void> | null = null;
  let agains = 0;
  const told = new Set<string>();

  const tellOnce = (message: string): void => {
    if (told.has(message)) return;
    told.add(message);
    onTrouble(message);
  };

  const say = async (words: readonly string[]): Promise<void> => {
    if (isMissing) return;
    try {
      await notify(words, childEnv);
    } catch (error) {
      const { code } = error as { code?: unknown };
      isMissing = code === 'ENOENT';
      tellOnce(
        isMissing
          ? 'systemd-notify is not on this machine: systemd is told nothing, and may end a unit of Type=notify. Print one without it (chipzen-agent service systemd --plain).'
          : 'systemd-notify failed: systemd may not know that this session is alive.',
      );
    }
  };

  /** One at a time: a machine that is slow must not be full of children. */
  const tell = (words: readonly string[]): void => {
    if (saying !== null) return;
    saying = say(words).finally(() => {
      saying = null;
    });
  };

  const beat = (): void => {
    // READY is said again with each sign of life, because the first one may be lost.
    tell([
      ...(isStopping ? [] : ['--ready']),
      `--status=${standing()}`,
      ...(watchdogMs === null ? [] : ['WATCHDOG=1']),
    ]);
    agains += 1;
    if (watchdogMs !== null || agains < defaults.agains) timers.later(everyMs, beat);
  };

  return {
    ready() {
      if (watchdogMs !== null && watchdogMs < defaults.leastWatchdogMs) {
        tellOnce(
          `WatchdogSec is ${watchdogMs / 1000} s: a long decision (--isolate none) may be taken for a hang, and each sign of life is a process. 60 s or more are better.`,
        );
      }
      beat();
    },
    stopping() {
      if (isStopping) return;
      isStopping = true;
      const before = saying ?? Promise.resolve();
      saying = before
        .then(() => say(['STOPPING=1', `--status=${standing()}`]))
        .finally(() => {
          saying = null;
        });
    },
    async close() {
      timers.clear();
      await saying;
    },
  };
}

/** Milliseconds; null without a watchdog, or with one that is meant for another process. */
function watchdogOf({ WATCHDOG_USEC, WATCHDOG_PID }: EnvironmentVariables, pid: number): number | null {
  const microseconds = Number(WATCHDOG_USEC);
  if (!/^\d+$/.test(WATCHDOG_USEC ?? '') || microseconds < 1_000) return null;
  if (WATCHDOG_PID !== undefined && WATCHDOG_PID !== '' && Number(WATCHDOG_PID) !== pid) return null;
  return microseconds / 1_000;
}

function runNotify(words: readonly string[], env: EnvironmentVariables): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      defaults.program,
      [...words],
      { env, timeout: defaults.limitMs, killSignal: 'SIGKILL', windowsHide: true },
      (error) => (error === null ? resolve() : reject(error)),
    );
  });
}
