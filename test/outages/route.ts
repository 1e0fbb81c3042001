/** One bot and its way to the platform, which is out again and again. */
import { createChaosProxy } from '../../src/chaos/index.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Account } from './account.js';
import type { Told } from './agents-messages.js';
import type { AgentsProcess } from './agents-process.js';
import type { StallLog } from './busy.js';
import { nobodyListens } from './kinds.js';
import { type PlannedOutage, planDefaults } from './plan.js';
import type { PlatformWatch } from './platform-watch.js';

const defaults = {
  /** For a lobby to be reached again, however patient its agent is. */
  onlineMs: 150_000,
  startMs: 40_000,
  /** For a match to end after its outage: a forfeit, or some hands in which all is put in. */
  endMs: 120_000,
  /** For the agent to tell of it. */
  resultMs: 3_000,
} as const;

/** What the agent tells of a match. */
interface Story {
  result: MatchResult | null;
  losses: Extract<Told, { type: 'loss' }>[];
}

export interface RouteOptions {
  platform: Sandbox;
  watch: PlatformWatch;
  agents: AgentsProcess;
  stalls: StallLog;
  signal: AbortSignal;
}

export interface Route {
  readonly botId: string;
  hear(told: Told): void;
  /** Plays matches through an outage. @returns null when it was stopped. */
  suffer(outage: PlannedOutage): Promise<Account[] | null>;
  close(): Promise<void>;
}

export async function openRoute({ platform, watch, agents, stalls, signal }: RouteOptions): Promise<Route> {
  const { botId, token, lobbyUrl } = platform.addBot();
  const proxy = await createChaosProxy({ target: platform.url, chaos: { name: 'outages', faults: [] } });
  const url = new URL(lobbyUrl);
  url.port = String(proxy.port);
  const start = (): void => agents.tell({ type: 'start', botId, token, lobbyUrl: url.href });
  const stories = new Map<string, Story>();
  const storyOf = (matchId: string): Story => {
    const story = stories.get(matchId) ?? { result: null, losses: [] };
    stories.set(matchId, story);
    return story;
  };
  start();

  async function suffer(outage: PlannedOutage): Promise<Account[] | null> {
    if (!(await watch.until(() => watch.isOnline(botId), defaults.onlineMs, signal))) {
      return signal.aborted ? null : [notAnnounced(outage)];
    }
    const isFirst = outage.point === 'dial';
    let over = isFirst ? begin(outage) : null;
    const matchIds = await dispatch(outage.matches);
    if (matchIds === null) return signal.aborted ? null : [notAnnounced(outage)];
    const matches = matchIds.map((matchId) => watch.match(matchId));
    if (over === null) {
      await watch.until(() => matches.every(({ hasStarted }) => hasStarted), defaults.startMs, signal);
      await pause(outage.afterMs, signal);
      over = begin(outage);
    }
    const overAt = await over;
    agents.tell({ type: 'finish', botId, on: true });
    await watch.until(() => matches.every(({ end }) => end !== null), defaults.endMs, signal);
    agents.tell({ type: 'finish', botId, on: false });
    await watch.until(
      () => matchIds.every((matchId) => storyOf(matchId).result !== null),
      defaults.resultMs,
      signal,
    );
    if (signal.aborted) return null;
    return matchIds.map((matchId) => accountOf(outage, matchId, overAt));
  }

  /** @returns null when it takes too long, or was stopped. */
  async function dispatch(count: number): Promise<string[] | null> {
    const made: string[] = [];
    for (let match = 0; match < count; match += 1) {
      platform.dispatch(botId).then(
        ({ matchId }) => {
          made.push(matchId);
          watch.lookAgain();
        },
        // The platform was closed.
        () => undefined,
      );
    }
    return (await watch.until(() => made.length === count, defaults.onlineMs, signal)) ? made : null;
  }

  /** @returns when it was over. */
  async function begin({ match, lobby, ms }: PlannedOutage): Promise<number> {
    const { control } = proxy;
    const isRefused = match?.meeting === nobodyListens;
    if (match !== null) {
      const { cut, meeting } = match;
      control.outage({ leg: isRefused ? 'any' : 'match', ms, cut: cut.cut, answer: meeting.answer });
    }
    if (lobby !== null && !isRefused) {
      control.outage({ leg: 'lobby', ms, cut: lobby.cut.cut, answer: lobby.meeting.answer });
    }
    // Set behind those of the outage, and so due behind them.
    await pause(ms, signal);
    return performance.now();
  }

  function accountOf(outage: PlannedOutage, matchId: string, overAt: number): Account {
    const { createdAt, awayAt, seatedAt, substituted, end } = watch.match(matchId);
    const { result, losses } = storyOf(matchId);
    stories.delete(matchId);
    const heldSince = outage.point === 'dial' ? createdAt : awayAt;
    const leftMs = heldSince === null ? null : heldSince + planDefaults.graceMs - overAt;
    const overSince = Date.now() - (performance.now() - overAt);
    const backAt = seatedAt.find((at) => at > (awayAt ?? createdAt));
    return {
      outage,
      matchId,
      end,
      result,
      losses: losses.map((loss) => lineOf(loss, losses[0]?.at ?? 0)),
      substituted,
      backAfterMs: backAt === undefined || outage.match === null ? null : Math.max(0, backAt - overAt),
      overAt: overSince,
      leftMs,
      stalledMs: stalls.between(overSince, overSince + (leftMs ?? 0)),
    };
  }

  return {
    botId,
    hear(told) {
      if (told.type === 'result') {
        storyOf(told.result.matchId).result = told.result;
        watch.lookAgain();
      } else if (told.type === 'loss') {
        storyOf(told.matchId).losses.push(told);
      } else if (told.type === 'ended' && !signal.aborted) {
        start();
      }
    },
    suffer,
    close: () => proxy.close(),
  };
}

function notAnnounced(outage: PlannedOutage): Account {
  return {
    outage,
    matchId: null,
    end: null,
    result: null,
    losses: [],
    substituted: 0,
    backAfterMs: null,
    overAt: 0,
    leftMs: null,
    stalledMs: 0,
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

function lineOf({ at, loss: { code, reason, httpStatus } }: Story['losses'][number], since: number): string {
  const what = httpStatus === undefined ? `${code} ${reason}`.trim() : `HTTP ${httpStatus}`;
  return `${((at - since) / 1_000).toFixed(1)} s: ${what}`;
}
