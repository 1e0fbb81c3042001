/** What authors meet beside their own kind, each with one habit that a bot may find out and use. */
import type { PlayingStyle } from './style-bot.js';

/** Raises with most of its hands and on every street, whatever it has. */
export const maniac: PlayingStyle = {
  raise: [0.85, 0.4, 0.2, 0.1],
  play: [0.95, 0.8, 0.45, 0.25],
  raiseFrom: [0.4, 0.7, 0.85, 0.93],
  bluff: [0.6, 0.25, 0.1, 0],
  callFrom: [0, 0.35, 0.5, 0.6],
  size: 1,
};

/** Gives up to nearly every bet and raise. */
export const folder: PlayingStyle = {
  raise: [0.5, 0.04, 0.02, 0.01],
  play: [0.7, 0.15, 0.05, 0.02],
  raiseFrom: [0.65, 0.97, 0.99],
  bluff: [0.2, 0],
  callFrom: [0, 0.9, 0.95, 0.97],
  size: 0.5,
};

/** Raises or folds, and hardly ever calls. */
export const reraiser: PlayingStyle = {
  raise: [0.65, 0.4, 0.16, 0.06],
  play: [0.65, 0.43, 0.18, 0.1],
  raiseFrom: [0.6, 0.7, 0.85, 0.93],
  bluff: [0.25, 0.15, 0.03, 0],
  callFrom: [0, 0.66, 0.8, 0.85],
  size: 0.9,
};

/** Plays few hands, and puts chips in with the best of them only. */
export const nit: PlayingStyle = {
  raise: [0.3, 0.05, 0.02, 0.012],
  play: [0.4, 0.18, 0.05, 0.025],
  raiseFrom: [0.75, 0.93, 0.97, 0.99],
  bluff: [0],
  callFrom: [0, 0.68, 0.85, 0.93],
  size: 0.65,
};

/** Bets small with all that is ahead, and never bluffs. */
export const thinValue: PlayingStyle = {
  raise: [0.6, 0.1, 0.035, 0.015],
  play: [0.85, 0.55, 0.2, 0.06],
  raiseFrom: [0.52, 0.82, 0.93, 0.97],
  bluff: [0],
  callFrom: [0, 0.45, 0.68, 0.8],
  size: 0.4,
};
