import type { Board } from './board.js';
import type { Opening } from './page-view.js';
import type { SessionHands } from './session-hands.js';

/** The source of a dashboard: a board that is kept up to date until it is released. */
export interface Source {
  readonly kind: Opening['kind'];
  readonly board: Board;
  readonly startedAt: number;
  readonly hands: SessionHands;
  release(): void;
}
