import type { Board } from './board.js';
import type { Opening } from './page-view.js';

/** What a dashboard shows: a board that something keeps up to date until it is released. */
export interface Source {
  readonly kind: Opening['kind'];
  readonly board: Board;
  readonly startedAt: number;
  release(): void;
}
