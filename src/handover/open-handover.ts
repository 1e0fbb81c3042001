/** The start of a session beside others of the same bot: it finds them, has the lobby of one if it wants it, and is found itself. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockPath, type PathLock } from '../files/path-lock.js';
import { HandoverError } from '../protocol/errors.js';
import type { Clock } from '../time/clock.js';
import { callSession, type OtherSession } from './handover-call.js';
import { type HandoverDesk, type HandoverHost, openHandoverDesk } from './handover-desk.js';
import type { FreedHow } from './handover-messages.js';
import {
  type HandoverPlace,
  newSocketPath,
  openHandoverPlace,
  type SessionIdentity,
  socketsOf,
} from './handover-place.js';

const defaults = {
  answerMs: {
    /** A bot on the agent's own thread may compute for the whole of a turn, and the agent answers after that. */
    take: 45_000,
    /** The start of a session that wants nothing from others is not held up by one that is stuck. */
    listen: 3_000,
  },
  /** While another session starts: it may have to wait for an answer. */
  lockWaitMs: 120_000,
  lockLookMs: 50,
} as const;

/** What a starting session is told of the others. */
export interface HandoverListener {
  /** It left the lobby, and plays these matches to their end. */
  taken(pid: number, matchIds: readonly string[]): void;
  /** It plays these; it was out of the lobby already. */
  found(pid: number, matchIds: readonly string[]): void;
  freed(matchId: string, how: FreedHow): void;
  /** Something that the user should know. */
  trouble(message: string): void;
}

export interface HandoverOptions {
  folder: string;
  identity: SessionIdentity;
  /** `take`: the lobby of a running session. `listen`: only be found by later ones. */
  mode: 'take' | 'listen';
  host: HandoverHost;
  listener: HandoverListener;
  clock: Clock;
}

export interface OpenHandover {
  /** Tells newer sessions what became of a match. */
  freed(matchId: string, how: FreedHow): void;
  /** @param isEvicted whether a third session has the lobby. */
  close(isEvicted: boolean): Promise<void>;
}

/**
 * One starting session at a time does this: of ten that start at once, each finds the one before it.
 *
 * @throws {HandoverError} with `mode: 'take'` when a running session cannot be asked.
 */
export async function openHandover(options: HandoverOptions): Promise<OpenHandover> {
  const { folder, identity, host, clock } = options;
  const place = openHandoverPlace(folder, identity);
  const lock = await lockWithin(join(folder, place.key), clock);
  const others: OtherSession[] = [];
  let desk: HandoverDesk;
  try {
    await askOthers(place, options, others);
    desk = await openHandoverDesk({ path: newSocketPath(place), identity, host, clock });
  } catch (error) {
    // One that had given its lobby away takes it back.
    for (const other of others) other.leave(false);
    throw error;
  } finally {
    await lock.release();
  }
  return {
    freed: desk.freed,
    async close(isEvicted) {
      for (const other of others) other.leave(isEvicted);
      await desk.close();
    },
  };
}

async function askOthers(
  place: HandoverPlace,
  { identity, mode, listener, clock }: HandoverOptions,
  others: OtherSession[],
): Promise<void> {
  const refuse = (message: string): void => {
    if (mode === 'take') throw new HandoverError(message);
    listener.trouble(message);
  };
  for (const path of socketsOf(place)) {
    const found = await callSession(path, { identity, answerMs: defaults.answerMs[mode], clock });
    if (found.kind === 'dead') {
      // Nobody else ever has this name: only a session that was killed leaves it behind.
      rmSync(path, { force: true });
    } else if (found.kind === 'silent') {
      refuse(
        `A session of this bot does not answer (${path}): it is stopped or stuck. End it, and start again; its matches are resumed.`,
      );
    } else if (found.kind === 'stranger') {
      refuse(`${found.message} End it, and start again; its matches are resumed.`);
    } else {
      await joinSession(found.session, mode, listener, others);
    }
  }
}

async function joinSession(
  session: OtherSession,
  mode: HandoverOptions['mode'],
  listener: HandoverListener,
  others: OtherSession[],
): Promise<void> {
  const { pid, phase } = session;
  if (phase === 'serving' && mode === 'listen') {
    listener.trouble(
      `Process ${pid} plays as the same bot: the platform will turn it out of the lobby. With --handover it would finish its matches first.`,
    );
    session.leave(false);
    return;
  }
  // What trusts another session would take the lobby back from this one.
  const takes = phase !== 'finishing';
  const matchIds = await session.plays(takes ? 'take' : 'follow');
  if (matchIds === null) return;
  others.push(session);
  if (phase === 'serving') listener.taken(pid, matchIds);
  else listener.found(pid, matchIds);
  const open = new Set(matchIds);
  session.follow({
    freed(matchId, how) {
      if (open.delete(matchId)) listener.freed(matchId, how);
    },
    gone() {
      for (const matchId of open) listener.freed(matchId, 'open');
      open.clear();
    },
  });
}

/** @throws {HandoverError} when others start for too long. */
async function lockWithin(path: string, clock: Clock): Promise<PathLock> {
  for (let waitedMs = 0; waitedMs < defaults.lockWaitMs; waitedMs += defaults.lockLookMs) {
    const lock = await lockPath(path);
    if (lock !== null) return lock;
    await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), defaults.lockLookMs));
  }
  throw new HandoverError('Other sessions of this bot have been starting for two minutes: try again later.');
}
