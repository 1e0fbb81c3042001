/** Which figures of a review are told apart from 0: the more are looked at, the more each of them has to show. */
import { statisticsDefaults } from '../statistics/interval.js';
import type { Estimate } from '../statistics/mean-interval.js';
import type { Figure } from './review-shape.js';

const defaults = {
  /** Values below which a figure has no star. */
  from: 30,
} as const;

export interface Stars {
  /**
   * @param isTested 0 means something for it.
   * @param estimateAt the estimate with an interval of this level.
   */
  figure(terms: { n: number; isTested: boolean }, estimateAt: (level?: number) => Estimate): Figure;
  /** Gives the stars, once all figures are made. @returns how many could have had one. */
  settle(): number;
}

export function createStars(): Stars {
  const candidates: { figure: { hasStar: boolean }; estimateAt: (level?: number) => Estimate }[] = [];
  return {
    figure({ n, isTested }, estimateAt) {
      const figure = { n, ...estimateAt(), hasStar: false };
      if (isTested && n >= defaults.from) candidates.push({ figure, estimateAt });
      return figure;
    },
    settle() {
      // Bonferroni's bound: the chance of a single wrong star among all figures is no more than that of one interval.
      const level = 1 - (1 - statisticsDefaults.level) / Math.max(1, candidates.length);
      for (const { figure, estimateAt } of candidates) {
        const { interval } = estimateAt(level);
        figure.hasStar = interval !== null && (interval.low > 0 || interval.high < 0);
      }
      return candidates.length;
    },
  };
}
