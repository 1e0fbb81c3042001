/**
 * Whether a bot that mixes still plays as it did: what it played then agrees with what it plays now as often as two of its
 * plays of now agree with each other, if it is the same bot.
 */
import { clusteredMean, noClusters, withCluster } from '../statistics/mean-interval.js';
import type { ReplayAgreement, ReplayedDecision } from './replay-report.js';

export interface AgreementSums {
  /** Takes the decisions of one hand. */
  add(decisions: readonly ReplayedDecision[]): void;
  result(): ReplayAgreement | null;
}

export function sumAgreement(): AgreementSums {
  let withPlayed = noClusters;
  let withItself = noClusters;
  let difference = noClusters;
  return {
    add(decisions) {
      const compared = decisions.filter(
        ({ played, runs, isHypothetical }) => played?.isOwn === true && runs > 1 && !isHypothetical,
      );
      let [asPlayed, asEachOther] = [0, 0];
      for (const { answers, runs, share } of compared) {
        asPlayed += share.times / runs;
        asEachOther += answers.reduce((sum, { times }) => sum + times * (times - 1), 0) / (runs * (runs - 1));
      }
      withPlayed = withCluster(withPlayed, asPlayed, compared.length);
      withItself = withCluster(withItself, asEachOther, compared.length);
      difference = withCluster(difference, asPlayed - asEachOther, compared.length);
    },
    result() {
      const [played, itself] = [clusteredMean(withPlayed).value, clusteredMean(withItself).value];
      if (played === null || itself === null) return null;
      return { withPlayed: played, withItself: itself, difference: clusteredMean(difference) };
    },
  };
}
