import { describe, expect, it } from 'vitest';
import { createNoticeMaker, type Notice } from '../../src/notify/notice.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { version } from '../../src/protocol/version.js';
import { begin, end, idOf, online, start } from '../session-view/session-events.js';

const fixture = {
  fixtureId: 'f',
  toldId: 'f',
  startsAt: start + 300_000,
  opponent: 'birch',
  decisionClockMs: null,
  stage: null,
  round: null,
  isInvented: false,
};
const failed = (times: number): AgentEvent => ({
  type: 'bot.failed',
  matchId: idOf(1),
  hook: 'decide',
  message: 'no cards',
  place: 'my-bot.ts:12',
  error: null,
  times,
});
const ending = (reason: 'evicted' | 'failed' | 'stopped' | 'max_matches'): AgentEvent => ({
  type: 'lobby.draining',
  reason,
  message: 'the same bot has connected elsewhere',
  live: 0,
  fault: null,
});

function noticesOf(...events: AgentEvent[]): Notice[] {
  const maker = createNoticeMaker({
    botId: 'the-bot',
    redact: (text) => text.replaceAll('the-secret', '[token]'),
  });
  return events.flatMap((event) => maker.of({ ...event, at: start }) ?? []);
}

describe('what is worth a notice', () => {
  it('is a match that is over, with whom it was played', () => {
    expect(noticesOf(online, ...begin(1, 'ann', 'bob'), end(1, 340))).toEqual([
      {
        schema: 1,
        program: 'chipzen-agent',
        version,
        kind: 'match',
        at: start,
        botId: 'the-bot',
        text: 'Match against ann, bob ended: complete, +340 chips in 40 hands',
        content: 'Match against ann, bob ended: complete, +340 chips in 40 hands',
        matchId: idOf(1),
        opponents: ['ann', 'bob'],
        netChips: 340,
        startsAt: null,
      },
    ]);
    expect(noticesOf(end(1, null))).toMatchObject([{ kind: 'match', netChips: null, opponents: [] }]);
  });

  it('is a fixture that is near while the bot is not in its lobby', () => {
    const alarm = {
      type: 'fixture.alarm',
      fixture,
      why: 'offline',
      message: 'The fixture against birch starts in 5 min, and the bot is not in its lobby.',
    } as const;
    expect(noticesOf({ type: 'fixture.near', fixture, inMs: 300_000 }, alarm)).toMatchObject([
      { kind: 'fixture', startsAt: fixture.startsAt, text: alarm.message },
    ]);
  });

  it('is the end of a session that nobody asked for, and no other', () => {
    const kinds = noticesOf(ending('stopped'), ending('max_matches'), ending('evicted'), ending('failed'));
    expect(kinds.map(({ kind }) => kind)).toEqual(['evicted', 'failed']);
  });

  it('is a bot that fails: the first time, and the tenth, and the hundredth', () => {
    const notices = noticesOf(...Array.from({ length: 120 }, (_, index) => failed(index + 1)));
    expect(notices.map(({ text }) => text)).toEqual([
      'the bot threw in decide: no cards (my-bot.ts:12)',
      'the bot threw in decide: no cards (my-bot.ts:12), 10 times so far',
      'the bot threw in decide: no cards (my-bot.ts:12), 100 times so far',
    ]);
  });

  it('has nothing in it that is secret or moves a cursor', () => {
    const [notice] = noticesOf(...begin(1, 'a\u001b[2J the-secret'), end(1, 1));
    expect(notice?.opponents).toEqual(['a[2J [token]']);
    expect(JSON.stringify(notice)).not.toMatch(/the-secret|\\u001b/);
  });
});
