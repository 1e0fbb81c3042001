/** Keeps a file that says how a session stands: written whole, once a second at most, and now and then while nothing happens. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { oddKindOf } from '../files/file-kind.js';
import { makeFolder } from '../files/make-folder.js';
import { writeWhole } from '../files/write-whole.js';
import { OptionError } from '../protocol/errors.js';
import type { EndReason, TimedAgentEvent } from '../protocol/events.js';
import { createMask } from '../protocol/redact.js';
import { foldEvent } from '../session-view/fold-event.js';
import { type LobbyPhase, newSession } from '../session-view/session-state.js';
import type { Clock, Times } from '../time/clock.js';
import { statusOfSession } from './session-status.js';

const defaults = {
  /** From one time that it is written to the next. */
  paceMs: 1_000,
  everyMs: 10_000,
  /** Monitors often run as another user. */
  mode: 0o644,
} as const;

export interface StatusKeeperOptions extends Times {
  /** The file. */
  path: string;
  clock: Clock;
  /** Never written. */
  secret: string;
  /** Called once, with a sentence, when the file cannot be written. */
  onTrouble: (message: string) => void;
}

export interface StatusKeeper {
  /** Writes the file for the first time. */
  begin(): void;
  readonly onEvent: (event: TimedAgentEvent) => void;
  /** A frame has come. */
  readonly onTraffic: () => void;
  /** Another session may have the same file from now on, or no more: what that one writes is not written over. */
  share(isShared: boolean): void;
  /** Writes it for the last time. @param failure why the session ended, if it never told. */
  close(failure: string | null): void;
}

/** @throws {OptionError} when there can be no such file, and when there is one with something else in it. */
export function keepStatus(options: StatusKeeperOptions): StatusKeeper {
  const { path, clock, now, wallNow, secret, onTrouble } = options;
  assertUsable(path);
  const mask = createMask([secret]);
  const startedAt = Math.round(wallNow());
  let session = newSession;
  let since = startedAt;
  let lastTrafficAt: number | null = null;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let timer: unknown = null;
  let isChanged = false;
  let isTold = false;
  let isOpen = false;
  let isShared = false;

  const write = (waits: boolean): void => {
    isChanged = false;
    writtenAt = now();
    if (isShared && isOfAnother(path)) return;
    const status = statusOfSession(session, {
      pid: process.pid,
      startedAt,
      writtenAt: Math.round(wallNow()),
      everyMs: defaults.everyMs,
      since,
      lastTrafficAt,
      redact: mask.text,
    });
    try {
      writeWhole(path, `${mask.json(JSON.stringify(status, null, 1))}\n`, { mode: defaults.mode, waits });
    } catch (error) {
      // A reader holds it on Windows, or the disk is full: it is written again, as it is then.
      if (!isTold) onTrouble(troubleOf(path, error));
      isTold = true;
    }
  };

  const plan = (): void => {
    clock.clearTimeout(timer);
    const pauseMs = isChanged ? defaults.paceMs : defaults.everyMs;
    timer = clock.setTimeout(
      () => {
        write(false);
        plan();
      },
      Math.max(0, writtenAt + pauseMs - now()),
    );
  };

  return {
    begin() {
      isOpen = true;
      write(false);
      plan();
    },
    onEvent(event) {
      const before = session;
      session = foldEvent(session, event);
      if (session === before) return;
      if (standingOf(session.lobby.phase) !== standingOf(before.lobby.phase)) since = Math.round(event.at);
      if (!isOpen || isChanged) return;
      isChanged = true;
      plan();
    },
    onTraffic() {
      lastTrafficAt = Math.round(wallNow());
    },
    share(shared) {
      isShared = shared;
    },
    close(failure) {
      if (!isOpen) return;
      isOpen = false;
      clock.clearTimeout(timer);
      if (session.lobby.phase !== 'over') session = { ...session, lobby: endedLobby(failure) };
      write(true);
    },
  };

  /** Of a session that ended before it had a lobby. */
  function endedLobby(failure: string | null) {
    const endReason: EndReason = failure === null ? 'stopped' : 'failed';
    since = Math.round(wallNow());
    return { ...session.lobby, phase: 'over' as const, endReason, endMessage: failure ?? 'told to stop' };
  }
}

/** Dial after dial is one absence: none of them says how long it lasts. */
const standingOf = (phase: LobbyPhase): LobbyPhase => (phase === 'connecting' ? 'offline' : phase);

function isOfAnother(path: string): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(path, 'utf8')) as { pid?: unknown };
    return pid !== process.pid;
  } catch {
    return false;
  }
}

function troubleOf(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `The status file ${path} cannot be written (${code}). It is tried again all the time; what stands in it is old.`;
}

/** A bot file in the wrong place must not be written over. */
function assertUsable(path: string): void {
  try {
    makeFolder(dirname(path));
    if (!existsSync(path)) return;
    const odd = oddKindOf(statSync(path));
    if (odd !== null)
      throw new OptionError('status', `${path} is ${odd}: give the name of a file for the status.`);
    // After a power cut it may be empty, or of zeros.
    if (/^(?:\0*$|\s*\{\s*"schema")/.test(readFileSync(path, 'utf8'))) return;
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(
      'status',
      `${path} cannot be the file for the status (${code}): name another one.`,
      {
        cause: error,
      },
    );
  }
  throw new OptionError(
    'status',
    `${path} is not a status file, and would be written over: name another one, or remove it.`,
  );
}
