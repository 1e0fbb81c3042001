/** Sends notices of a session: a few at a time, each within a limit, and none of them holds a match up. */
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { OptionError } from '../protocol/errors.js';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import { createMask, isMaskable, printable } from '../protocol/redact.js';
import type { Clock } from '../time/clock.js';
import { createNoticeMaker } from './notice.js';
import { type NoticeWay, wayTo } from './notice-ways.js';

const defaults = {
  /** For one notice. */
  timeoutMs: 5_000,
  atOnce: 3,
  /** Notices that wait; the oldest are given up. */
  maxWaiting: 60,
  /** How long the end of a session waits for those that are left. */
  closeMs: 5_000,
  maxWordsLength: 300,
} as const;

export interface NoticeKeeperOptions {
  /** URLs and commands. */
  targets: readonly string[];
  botId: string | null;
  /** Never sent. */
  secret: string;
  /** Of commands; it must have no secret in it. */
  env: EnvironmentVariables;
  clock: Clock;
  /** Called once for each target, with a sentence, when a notice did not get there. */
  onTrouble: (message: string) => void;
  /** Default: what the target is. */
  ways?: readonly NoticeWay[];
}

export interface NoticeKeeper {
  readonly onEvent: ((event: TimedAgentEvent) => void) & { readonly hears: ReadonlySet<AgentEvent['type']> };
  /** Resolves when all were sent, and within seconds. */
  close(): Promise<void>;
}

interface Waiting {
  way: NoticeWay;
  json: string;
}

const heard: ReadonlySet<AgentEvent['type']> = new Set<AgentEvent['type']>([
  'fixture.alarm',
  'lobby.draining',
  'bot.failed',
  'bot.terminated',
  'match.started',
  'match.ended',
]);

/** @throws {OptionError} for a target that is no URL and no command, or has the secret in it. */
export function keepNotices(options: NoticeKeeperOptions): NoticeKeeper {
  const { targets, botId, secret, env, clock, onTrouble } = options;
  if (isMaskable(secret) && targets.some((target) => target.includes(secret))) {
    throw new OptionError(
      'notify',
      'The token of the bot stands in a URL or command to notify: leave it out.',
    );
  }
  const ways = options.ways ?? targets.map((target) => wayTo(target, env));
  const mask = createMask([secret]);
  const maker = createNoticeMaker({ botId, redact: mask.text });
  const told = new Set<NoticeWay>();
  const waiting: Waiting[] = [];
  const sending = new Set<AbortController>();
  let whenIdle: (() => void) | null = null;

  const tell = (way: NoticeWay, why: string): void => {
    if (told.has(way)) return;
    told.add(way);
    const words = printable(why, defaults.maxWordsLength, mask.text);
    onTrouble(
      `A notice did not get to ${way.name}: ${words}. It is told once; later notices are still tried.`,
    );
  };

  async function send({ way, json }: Waiting): Promise<void> {
    const cut = new AbortController();
    sending.add(cut);
    const limit = clock.setTimeout(() => cut.abort(), defaults.timeoutMs);
    const why = await way.deliver(json, cut.signal);
    clock.clearTimeout(limit);
    sending.delete(cut);
    if (why !== null) tell(way, why);
    sendNext();
  }

  function sendNext(): void {
    while (sending.size < defaults.atOnce) {
      const next = waiting.shift();
      if (next === undefined) break;
      void send(next);
    }
    if (sending.size === 0) whenIdle?.();
  }

  function onEvent(event: TimedAgentEvent): void {
    const notice = maker.of(event);
    if (notice === null) return;
    const json = mask.json(JSON.stringify(notice));
    for (const way of ways) {
      waiting.push({ way, json });
      if (waiting.length > defaults.maxWaiting) {
        const [oldest] = waiting.splice(0, 1);
        if (oldest !== undefined) tell(oldest.way, 'too many were waiting');
      }
    }
    sendNext();
  }

  return {
    onEvent: Object.assign(onEvent, { hears: heard }),
    close() {
      if (sending.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const limit = clock.setTimeout(() => {
          waiting.length = 0;
          for (const cut of sending) cut.abort();
        }, defaults.closeMs);
        whenIdle = () => {
          clock.clearTimeout(limit);
          resolve();
        };
      });
    },
  };
}
