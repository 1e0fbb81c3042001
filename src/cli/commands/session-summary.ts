/** What a session came to: printed at its end, and the reason for exit code 6 of a bot that failed at every turn. */
import { count, signed } from '../../io/reports/describe.js';
import { failureKind } from '../../io/reports/failure-counter.js';
import type { AgentEvent, AnswerSource, TimedAgentEvent } from '../../protocol/events.js';
import { printable, type Redact } from '../../protocol/redact.js';
import type { MatchResult } from '../../protocol/results.js';

const defaults = {
  /** The most kinds of errors that are kept, and of these that are printed. */
  maxKinds: 100,
  maxKindsShown: 5,
  maxLineLength: 400,
} as const;

type BotFailed = Extract<AgentEvent, { type: 'bot.failed' }>;

/** Sources of answers that are the bot's own. */
const ownSources: ReadonlySet<AnswerSource> = new Set<AnswerSource>(['bot', 'proposal']);

/** Sources of answers to turns that the bot did not answer. What was rejected or refused was an answer of the bot. */
const missedSources: ReadonlySet<AnswerSource> = new Set<AnswerSource>(['overdue', 'failed']);

type Played = Pick<MatchResult, 'netChips' | 'hands' | 'turns' | 'fallbacks' | 'corrections'>;

export interface SessionSummary {
  readonly onEvent: (event: TimedAgentEvent) => void;
  /** There were turns, and the bot answered none of them because it failed or was late. */
  readonly failedAtEveryTurn: boolean;
  /** The most frequent errors, a line each: how often, in which hook, and where. */
  errors(redact: Redact): string[];
  /** `net +120 chips in 80 hands; 210 turns, 3 answered for the bot; 2 errors of the bot`, and the errors. */
  lines(redact: Redact): string[];
}

export function createSessionSummary(): SessionSummary {
  /** By match: one that is played again replaces what was abandoned. */
  const played = new Map<string, Played>();
  const kinds = new Map<string, { failure: BotFailed; times: number }>();
  let failures = 0;
  let own = 0;
  let missed = 0;

  const add = (failure: BotFailed): void => {
    failures += 1;
    const kind = failureKind(failure);
    const known = kinds.get(kind);
    if (known !== undefined) known.times += 1;
    else if (kinds.size < defaults.maxKinds) kinds.set(kind, { failure, times: 1 });
  };

  return {
    onEvent(event) {
      if (event.type === 'match.ended') {
        const { netChips, hands, turns, fallbacks, corrections } = event.result;
        played.set(event.result.matchId, { netChips, hands, turns, fallbacks, corrections });
      } else if (event.type === 'turn.answered') {
        if (ownSources.has(event.source)) own += 1;
        else if (missedSources.has(event.source)) missed += 1;
      } else if (event.type === 'turn.overdue') {
        if (event.left === true) missed += 1;
      } else if (event.type === 'bot.failed') {
        add(event);
      } else if (event.type === 'bot.terminated') {
        failures += 1;
      }
    },
    get failedAtEveryTurn() {
      return own === 0 && missed > 0;
    },
    errors(redact) {
      const worst = [...kinds.values()].toSorted((a, b) => b.times - a.times);
      const told = worst
        .slice(0, defaults.maxKindsShown)
        .map(
          ({ failure: { hook, message, place }, times }) =>
            `  ${times} x in ${hook}: ${message}${place === null ? '' : ` (${place})`}`,
        );
      const rest = worst.length - told.length;
      return [...told, ...(rest > 0 ? [`  and ${count(rest, 'other')}`] : [])].map((line) =>
        printable(line, defaults.maxLineLength, redact),
      );
    },
    lines(redact) {
      const all = [...played.values()];
      if (all.length === 0 && failures === 0) return [];
      const sum = (of: (one: Played) => number): number => all.reduce((total, one) => total + of(one), 0);
      const chips = `net ${signed(sum(({ netChips }) => netChips ?? 0))} chips`;
      const hands = count(
        sum((one) => one.hands),
        'hand',
      );
      const turns = count(
        sum((one) => one.turns),
        'turn',
      );
      const helped = sum(({ fallbacks }) => fallbacks);
      const corrections = sum((one) => one.corrections);
      const corrected = corrections === 0 ? '' : `, ${count(corrections, 'answer')} made legal`;
      const errors = failures === 0 ? 'no errors' : count(failures, 'error');
      const first = `${chips} in ${hands}; ${turns}, ${helped} answered for the bot${corrected}; ${errors} of the bot`;
      return [first, ...this.errors(redact)];
    },
  };
}
