/** The host of a bot whose turns are timed elsewhere, as in a thread or process of its own. */
import { expect, it } from 'vitest';
import type { BotSource } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import { hostBot } from '../../../src/io/hosting/hosted-bot.js';
import type { BotEvent } from '../../../src/machines/ports.js';
import type { WireAction } from '../../../src/protocol/frames.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { deadlineMs, expiryMs, late, settled, thinker, turnRequest } from '../../kit/bot-seat.js';

function hostWithoutClock() {
  const clock = createVirtualClock();
  const facts: BotEvent[] = [];
  const proposals: [string, WireAction][] = [];
  const { bot, turns, answer } = thinker();
  const host = hostBot(bot as BotSource, {
    matchId: 'm1',
    clock,
    times: { now: clock.now, wallNow: clock.now },
    report: (fact) => facts.push(fact),
    onProposal: (requestId, proposal) => proposals.push([requestId, proposal]),
  });
  host.execute({
    type: 'bot.decide',
    frame: turnRequest('q1'),
    deadlineAt: clock.now() + deadlineMs,
    expiresAt: clock.now() + expiryMs,
  });
  facts.length = 0;
  return { clock, facts, proposals, turns, answer, host };
}

it('sets no timer for a turn, and says nothing at its deadline', () => {
  const { clock, facts, turns } = hostWithoutClock();
  expect(clock.pending()).toBe(0);
  clock.advance(expiryMs + 1);
  expect({ facts, aborted: turns[0]?.signal.aborted }).toEqual({ facts: [], aborted: false });
});

it('takes proposals past the deadline until it is told that the turn is over, which fires the signal', async () => {
  const { clock, facts, proposals, turns, answer, host } = hostWithoutClock();
  clock.advance(deadlineMs + 1);
  turns[0]?.propose(Action.call());
  host.execute({ type: 'bot.abort', requestId: 'q1' });
  expect(turns[0]?.signal.aborted).toBe(true);
  turns[0]?.propose(Action.fold());
  expect(proposals).toEqual([['q1', { action: 'call' }]]);
  await answer();
  await settled();
  expect(facts).toEqual([late('q1', deadlineMs + 1)]);
});

it('keeps an answer that comes after the end of the server’s clock until what waits on the way in was read', async () => {
  const { clock, facts, answer, host } = hostWithoutClock();
  clock.advance(expiryMs);
  await answer();
  expect(facts).toEqual([]);
  host.execute({ type: 'bot.abort', requestId: 'q1' });
  clock.advance(0);
  expect(facts).toEqual([late('q1', expiryMs)]);
});
