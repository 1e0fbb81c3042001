/** What was taken off of the luck of cards, in words, where that is not the rule, and whether a value function helps. */
import type { ArenaContrast, ArenaResult } from './arena-result.js';
import { widthOf } from './luck-spreads.js';

const defaults = {
  digestLength: 12,
  /** Fewer say nothing of their spread. */
  minPairs: 30,
} as const;

/** Sentences; none where all-ins alone were adjusted, and of matches. */
export function luckWords({ terms, pairings }: Pick<ArenaResult, 'terms' | 'pairings'>): string[] {
  if (terms.mode === 'deals' && terms.luck === 'as played')
    return ['Chips count as they were won, all-ins too.'];
  if (terms.valueFunction === null) return [];
  const digest = terms.valueFunction.slice(0, defaults.digestLength);
  return [
    `AIVAT took luck off, by the value function ${digest}.`,
    ...pairings
      .flatMap(({ contrasts }) => contrasts)
      .flatMap((contrast) => spreadWords(terms.names, contrast)),
  ];
}

function spreadWords(names: readonly string[], { bot, against, spreads, verdict }: ArenaContrast): string[] {
  const { luckFree = null, allIn = null, asPlayed = null, allInWidth = null } = spreads ?? {};
  if (luckFree === null || allIn === null || asPlayed === null || verdict.n < defaults.minPairs) return [];
  const width = widthOf(verdict);
  const hasWidths = width !== null && allInWidth !== null;
  const widths = hasWidths
    ? `; the interval is ${width.toFixed(1)} bb/100 wide, and would be ${allInWidth.toFixed(1)} with all-ins alone`
    : '';
  const isHelp = hasWidths ? width < allInWidth : luckFree < allIn;
  return [
    `${names[bot]} less ${names[against]}: pairs spread by ${luckFree.toFixed(2)} bb a hand, by ${allIn.toFixed(2)} with all-ins alone adjusted, by ${asPlayed.toFixed(2)} as played${widths}${isHelp ? '' : ': it does not help here, leave --aivat out'}.`,
  ];
}
