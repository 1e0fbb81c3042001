/** A sandbox with chaos in front of it, and agents at its tables, all on one clock of the test's. */
import { createAgent } from '../../src/agent/agent.js';
import { createRandom } from '../../src/chance/random.js';
import type { ChaosEvent } from '../../src/chaos/chaos-events.js';
import { type Profile, profiles } from '../../src/chaos/profiles.js';
import { ChipzenError } from '../../src/protocol/errors.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import type { MatchEnd } from '../../src/protocol/frames.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { MatchSummary } from '../../src/sandbox/match/matches.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import type { SandboxOptions } from '../../src/sandbox/terms/sandbox-options.js';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';
import { passTime } from '../kit/clock.js';
import { openPlatform } from '../kit/platform.js';
import { type Decision, makeWeatherBot } from './weather-bot.js';

/** What repeats a run. */
export interface Weather {
  profile: Profile;
  legacy: boolean;
  seed: string;
  /** Options of the sandbox besides those of the scenario. */
  more?: SandboxOptions;
}

export const dialects = [
  { dialect: 'current', legacy: false },
  { dialect: 'legacy', legacy: true },
] as const;

export function profileOf(name: string): Profile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`There is no profile ${name}.`);
  return found;
}

/** For messages: `drops, legacy, seed 7`. */
export function describeWeather({ profile, legacy, seed }: Weather): string {
  return `${profile.name}, ${legacy ? 'legacy' : 'current'} dialect, seed ${seed}`;
}

/** One bot of ours: a process that is there from `join` to the end of its session. */
export interface Guest {
  name: string;
  botId: string;
  /** In the order in which it was asked. */
  decisions: Decision[];
  events: TimedAgentEvent[];
  /** How the session ended, and its results either way. */
  session: Promise<{ error: ChipzenError | null; results: readonly MatchResult[] }>;
  /** Ends the session when its matches are over. */
  leave(): Promise<void>;
  /** Ends the session at once: what a restart of the process does to it. */
  kill(): Promise<void>;
}

/** What a bot of ours logs in with. */
interface Access {
  name: string;
  botId: string;
  token: string;
  lobbyUrl: string;
}

export interface Stage {
  sandbox: Sandbox;
  addBot(name: string): Access;
  join(bot: Access, options: { maxMatches: number; onAsked?: (asked: number) => void }): Guest;
}

/** Everything that a scenario leaves behind. */
export interface Played {
  guests: Guest[];
  matchIds: string[];
  ends: MatchEnd[];
}

/** A run and what was seen of it. */
export interface Run extends Played {
  sessions: { error: ChipzenError | null; results: readonly MatchResult[] }[];
  events: readonly SandboxEvent[];
  /** As the platform lists them at the end. */
  matches: MatchSummary[];
  /** The numbers of the profile's faults that struck. */
  struck: Set<number>;
}

export interface Scenario {
  name: string;
  options: SandboxOptions;
  play(stage: Stage): Promise<Played>;
}

function joinOn(clock: VirtualClock): Stage['join'] {
  return ({ name, botId, token, lobbyUrl }, { maxMatches, onAsked }) => {
    const decisions: Decision[] = [];
    const events: TimedAgentEvent[] = [];
    const agent = createAgent(
      makeWeatherBot(clock, decisions, onAsked),
      { url: lobbyUrl, token, config: null, maxMatches, onEvent: (event) => events.push(event) },
      { env: {}, clock, now: clock.now, random: createRandom(name) },
    );
    const session = agent.start().then(
      (results) => ({ error: null, results }),
      (error: unknown) => {
        if (!(error instanceof ChipzenError)) throw error;
        return { error, results: error.results };
      },
    );
    return {
      name,
      botId,
      decisions,
      events,
      session,
      leave: () => agent.stop(),
      kill: () => agent.stop({ graceMs: 0 }),
    };
  };
}

/** Plays a scenario in this weather, at the platform's own pace, on a clock that waits for nobody but the sockets. */
export async function run(scenario: Scenario, weather: Weather): Promise<Run> {
  const { profile, legacy, seed, more } = weather;
  const clock = createVirtualClock();
  const guests: Guest[] = [];
  const { sandbox, events } = await openPlatform({
    seed,
    legacy,
    speed: 1,
    ...scenario.options,
    ...more,
    // `calm` too: the proxy is part of the way in every run.
    chaos: profile,
    clock,
  });
  const join = joinOn(clock);
  try {
    return await passTime(
      clock,
      (async () => {
        const played = await scenario.play({
          sandbox,
          addBot: (name) => ({ name, ...sandbox.addBot({ name }) }),
          join(bot, options) {
            const guest = join(bot, options);
            guests.push(guest);
            return guest;
          },
        });
        // A session waits for ever for the matches that it was never told of.
        if (!profile.survivable) await Promise.all(guests.map((guest) => guest.leave()));
        const sessions = await Promise.all(guests.map(({ session }) => session));
        return { ...played, sessions, events, matches: sandbox.matches(), struck: struckFaults(events) };
      })(),
      `${scenario.name}, ${describeWeather(weather)}`,
    );
  } finally {
    await Promise.all(guests.map((guest) => guest.kill()));
    await sandbox.close();
  }
}

/** The calm runs of a seed, each made once. */
export function calmRuns(seed: string): (scenario: Scenario) => Promise<Run> {
  const runs = new Map<Scenario, Promise<Run>>();
  return (scenario) => {
    const known = runs.get(scenario) ?? run(scenario, { profile: profileOf('calm'), legacy: false, seed });
    runs.set(scenario, known);
    return known;
  };
}

function struckFaults(events: readonly SandboxEvent[]): Set<number> {
  const faults = events
    .filter((event) => event.type === 'chaos')
    .map(({ event }) => event)
    .filter((event): event is Extract<ChaosEvent, { type: 'fault' }> => event.type === 'fault');
  return new Set(faults.map(({ fault }) => fault));
}
