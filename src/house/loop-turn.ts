/**
 * Shares this thread between computing bots: one of them runs in each turn of the event loop, the longest waiting
 * first.
 */

const waiting: (() => void)[] = [];

/**
 * Resolves when it is the caller's turn, after sockets and timers that are due. Everything else waits while the
 * caller computes, so it should ask for the next turn after a few milliseconds.
 */
export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  const goOn = waiting.shift();
  if (waiting.length > 0) setImmediate(next);
  goOn?.();
}
