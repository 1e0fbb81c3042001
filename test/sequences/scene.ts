/** Agents and their platform on one clock that jumps when the sockets stand still; the rules are looked at each time. */
import type { Chaos } from '../../src/chaos/faults.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { Opponent } from '../../src/sandbox/terms/players.js';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';
import { standstill } from '../kit/clock.js';
import { shortGame } from '../kit/short-game.js';
import { createChronicle } from './chronicle.js';
import { type Account, type Guest, startGuest } from './guest.js';
import { createPlatformJudge } from './platform-rules.js';
import { createPunctualityJudge } from './punctuality.js';
import { heldResources, untilReleased } from './resources.js';
import type { Happening } from './rules.js';

const defaults = {
  /** Of virtual time, for sessions that are to end. */
  endLimitMs: 5 * 60_000,
  /** The same, for matches whose players are gone. */
  matchLimitMs: 30 * 60_000,
} as const;

export const noChaos: Chaos = { name: 'none', faults: [] };

/** What a sequence begins with, besides its commands. */
export interface Setup {
  seed: string;
  legacy: boolean;
  maxHands: number;
  startingStack: number;
  maxReconnects: number;
  decisionTimeoutMs: number;
  dispatchDelayMs: number;
  /** Agents at their tables before the first command. */
  agents: number;
  /** `players`: the sessions end first, and every match is waited for. `platform`: it goes away under them. */
  ending: 'players' | 'platform';
}

export interface Scene {
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
  readonly accounts: readonly Account[];
  /** Sessions that are not over, the newest last. */
  readonly guests: readonly Guest[];
  /** Ids of the matches in play. */
  readonly matches: readonly string[];
  start(account: number, options: { maxMatches?: number | undefined; safeMode: boolean }): Promise<void>;
  dispatch(players: readonly Opponent[], terms: { rated: boolean; decisionTimeoutMs?: number }): void;
  /** A new bot in the place of one whose token is worth nothing any more. */
  renew(account: number): void;
  /** Does this in the middle of the next happening of the kind, or a later one. */
  ambush(kind: string, skip: number, strike: () => void): void;
  /** Turns may be missed from now on. */
  excuse(): void;
  /** Lets time pass; 0: only what is due. */
  pass(ms: number): Promise<void>;
  /** Lets so many timers fire. */
  tick(timers: number): Promise<void>;
  /** Ends everything. @throws when something is left of it. */
  end(): Promise<void>;
  /** Ends everything, whatever state it is in. */
  abandon(): Promise<void>;
}

/** Broken rules, with what happened before. */
class BrokenRule extends Error {
  override name = 'BrokenRule';
}

/** @param onTold called with the type of everything that an agent tells. */
export async function openScene(setup: Setup, onTold: (type: string) => void): Promise<Scene> {
  const { seed, legacy, maxHands, startingStack, maxReconnects, decisionTimeoutMs, dispatchDelayMs } = setup;
  const held = heldResources();
  const clock = createVirtualClock();
  const chronicle = createChronicle(clock.now);
  const strays: string[] = [];
  const judge = createPlatformJudge();
  const punctuality = createPunctualityJudge(
    (matchId, seat) => sandbox.matches().find((one) => one.matchId === matchId)?.seats[seat]?.botId ?? null,
  );
  const all: Guest[] = [];
  let isClosed = false;

  const fail = (what: string): never => {
    throw new BrokenRule(`${what}\n\n${chronicle.text()}`);
  };
  const onUnhandled = (error: unknown): void => {
    strays.push(`unhandled: ${String((error as Error)?.stack ?? error)}`);
  };
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);
  const onSandboxEvent = (event: SandboxEvent): void => {
    judge.see(event);
    punctuality.see(event);
    chronicle.note('platform', event);
  };
  const sandbox = await createSandbox({
    port: 0,
    seed,
    legacy,
    ...shortGame,
    maxHands,
    startingStack,
    maxReconnects,
    decisionTimeoutMs,
    dispatchDelayMs,
    chaos: noChaos,
    clock,
    onEvent: onSandboxEvent,
  });
  const addAccount = (name: string): Account => ({ name, ...sandbox.addBot({ name }) });
  const accounts = ['ada', 'ben'].map(addAccount);

  function check(): void {
    for (const guest of all) guest.rest();
    const broken = [
      ...strays,
      ...judge.broken,
      ...punctuality.broken,
      ...all.flatMap((guest) => guest.broken),
    ];
    if (broken.length === 0) return;
    fail(broken.slice(0, 5).join('\n'));
  }

  async function rest(): Promise<void> {
    await standstill();
    check();
  }

  async function pass(ms: number): Promise<void> {
    const until = clock.now() + ms;
    for (;;) {
      await rest();
      const next = clock.untilNext();
      if (next === null || clock.now() + next > until) break;
      clock.advance(next);
    }
    if (clock.now() < until) clock.advance(until - clock.now());
  }

  async function passUntil(isDone: () => boolean, limitMs: number, what: string): Promise<void> {
    const until = clock.now() + limitMs;
    await rest();
    while (!isDone()) {
      const next = clock.untilNext();
      if (next === null || clock.now() + next > until) {
        fail(`${what}, ${next === null ? 'and no timer is set' : `after ${limitMs / 60_000} minutes`}`);
        return;
      }
      clock.advance(next);
      await rest();
    }
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    await sandbox.close();
  }

  const scene: Scene = {
    clock,
    sandbox,
    accounts,
    get guests() {
      return all.filter(({ isOver }) => !isOver);
    },
    get matches() {
      return [...judge.live];
    },
    async start(index, options) {
      const account = accounts[index];
      if (account === undefined) return;
      const name = `${account.name}-${all.length}`;
      all.push(
        await startGuest(account, {
          clock,
          platformPort: sandbox.port,
          seed: `${seed}:${name}`,
          ...options,
          onStray: (what) => strays.push(what),
          onHappening(happening: Happening) {
            chronicle.note(name, happening);
            if (happening.type === 'agent.told') onTold(happening.event.type);
          },
        }),
      );
    },
    dispatch(players, terms) {
      sandbox.play({ players, ...terms }).catch((error: Error) => {
        if (error.message !== 'The sandbox was closed.') strays.push(`dispatch: ${error.stack}`);
      });
    },
    renew(index) {
      accounts[index] = addAccount(`${accounts[index]?.name.slice(0, 3)}${accounts.length}${all.length}`);
    },
    ambush: chronicle.ambush,
    excuse: punctuality.excuse,
    pass,
    async tick(timers) {
      for (let fired = 0; fired < timers; fired += 1) {
        await rest();
        const next = clock.untilNext();
        if (next !== null) clock.advance(next);
      }
      await rest();
    },
    async end() {
      chronicle.calm();
      if (setup.ending === 'platform') await close();
      for (const guest of all) void guest.agent.stop();
      await passUntil(() => scene.guests.length === 0, defaults.endLimitMs, 'a session does not end');
      if (!isClosed) {
        await passUntil(() => judge.live.size === 0, defaults.matchLimitMs, 'a match does not end');
        await close();
      }
      await passUntil(
        () => all.every(({ tap }) => tap.open === 0),
        defaults.endLimitMs,
        'a connection is left',
      );
      await Promise.all(all.map(({ tap }) => tap.close()));
      await rest();
      // Bots that still think do so on this clock.
      const timers = clock.pending() - all.reduce((sum, { mood }) => sum + mood.sleeping, 0);
      if (timers !== 0) fail(`${timers} timers are left`);
      const left = await untilReleased(held);
      // What they come to then must not matter any more.
      await pass(defaults.endLimitMs);
      if (left.length > 0) fail(`left behind: ${left.join(', ')}`);
      check();
    },
    async abandon() {
      process.off('unhandledRejection', onUnhandled);
      process.off('uncaughtException', onUnhandled);
      for (const guest of all) void guest.agent.stop({ graceMs: 0 });
      await close();
      await Promise.all(all.map(({ tap }) => tap.close()));
      await standstill();
    },
  };
  return scene;
}
