import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Everything that nobody holds on to is gone afterwards, also when another test of this process left it. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  // A reference that was looked at lives until the task is over, and so does what waits in a queue.
  await new Promise((resolve) => setTimeout(resolve, 0));
  gc();
}
