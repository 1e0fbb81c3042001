/**
 * Starts only few threads and processes at a time: each uses a core until its bot is made, and two hundred at once
 * would leave none for the agent's own thread.
 */

import type { Clock } from '../../../time/clock.js';
import type { ToThread } from '../threads/bot-messages.js';
import type { BotThread, ThreadListener } from '../threads/bot-thread.js';

const defaults = {
  atOnce: 2,
  /** A start that takes longer is not waited for any more: it may be blocked for ever. */
  maxWaitMs: 10_000,
} as const;

export interface Starts {
  /** A thread that is started when its turn comes, and takes messages from now on. An urgent one is the next. */
  begin(isUrgent?: boolean): BotThread;
}

export interface Starter {
  place: BotThread['place'];
  start: () => BotThread;
}

export function createStarts({ place, start }: Starter, clock: Clock): Starts {
  let waiting: (() => void)[] = [];
  let busy = 0;

  const startNext = (): void => {
    busy -= 1;
    while (busy < defaults.atOnce && waiting.length > 0) waiting.shift()?.();
  };

  const begin = (): BotThread => {
    const thread = start();
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      clock.clearTimeout(patience);
      startNext();
    };
    busy += 1;
    const patience = clock.setTimeout(over, defaults.maxWaitMs);
    void thread.started.then(over);
    return thread;
  };

  return {
    begin(isUrgent = false) {
      if (busy < defaults.atOnce && waiting.length === 0) return begin();
      const { thread, run } = later(place, begin, () => {
        waiting = waiting.filter((other) => other !== run);
      });
      if (isUrgent) waiting.unshift(run);
      else waiting.push(run);
      return thread;
    },
  };
}

/** A thread that is not started yet: messages for it are kept. */
function later(
  place: BotThread['place'],
  begin: () => BotThread,
  leave: () => void,
): { thread: BotThread; run: () => void } {
  const posted: ToThread[] = [];
  let thread: BotThread | null = null;
  let listener: ThreadListener | null = null;
  let held = true;
  let ended = false;
  let resolveGone: () => void;
  let resolveStarted: () => void;
  const gone = new Promise<void>((resolve) => {
    resolveGone = resolve;
  });
  const started = new Promise<void>((resolve) => {
    resolveStarted = resolve;
  });

  const run = (): void => {
    const begun = begin();
    thread = begun;
    void begun.gone.then(resolveGone);
    void begun.started.then(resolveStarted);
    begun.hold(held);
    if (listener !== null) begun.listen(listener);
    for (const message of posted.splice(0)) begun.post(message);
  };

  const proxy: BotThread = {
    place,
    post(message) {
      if (thread !== null) thread.post(message);
      else if (!ended) posted.push(message);
    },
    proposalFor: (requestId) => thread?.proposalFor(requestId),
    listen(next) {
      listener = next;
      thread?.listen(next);
    },
    hold(next) {
      held = next;
      thread?.hold(next);
    },
    gone,
    started,
    get unfit() {
      return thread?.unfit ?? null;
    },
    get isMade() {
      return thread?.isMade ?? false;
    },
    get hasEnded() {
      return thread?.hasEnded ?? ended;
    },
    get matchId() {
      return thread?.matchId ?? null;
    },
    async end() {
      if (thread !== null) return thread.end();
      ended = true;
      leave();
      posted.length = 0;
      resolveStarted();
      resolveGone();
      return undefined;
    },
  };
  return { thread: proxy, run };
}
