/** Shares this thread between bots that compute: one of them goes on per turn of the event loop, the longest waiting first. */

const waiting: (() => void)[] = [];

/**
 * Resolves when it is the caller's turn, after the sockets and timers that are due. What it then computes in one piece
 * is what everybody else waits for, so it should be a few milliseconds at most before it asks for the next turn.
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
