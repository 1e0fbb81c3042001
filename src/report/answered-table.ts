/** Turns that were answered for the bot, by version and cause. */
import type { RecordedDecision } from '../histories/collection/collected-match.js';
import { wilsonInterval } from '../statistics/share-interval.js';
import type { ReportTable } from './page-data.js';

const causes = {
  overdue: 'late',
  failed: 'failed',
  rejected: 'rejected',
  refused: 'not sent',
  proposal: 'proposal taken',
} as const;

type Cause = keyof typeof causes;

export interface AnsweredTable {
  add(version: string, decisions: readonly RecordedDecision[]): void;
  /** Null: no turn is known. */
  table(): ReportTable | null;
}

interface Counts {
  turns: number;
  answeredFor: number;
  byPlatform: number;
  readonly byCause: Record<Cause, number>;
}

export function createAnsweredTable(): AnsweredTable {
  const versions = new Map<string, Counts>();
  return {
    add(version, decisions) {
      if (decisions.length === 0) return;
      const counts = versions.get(version) ?? {
        turns: 0,
        answeredFor: 0,
        byPlatform: 0,
        byCause: { overdue: 0, failed: 0, rejected: 0, refused: 0, proposal: 0 },
      };
      versions.set(version, counts);
      for (const { source, isTimedOut } of decisions) {
        counts.turns += 1;
        const isOwn = source === null || source === 'bot';
        if (!isOwn) counts.byCause[source] += 1;
        if (isTimedOut) counts.byPlatform += 1;
        if (isTimedOut || !isOwn) counts.answeredFor += 1;
      }
    },
    table() {
      if (versions.size === 0) return null;
      return {
        id: 'answered',
        title: 'Turns that were answered for the bot',
        about:
          'By the agent, with the cause, or by the platform when the clock ran out. The interval is that of the share, at 95 %.',
        columns: [
          { heading: 'version', isNumber: false },
          ...['turns', 'answered for', 'share', '95 %', ...Object.values(causes), 'by the platform'].map(
            (heading) => ({ heading, isNumber: true }),
          ),
        ],
        rows: [...versions].map(([version, { turns, answeredFor, byPlatform, byCause }]) => {
          const { low, high } = wilsonInterval(answeredFor, turns);
          return [
            version,
            String(turns),
            String(answeredFor),
            percent(answeredFor / turns),
            `${percent(low)} to ${percent(high)}`,
            ...Object.keys(causes).map((cause) => String(byCause[cause as Cause])),
            String(byPlatform),
          ];
        }),
      };
    },
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 2 : 1)} %`;
