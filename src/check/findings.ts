/** What an event of the match machine says about the bot. */
import type { Offer } from '../holdem/legal-answer.js';
import { isObject, isText } from '../protocol/checks.js';
import type { AgentEvent } from '../protocol/events.js';
import type { BotFinding, FindingCode, FindingWeight } from './check-report.js';

const defaults = { maxStackLines: 12 } as const;

/** @param offer what the turn of this id offers. @returns null for an event that is no finding. */
export function findingOf(
  event: AgentEvent,
  offer: (requestId: string) => Offer | undefined,
): BotFinding | null {
  if (event.type === 'turn.corrected') {
    const { requestId, why, asked, sent } = event;
    const [code, weight] = judgeAnswer(asked, offer(requestId));
    return { code, weight, message: why, hook: 'decide', requestId, asked, sent };
  }
  if (event.type === 'turn.overdue') {
    const message = 'The bot had not answered when its time was over, and was answered for.';
    return { code: 'late', weight: 'costs', message, hook: 'decide', requestId: event.requestId };
  }
  if (event.type === 'bot.failed') {
    const { hook, message, place, error } = event;
    // What ended its processes before has been found.
    if (error === null && message.startsWith('The bot gets no other')) return null;
    const code = hook === 'decide' ? 'threw' : hook === 'background' ? 'background_error' : 'hook_threw';
    return {
      code,
      weight: 'costs',
      message,
      hook,
      requestId: null,
      ...(place !== null && { place }),
      ...stackIn(error),
    };
  }
  if (event.type === 'bot.slow') {
    const { hook, waitedMs } = event;
    const waits = hook === 'onMatchEnd' ? 'the result' : 'turns';
    const message = `${hook} takes more than ${waitedMs / 1_000} s, and ${waits} did not wait any longer for it.`;
    return {
      code: 'hook_slow',
      weight: hook === 'onMatchEnd' ? 'warning' : 'costs',
      message,
      hook,
      requestId: null,
    };
  }
  if (event.type === 'bot.terminated') {
    const { why, message, error } = event;
    if (why === 'given_up' || why === 'lost') return null;
    return { code: why, weight: 'costs', message, hook: null, requestId: null, ...stackIn(error) };
  }
  return null;
}

/** Without what follows from another finding: who blocks its thread is late as well, and cannot be shown the end. */
export function withoutEchoes(findings: readonly BotFinding[]): BotFinding[] {
  const has = (code: FindingCode): boolean => findings.some((finding) => finding.code === code);
  const isStuck = has('blocked') || has('late');
  return findings.filter(({ code, hook }) => {
    if (code === 'late') return !has('blocked');
    return !(code === 'hook_slow' && hook === 'onMatchEnd' && isStuck);
  });
}

/** Whether it costs chips that another answer was sent than the bot gave. */
function judgeAnswer(asked: unknown, offer: Offer | undefined): [FindingCode, FindingWeight] {
  if (!isObject(asked) || !isText(asked.action)) return ['not_an_action', 'costs'];
  if (asked.action !== 'raise' || offer?.validActions.includes('raise') === false)
    return ['not_offered', 'costs'];
  const given = isObject(asked.params) ? asked.params.amount : undefined;
  const amount = typeof given === 'string' ? Number.parseFloat(given) : given;
  if (typeof amount !== 'number' || Number.isNaN(amount)) return ['no_amount', 'costs'];
  const { maxRaise = Number.POSITIVE_INFINITY, minRaise = 0 } = offer ?? {};
  const least = Math.min(minRaise, maxRaise);
  // It pays more than it wants to.
  if (Math.floor(amount) < least) return ['raise_too_small', 'costs'];
  // It is all-in, as it wants to be; the platform itself refuses such a raise.
  if (amount > maxRaise) return ['raise_too_large', 'warning'];
  return ['raise_not_whole', 'warning'];
}

function stackIn(error: unknown): { stack?: string[] } {
  if (!(error instanceof Error) || error.stack === undefined) return {};
  return { stack: error.stack.split('\n').slice(0, defaults.maxStackLines) };
}
