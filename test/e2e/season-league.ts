/** A season week on the local platform: sixteen bots, of which two are ours, one is kept naively, and the others come and go. */
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { SandboxEvent } from '../../src/sandbox/index.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { openMemoryNetwork } from '../kit/memory-network.js';
import { openPlatform } from '../kit/platform.js';
import { type SeasonBot, seasonBot } from '../kit/season-bot.js';
import { minuteMs } from '../season/example-fixtures.js';
import { type OurMachine, openMachine } from './season-machine.js';
import { openNaive } from './season-naive.js';
import { openRefuser } from './season-refusals.js';

const secondMs = 1_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

const defaults = {
  /** Less than the shortest timeout that may be running, 4.8 s: the connections come to rest in between. */
  stepMs: 4_000,
  pongTimeoutMs: 10_000,
  /** How long bots of others are there around a fixture of theirs, and for a match of the queue. */
  early: 2 * minuteMs,
  late: 3 * minuteMs,
  visit: 6 * minuteMs,
  joinEvery: 20 * secondMs,
} as const;

/** Ours, the naive one, and thirteen others. */
export const ourNames = ['alder', 'birch'] as const;
export const naiveName = 'naive';
export const names: readonly string[] = [
  ...ourNames,
  naiveName,
  ...Array.from({ length: 13 }, (_, index) => `rival-${String(index + 1).padStart(2, '0')}`),
];

export interface Meeting {
  readonly startsAt: number;
  readonly players: readonly [string, string];
  readonly stage: string;
}

/** What the platform told, and when. */
export interface TimedFact {
  readonly at: number;
  readonly event: SandboxEvent;
}

/** The rounds of sixteen by the circle method. @param round from 0 to 14. */
export function roundOf(round: number): [string, string][] {
  const circle = names.slice(1).map((_, index, rest) => rest[(index + round) % rest.length] as string);
  const seats = [names[0] as string, ...circle];
  return seats.slice(0, 8).map((name, index) => [name, seats[15 - index] as string]);
}

/** Blinds that double every four hands, so that a match is over soon. */
const blindSchedule = Array.from({ length: 6 }, (_, level) => ({
  fromHand: 4 * (level + 1) + 1,
  smallBlind: 50 * 2 ** (level + 1),
  bigBlind: 100 * 2 ** (level + 1),
}));

export interface LeagueOptions {
  startsAt: number;
  seed: string;
  ours: Readonly<Record<(typeof ourNames)[number], AgentOptions>>;
}

export async function openLeague({ startsAt, seed, ours: options }: LeagueOptions) {
  const network = await openMemoryNetwork();
  const clock = createVirtualClock(startsAt);
  const facts: TimedFact[] = [];
  const platform = await openPlatform({
    clock,
    seed,
    speed: 1,
    limits: 'platform',
    pongTimeoutMs: defaults.pongTimeoutMs,
    keepHands: 100_000,
    startingStack: 10_000,
    smallBlind: 50,
    bigBlind: 100,
    blindSchedule,
    maxHands: 1_000,
    onEvent: (event) => {
      if (/^(?:lobby\.o|fixture|match|platform|seat)/.test(event.type))
        facts.push({ at: clock.now(), event });
    },
  });
  const { sandbox } = platform;
  const port = Number(new URL(sandbox.url).port);
  const world = { network, port, seed, wallNow: () => clock.now() };
  const accounts = new Map(names.slice(0, 3).map((name) => [name, sandbox.addBot({ name })]));
  const accountOf = (name: string) => accounts.get(name) as ReturnType<typeof sandbox.addBot>;
  const refuser = openRefuser(new Map([...accounts].map(([name, { token }]) => [name, token])), {
    seed,
    now: clock.now,
    // The platform is a step ahead of the machines while they hear of what it did in it.
    skewMs: defaults.stepMs,
  });
  network.intercept = refuser.intercept;
  const machines: Record<(typeof ourNames)[number], OurMachine> = {
    alder: openMachine('alder', world, accountOf('alder'), options.alder),
    birch: openMachine('birch', world, accountOf('birch'), options.birch),
  };
  const naive = openNaive(world, sandbox.url, accountOf(naiveName));
  const rivals = names.slice(3).map((name) => seasonBot(sandbox, name, { seed, onLost: () => undefined }));
  const meetings: Meeting[] = [];
  const visits = new Map<SeasonBot, { until: number; nextJoin: number }>();
  const acts: { at: number; act: () => unknown }[] = [];
  /** Bots of others that stay away from fixtures, until when. */
  const absent = new Map<string, number>();

  async function seeRival(bot: SeasonBot): Promise<void> {
    const now = clock.now();
    const visit = visits.get(bot);
    const isCalled =
      (absent.get(bot.name) ?? 0) <= now &&
      meetings.some(
        ({ startsAt: mark, players }) =>
          now >= mark - defaults.early && now < mark + defaults.late && players.includes(bot.name),
      );
    const isWanted = isCalled || (visit !== undefined && now < visit.until);
    if (isWanted !== bot.isOnline()) {
      if (bot.isOnline()) await bot.offline();
      else await bot.online().catch(() => undefined);
    }
    if (visit === undefined || !bot.isOnline()) return;
    if (now >= visit.until) visits.delete(bot);
    else if (now >= visit.nextJoin && bot.matches.every(({ reason }) => reason !== null)) {
      visit.nextJoin = now + defaults.joinEvery;
      await bot.ask('POST', '/matchmaking/join').catch(() => undefined);
    }
  }

  async function passTo(time: number): Promise<void> {
    while (clock.now() < time) {
      const untilAct = (acts[0]?.at ?? Number.POSITIVE_INFINITY) - clock.now();
      const ms = Math.min(defaults.stepMs, time - clock.now(), Math.max(1_000, untilAct));
      clock.advance(ms);
      await network.rest();
      // One after the other, so that none of them is sometimes first.
      for (const machine of [machines.alder, machines.birch]) {
        machine.advance(ms);
        await network.rest();
      }
      acts.sort((one, other) => one.at - other.at);
      while ((acts[0]?.at ?? Number.POSITIVE_INFINITY) <= clock.now()) {
        await acts.shift()?.act();
        await network.rest();
      }
      for (const bot of rivals) await seeRival(bot);
      await naive.step();
      await network.rest();
    }
  }

  return {
    clock,
    sandbox,
    platform,
    facts,
    machines,
    naive,
    meetings,
    refuser,
    accountOf,
    network,
    passTo,
    /** One machine after the other, as time passes on them. */
    async start(): Promise<void> {
      for (const machine of [machines.alder, machines.birch, naive]) {
        machine.start();
        await network.rest();
      }
    },
    at(time: number, act: () => unknown): void {
      acts.push({ at: time, act });
    },
    absent,
    /** A bot of others joins the queue at this time, for some minutes. */
    visitAt(time: number, index: number): void {
      acts.push({
        at: time,
        act() {
          const bot = rivals[index % rivals.length];
          if (bot !== undefined) visits.set(bot, { until: time + defaults.visit, nextJoin: time });
        },
      });
    },
    schedule(stage: string, marks: readonly (readonly [number, readonly [string, string]])[]): void {
      meetings.push(...marks.map(([mark, players]) => ({ startsAt: mark, players, stage })));
      sandbox.schedule({
        fixtures: marks.map(([mark, [bot, opponent]]) => ({
          starts_at: new Date(mark).toISOString(),
          bot_name: bot,
          opponent_bot_name: opponent,
          stage,
          round: 1,
        })),
      });
    },
  };
}

export type League = Awaited<ReturnType<typeof openLeague>>;
