/** User code in order, one piece after the other, that can be told to wait no longer for what has not ended. */

export interface PatientQueue {
  /** Runs it when everything that was added before is over. */
  add(name: string, run: () => unknown): void;
  /** Goes on at once: what was added so far still runs, in order, but nothing waits for its promises any more. */
  stopWaiting(): void;
}

/** @param onFailed told what a piece throws or rejects with, also one that is not waited for. */
export function createPatientQueue(onFailed: (name: string, error: unknown) => void): PatientQueue {
  let tail: Promise<void> = Promise.resolve();
  /** Nothing waits for what was added in an earlier round. */
  let round = 0;
  let goOn: (() => void) | undefined;

  async function runSafely(name: string, run: () => unknown): Promise<void> {
    try {
      await run();
    } catch (error) {
      onFailed(name, error);
    }
  }

  return {
    add(name, run) {
      const addedIn = round;
      tail = tail.then(
        () =>
          new Promise((resolve) => {
            goOn = resolve;
            void runSafely(name, run).then(resolve);
            if (addedIn < round) resolve();
          }),
      );
    },
    stopWaiting() {
      round += 1;
      goOn?.();
    },
  };
}
