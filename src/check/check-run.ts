/** Plays the parts of a check one after the other, within its time, and keeps what each of them found. */
import { BadBotError } from '../protocol/errors.js';
import { systemClock, systemNow } from '../time/clock.js';
import { within } from '../time/time-limit.js';
import { type BotFinding, type CheckPart, type FindingCode, statusOf } from './check-report.js';
import type { CheckedBot } from './checked-bot.js';
import { withoutEchoes } from './findings.js';
import type { SeatedMatch, Sightings } from './seated-match.js';

const runDefaults = {
  /** How long the bot may take to be made. */
  loadLimitMs: 30_000,
  /** After so many parts in which the bot was stuck or gone, the rest is left out. */
  maxStuckParts: 3,
} as const;

/** Where a check is. */
export interface CheckProgress {
  /** Parts that are done, and all of them. */
  done: number;
  total: number;
  /** The part that is played now. */
  title: string;
}

export interface CheckRunOptions {
  bot: CheckedBot;
  /** On the clock of the process that does not jump. */
  endsAt: number;
  total: number;
  onProgress: ((progress: CheckProgress) => void) | undefined;
}

type PartHead = Pick<CheckPart, 'id' | 'group' | 'title'>;

export interface CheckRun {
  readonly parts: CheckPart[];
  /** False when the time was over before the last part. */
  readonly isFinished: boolean;
  isOver: () => boolean;
  /** Makes the first bot. */
  load(): Promise<void>;
  /** Plays a part, unless the bot cannot play it or the time is over. */
  play(head: PartHead, run: () => Promise<Sightings>): Promise<CheckPart>;
  /** Adds a part that needs no play. */
  add(head: PartHead, findings: readonly BotFinding[]): void;
  /** To be told of each match of a part: what was seen of it counts when the time is over. */
  seated: (match: SeatedMatch) => void;
}

const stuck: ReadonlySet<FindingCode> = new Set(['late', 'blocked', 'exited', 'crashed', 'out_of_memory']);

class TimeIsOver extends Error {}

export function createCheckRun({ bot, endsAt, total, onProgress }: CheckRunOptions): CheckRun {
  const parts: CheckPart[] = [];
  let live: SeatedMatch[] = [];
  let isFinished = true;
  let isMade = true;
  let stuckParts = 0;

  const isOver = (): boolean => systemNow() >= endsAt;

  const keep = (head: PartHead, { turns, findings }: Sightings, why: string | null = null): CheckPart => {
    const found = withoutEchoes(findings);
    const part: CheckPart = { ...head, status: statusOf(found), why, turns, findings: found };
    if (why !== null && part.status !== 'failed') part.status = 'skipped';
    if (found.some(({ code }) => stuck.has(code))) stuckParts += 1;
    parts.push(part);
    return part;
  };

  const reasonToSkip = (): string | null => {
    if (!isMade) return 'The bot could not be made.';
    if (stuckParts >= runDefaults.maxStuckParts)
      return `The bot was stuck or gone in ${stuckParts} parts: that comes first.`;
    return isOver() ? timeIsOver : null;
  };

  const inTime = (run: () => Promise<Sightings>): Promise<Sightings> =>
    within(endsAt - systemNow(), systemClock, run(), () => new TimeIsOver());

  /** A busy machine makes any bot late once. */
  const lateTwice = async (seen: Sightings, run: () => Promise<Sightings>): Promise<Sightings> => {
    live = [];
    const again = await inTime(run);
    return isLate(again) ? seen : again;
  };

  return {
    parts,
    get isFinished() {
      return isFinished;
    },
    isOver,
    seated: (match) => void live.push(match),
    async load() {
      const head = { id: 'made', group: 'start', title: 'the bot is loaded and made' } as const;
      onProgress?.({ done: 0, total, title: head.title });
      const limitMs = Math.max(0, Math.min(runDefaults.loadLimitMs, endsAt - systemNow()));
      try {
        await within(limitMs, systemClock, bot.prepare(), () => tooSlow(limitMs));
        keep(head, { turns: [], findings: [] });
      } catch (error) {
        if (!(error instanceof BadBotError)) throw error;
        isMade = false;
        const finding: BotFinding = {
          code: 'not_made',
          weight: 'costs',
          message: error.message,
          hook: null,
          requestId: null,
        };
        keep(head, { turns: [], findings: [finding] });
      }
    },
    async play(head, run) {
      const why = reasonToSkip();
      if (why !== null) {
        isFinished &&= why !== timeIsOver;
        return keep(head, { turns: [], findings: [] }, why);
      }
      onProgress?.({ done: parts.length, total, title: head.title });
      live = [];
      try {
        const seen = await inTime(run);
        return keep(head, isLate(seen) && !isOver() ? await lateTwice(seen, run) : seen);
      } catch (error) {
        if (!(error instanceof TimeIsOver)) throw error;
        isFinished = false;
        for (const { match } of live) match.stop();
        const seen = {
          turns: live.flatMap(({ turns }) => turns),
          findings: live.flatMap(({ findings }) => findings),
        };
        return keep(head, seen, timeIsOver);
      }
    },
    add: (head, findings) => void keep(head, { turns: [], findings: [...findings] }),
  };
}

const isLate = ({ findings }: Sightings): boolean =>
  withoutEchoes(findings).some(({ code }) => code === 'late');

const timeIsOver = 'The time of the check was over.';

const tooSlow = (limitMs: number): BadBotError =>
  new BadBotError(
    `The bot was not made within ${Math.round(limitMs / 1_000)} s: it blocks its thread, or waits for something that does not come.`,
  );
