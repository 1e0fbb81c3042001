/** Runs user code one piece after the other, and can stop waiting for pieces that have not ended. */

export interface PatientQueue {
  /** Runs it when all earlier pieces are over. */
  add(name: string, run: () => unknown): void;
  /**
   * Goes on at once: pieces that were added so far still run in order, but the queue no longer waits for their
   * promises.
   */
  stopWaiting(): void;
}

/** @param onFailed called with what a piece throws or rejects with, also when the queue no longer waits for it. */
export function createPatientQueue(onFailed: (name: string, error: unknown) => void): PatientQueue {
  let tail: Promise<void> = Promise.resolve();
  /** The queue does not wait for pieces that were added in an earlier round. */
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
