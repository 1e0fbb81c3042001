import type { CheckFigures, CheckPart } from './check-report.js';

/** @param measured what the parts do not have. */
export function figuresOf(
  parts: readonly CheckPart[],
  measured: Omit<CheckFigures, 'firstDecisionMs' | 'decisions' | 'p50Ms' | 'maxMs'>,
): CheckFigures {
  const [first, ...others] = parts.flatMap(({ turns }) => turns.map(({ latencyMs }) => latencyMs));
  const sorted = others.toSorted((a, b) => a - b);
  return {
    ...measured,
    firstDecisionMs: first === undefined ? null : tenths(first),
    decisions: others.length + (first === undefined ? 0 : 1),
    p50Ms: tenths(sorted[Math.floor(sorted.length / 2)]),
    maxMs: tenths(sorted.at(-1)),
  };
}

function tenths(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms * 10) / 10;
}
