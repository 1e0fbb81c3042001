/** One agent process: the agent, its bot, and the tap on its wire. */

import { createAgent } from '../../src/agent/agent.js';
import { createRandom } from '../../src/chance/random.js';
import type { Agent } from '../../src/io/settings/agent-options.js';
import { ChipzenError } from '../../src/protocol/errors.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { VirtualClock } from '../../src/time/virtual-clock.js';
import { type AgentJudge, createAgentJudge, type Happening } from './rules.js';
import { openTap, type Tap } from './tap.js';
import { type Mood, makeTemperBot } from './tempers.js';
import { isTurnRequest, parseFrame } from './wire-frame.js';

/** What a bot logs in with. */
export interface Account {
  name: string;
  botId: string;
  token: string;
}

export interface GuestOptions {
  clock: VirtualClock;
  platformPort: number;
  seed: string;
  maxMatches?: number | undefined;
  safeMode: boolean;
  /** What must not happen at all. */
  onStray: (what: string) => void;
  onHappening: (happening: Happening) => void;
}

export interface Guest {
  readonly account: Account;
  readonly agent: Agent;
  readonly tap: Tap;
  readonly mood: Mood;
  readonly abort: AbortController;
  /** The session is over, however it ended. */
  readonly isOver: boolean;
  readonly broken: readonly string[];
  /** The newest `turn_request` of each match, as it came. */
  readonly requests: ReadonlyMap<string, string>;
  /** The sockets stand still. */
  rest(): void;
}

export async function startGuest(account: Account, options: GuestOptions): Promise<Guest> {
  const { clock, platformPort, seed, maxMatches, safeMode, onStray, onHappening } = options;
  const judge: AgentJudge = createAgentJudge();
  const requests = new Map<string, string>();
  const matchOf = new Map<number, string>();
  const see = (happening: Happening): void => {
    judge.see(happening, clock.now());
    onHappening(happening);
    if (happening.type === 'wire.opened' && happening.matchId !== null) {
      matchOf.set(happening.connection, happening.matchId);
    }
    if (happening.type === 'wire.frame' && isTurnRequest(parseFrame(happening.text ?? ''))) {
      requests.set(matchOf.get(happening.connection) ?? '', happening.text ?? '');
    }
  };
  const tap = await openTap(platformPort, see);
  const mood: Mood = { sleeping: 0, decide: 'thoughtful', hooks: 'quiet' };
  const abort = new AbortController();
  const agent = createAgent(
    makeTemperBot(clock, mood, ({ matchId, requestId }) => see({ type: 'bot.asked', matchId, requestId })),
    {
      url: `ws://127.0.0.1:${tap.port}/ws/external/bot/${account.botId}`,
      token: account.token,
      config: null,
      safeMode,
      signal: abort.signal,
      ...(maxMatches !== undefined && { maxMatches }),
      onEvent: (event) => see({ type: 'agent.told', event }),
    },
    { env: {}, clock, now: clock.now, random: createRandom(seed) },
  );
  let results: readonly MatchResult[] | null = null;
  let isJudged = false;
  agent.start().then(
    (all) => {
      results = all;
    },
    (error: unknown) => {
      if (error instanceof ChipzenError && error.code !== 'internal') results = error.results;
      else onStray(`the session ended with ${String((error as Error)?.stack ?? error)}`);
      results ??= [];
    },
  );
  return {
    account,
    agent,
    tap,
    mood,
    abort,
    get isOver() {
      return results !== null;
    },
    broken: judge.broken,
    requests,
    rest() {
      judge.atRest(clock.now());
      if (results === null || isJudged) return;
      isJudged = true;
      judge.over(results);
    },
  };
}
