/** How many of a bot's answers were sent as it gave them. */
import type { BotFinding, CheckPart } from './check-report.js';

const defaults = { maxShare: 0.5 } as const;

/**
 * One correction may be an all-in that is written too large, which the agent sends as it is meant. A bot whose answers are
 * mostly corrected does not know what it may do. Nothing is found where single corrections count as faults already.
 */
export function mostlyIllegal(parts: readonly Pick<CheckPart, 'turns' | 'findings'>[]): BotFinding[] {
  const answers = parts.flatMap(({ turns }) => turns.filter(({ source }) => source === 'bot')).length;
  const corrections = parts.flatMap(({ findings }) => findings.filter(({ sent }) => sent !== undefined));
  const isTold = corrections.some(({ weight }) => weight === 'costs');
  if (isTold || corrections.length <= answers * defaults.maxShare) return [];
  return [
    {
      code: 'mostly_illegal',
      weight: 'costs',
      message: `${corrections.length} of ${answers} answers had to be made legal before they were sent.`,
      hook: 'decide',
      requestId: null,
    },
  ];
}
