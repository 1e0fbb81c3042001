/** What is worth telling somebody who looks at no screen, as plain data. */

import { describeBotFailure, describeResult } from '../io/reports/describe.js';
import { isWorthALine } from '../io/reports/failure-counter.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import { printable, type Redact } from '../protocol/redact.js';
import { version } from '../protocol/version.js';

const defaults = { maxTextLength: 300, maxNameLength: 100 } as const;

export const noticeSchema = 1;

/**
 * `fixture`: one is near and the bot not in its lobby, or something else endangers it. `evicted`: the same bot has connected
 * elsewhere. `failed`: the session cannot go on. `bot`: the bot throws, or lost its process. `match`: one is over.
 */
export type NoticeKind = 'fixture' | 'evicted' | 'failed' | 'bot' | 'match';

/** What is sent, as JSON. Amounts are chips, times epoch milliseconds. */
export interface Notice {
  readonly schema: typeof noticeSchema;
  readonly program: 'chipzen-agent';
  readonly version: string;
  readonly kind: NoticeKind;
  readonly at: number;
  readonly botId: string | null;
  /** One sentence. */
  readonly text: string;
  /** The same, under the name that Discord's webhooks want. */
  readonly content: string;
  readonly matchId: string | null;
  readonly opponents: readonly string[];
  readonly netChips: number | null;
  /** Of a fixture; null for other kinds. */
  readonly startsAt: number | null;
}

type Told = Pick<Notice, 'kind'> & { text: string } & Partial<Omit<Notice, 'kind' | 'text'>>;

export interface NoticeMaker {
  /** Null: nothing that somebody must be told. */
  of(event: TimedAgentEvent): Notice | null;
}

/** @param redact takes secrets out of texts. */
export function createNoticeMaker({ botId, redact }: { botId: string | null; redact: Redact }): NoticeMaker {
  /** Opponents of live matches. */
  const opponents = new Map<string, readonly string[]>();

  function endOf({ matchId, result }: Extract<TimedAgentEvent, { type: 'match.ended' }>): Told {
    const players = opponents.get(matchId) ?? [];
    opponents.delete(matchId);
    const against = players.length === 0 ? '' : ` against ${players.join(', ')}`;
    const text = `Match${against} ${describeResult(result)}`;
    return { kind: 'match', text, matchId, opponents: players, netChips: result.netChips };
  }

  function toldOf(event: TimedAgentEvent): Told | null {
    if (event.type === 'fixture.alarm')
      return { kind: 'fixture', text: event.message, startsAt: event.fixture.startsAt };
    if (event.type === 'lobby.draining') {
      if (event.reason === 'evicted') return { kind: 'evicted', text: `Evicted: ${event.message}.` };
      return event.reason === 'failed'
        ? { kind: 'failed', text: `The session ends: ${event.message}` }
        : null;
    }
    if (event.type === 'bot.failed')
      return isWorthALine(event.times)
        ? { kind: 'bot', text: describeBotFailure(event), matchId: event.matchId }
        : null;
    if (event.type === 'bot.terminated') return { kind: 'bot', text: event.message, matchId: event.matchId };
    if (event.type === 'match.started') opponents.set(event.matchId, event.opponents);
    return event.type === 'match.ended' ? endOf(event) : null;
  }

  return {
    of(event) {
      const told = toldOf(event);
      if (told === null) return null;
      const text = printable(told.text, defaults.maxTextLength, redact);
      const name = (given: string): string => printable(given, defaults.maxNameLength, redact);
      return {
        schema: noticeSchema,
        program: 'chipzen-agent',
        version,
        kind: told.kind,
        at: Math.round(event.at),
        botId,
        text,
        content: text,
        matchId: typeof told.matchId === 'string' ? name(told.matchId) : null,
        opponents: (told.opponents ?? []).map(name),
        netChips: told.netChips ?? null,
        startsAt: told.startsAt ?? null,
      };
    },
  };
}
