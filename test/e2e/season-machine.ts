/** A machine with an agent of ours: it can be killed, fall asleep and lose its network, and goes on with its own files. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/chance/random.js';
import { Action } from '../../src/holdem/action.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';
import { type StartedAgent, startAgent } from '../kit/agent.js';
import type { Credentials } from '../kit/client.js';
import { makeFolder } from '../kit/folder.js';
import type { MemoryNetwork } from '../kit/memory-network.js';
import { openSpans, type Span } from './season-spans.js';

/** What has faults; times pass on it with `advance` alone. */
export interface Machine {
  advance(ms: number): void;
  /** The process dies as by `SIGKILL`. */
  kill(): Promise<void>;
  start(): void;
  /** Its timers stand still and its connections are lost without a sign; its wall clock goes on. */
  sleep(): void;
  wake(): void;
  cut(): void;
  mend(): void;
}

export interface OurMachine extends Machine {
  /** What its processes told, but for what a killed one would not have. */
  readonly events: readonly TimedAgentEvent[];
  readonly kept: string;
  /** When it was dead, and when it was asleep, from and to. */
  readonly deaths: readonly Span[];
  readonly sleeps: readonly Span[];
  stop(): Promise<void>;
}

/** Files in memory where the system has such: a week writes many thousand times to the disk, and waits for it. */
const memory = '/dev/shm';

/** What the machines of a season have in common. */
export interface MachineWorld {
  network: MemoryNetwork;
  /** Of the platform. */
  port: number;
  seed: string;
  wallNow: () => number;
}

/** All-in now and then, so that matches are short. */
function botOf(seed: string) {
  const random = createRandom(seed);
  return () => ({
    decide: ({ validActions, maxRaise }: { validActions: string[]; maxRaise: number }) => {
      if (random() < 0.08 && validActions.includes('raise')) return Action.raiseTo(maxRaise);
      if (random() < 0.1 && validActions.includes('fold')) return Action.fold();
      return validActions.includes('check') ? Action.check() : Action.call();
    },
  });
}

export function openMachine(
  name: string,
  { network, port, seed, wallNow }: MachineWorld,
  { lobbyUrl, token }: Credentials,
  options: AgentOptions,
): OurMachine {
  const gate = network.openGate(port);
  const home = makeFolder(existsSync(memory) ? memory : undefined);
  const state = join(home, '.chipzen');
  const kept = join(home, 'kept');
  const bot = botOf(`${seed} ${name}`);
  const random = createRandom(`${seed} ${name} waits`);
  const events: TimedAgentEvent[] = [];
  const deaths = openSpans();
  const sleeps = openSpans();
  let running: { process: StartedAgent; clock: VirtualClock } | null = null;
  let sleptMs = 0;

  async function end(): Promise<void> {
    if (running === null) return;
    const { process, clock } = running;
    running = null;
    let isOver = false;
    const hasEnded = (): boolean => isOver;
    void process.agent.stop({ graceMs: 0 }).finally(() => {
      isOver = true;
    });
    for (let turn = 0; !hasEnded() && turn < 1_000; turn += 1) {
      await network.rest();
      clock.advance(100);
    }
    if (!hasEnded()) throw new Error(`${name} does not end.`);
  }

  return {
    events,
    kept,
    deaths: deaths.all,
    sleeps: sleeps.all,
    advance(ms) {
      if (sleeps.isOpen) sleptMs += ms;
      else running?.clock.advance(ms);
    },
    start() {
      const clock = createVirtualClock(wallNow());
      deaths.close(wallNow());
      sleptMs = 0;
      const process = startAgent(
        bot,
        { lobbyUrl: gate.through(lobbyUrl), token },
        {
          record: kept,
          ...options,
          onEvent: (event) => running?.process === process && events.push(event),
        },
        {
          clock,
          now: clock.now,
          wallNow: () => clock.now() + sleptMs,
          random,
          // No git is found: it would be asked at each start, in a process.
          env: { HOME: home, USERPROFILE: home, PATH: home },
        },
      );
      running = { process, clock };
    },
    async kill() {
      gate.cut();
      deaths.open(wallNow());
      const left = filesOf(home);
      await end();
      for (const path of filesOf(home).keys()) if (!left.has(path)) rmSync(path);
      for (const [path, content] of left) {
        mkdirSync(join(path, '..'), { recursive: true });
        if (path.startsWith(state)) writeFileSync(path, content.text ?? '');
        else if (existsSync(path)) truncateSync(path, content.size);
      }
      gate.mend();
    },
    sleep() {
      sleeps.open(wallNow());
      gate.silence();
    },
    wake() {
      sleeps.close(wallNow());
    },
    cut: () => gate.cut(),
    mend: () => gate.mend(),
    stop: end,
  };

  /** Recordings only grow: their size says what they were. */
  function filesOf(folder: string): Map<string, { size: number; text: string | null }> {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return new Map(
      entries.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const text = path.startsWith(state) ? readFileSync(path, 'utf8') : null;
        return [path, { size: statSync(path).size, text }];
      }),
    );
  }
}
