/** The queue keeper's way to the day book. */
import { fromCallback } from 'xstate';
import { withClaim, withoutClaim } from '../budget/claims.js';
import { type DayBook, withDecline, withRefusal } from '../budget/day-book.js';
import type { DayKeeper } from '../budget/day-keeper.js';
import type { BookCommand, BookEvent } from '../machines/queue.context.js';
import type { DayBookLogic } from '../machines/queue.setup.js';

/** @param watch calls the listener with each book that differs from the one before; returns the function that ends this. */
export function defineDayBook(
  keeper: DayKeeper,
  watch: (listener: (book: DayBook) => void) => () => void,
): DayBookLogic {
  return fromCallback<BookCommand, undefined>(({ receive, sendBack }) => {
    let isOver = false;
    const tell = (event: BookEvent): void => {
      if (!isOver) sendBack(event);
    };
    const unwatch = watch((book) => tell({ type: 'book.changed', book }));
    receive((command) => {
      switch (command.type) {
        case 'book.claim': {
          let isClaimed = false;
          const claim = (book: DayBook, wallNow: number): DayBook => {
            const claimed = withClaim(book, command.claim, { limits: command.limits, wallNow });
            isClaimed = claimed !== null;
            return claimed ?? book;
          };
          void keeper
            .change(claim)
            .then((book) => tell({ type: isClaimed ? 'book.claimed' : 'book.denied', book }));
          break;
        }
        case 'book.release':
          void keeper.change((book) => withoutClaim(book, command.claimId));
          break;
        case 'book.declined':
          void keeper.change((book) => withDecline(book, command.decline));
          break;
        case 'book.refused':
          void keeper.change((book) => withRefusal(book, command.what, command.until));
          break;
      }
    });
    return () => {
      isOver = true;
      unwatch();
    };
  });
}
