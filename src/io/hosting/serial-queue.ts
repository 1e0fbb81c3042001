/** A task that never throws and never rejects. */
type Task = () => void | Promise<void>;

/** Runs tasks one after the other: synchronously within the call, as long as no earlier task is asynchronous. */
export interface SerialQueue {
  add(task: Task): void;
  /** Nothing runs or waits: what is added now runs at once. */
  readonly isIdle: boolean;
  /** Drops tasks that have not begun. */
  clear(): void;
}

export function createSerialQueue(): SerialQueue {
  const tasks: Task[] = [];
  let busy = false;

  const drain = (): void => {
    busy = true;
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      const pending = task();
      if (pending !== undefined) {
        void pending.then(drain);
        return;
      }
    }
    busy = false;
  };

  return {
    add(task) {
      tasks.push(task);
      if (!busy) drain();
    },
    get isIdle() {
      return !busy;
    },
    clear() {
      tasks.length = 0;
    },
  };
}
