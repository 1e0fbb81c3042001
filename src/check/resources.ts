/** What the bot took of its thread and its memory in all matches of a check. */
import type { BotFinding, CheckFigures } from './check-report.js';
import type { CheckedBot } from './checked-bot.js';
import type { LoopListener } from './loop-watch.js';

const defaults = {
  heldMs: 50,
  /** Once may be the machine's doing. */
  timesHeld: 2,
  memoryShare: 0.8,
} as const;

export interface Resources extends LoopListener {
  findings(bot: Pick<CheckedBot, 'place' | 'memoryLimitMb'>): BotFinding[];
  figures(): Pick<CheckFigures, 'heldMs' | 'memoryMb'>;
}

/** Hooks by what a thread is told. */
const hookNames: Readonly<Record<string, string>> = {
  match_start: 'onMatchStart',
  round_start: 'onRoundStart',
  turn_result: 'onTurnResult',
  phase_change: 'onPhaseChange',
  round_result: 'onRoundResult',
  'bot.finish': 'onMatchEnd',
  'bot.abort': 'onDecisionTimeout',
  'bot.reconnected': 'onReconnected',
};

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

export function createResources(): Resources {
  let longestMs: number | null = null;
  let mostBytes: number | null = null;
  const held = new Map<string, { times: number; longestMs: number }>();

  const held50 = (place: string): BotFinding[] =>
    [...held]
      .filter(([, { times }]) => times >= defaults.timesHeld)
      .map(([by, { times, longestMs: ms }]) => ({
        code: 'thread_held',
        weight: 'warning',
        message: `${by} held its ${place} for more than ${defaults.heldMs} ms ${times} times, for up to ${Math.round(ms)} ms.`,
        hook: by,
        requestId: null,
      }));

  return {
    onHeld({ heldMs, by }) {
      longestMs = Math.max(longestMs ?? 0, heldMs);
      if (heldMs <= defaults.heldMs) return;
      const name = hookNames[by] ?? by;
      const { times, longestMs: ms } = held.get(name) ?? { times: 0, longestMs: 0 };
      held.set(name, { times: times + 1, longestMs: Math.max(ms, heldMs) });
    },
    onMemory(bytes) {
      mostBytes = Math.max(mostBytes ?? 0, bytes);
    },
    findings({ place, memoryLimitMb }) {
      const found = held50(place ?? 'thread');
      const used = mostBytes === null ? 0 : mostBytes / 2 ** 20;
      if (memoryLimitMb !== null && used > memoryLimitMb * defaults.memoryShare) {
        found.push({
          code: 'near_memory_limit',
          weight: 'warning',
          message: `It had ${Math.round(used)} MB in use, and may have ${memoryLimitMb} MB.`,
          hook: null,
          requestId: null,
        });
      }
      return found;
    },
    figures: () => ({
      heldMs: longestMs === null ? null : Math.round(longestMs),
      memoryMb: mostBytes === null ? null : megabytes(mostBytes),
    }),
  };
}
