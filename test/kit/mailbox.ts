/** Values that come over time, to be awaited one by one. */
export interface Mailbox<T> {
  push(value: T): void;
  /** The oldest value not yet taken. */
  next(): Promise<T>;
  /** Everything that ever came, taken or not. */
  all: T[];
}

export function createMailbox<T>(): Mailbox<T> {
  const all: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  let taken = 0;
  return {
    all,
    push(value) {
      all.push(value);
      const resolve = waiting.shift();
      if (resolve === undefined) return;
      taken += 1;
      resolve(value);
    },
    next() {
      const value = all[taken];
      if (taken < all.length && value !== undefined) {
        taken += 1;
        return Promise.resolve(value);
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
  };
}
