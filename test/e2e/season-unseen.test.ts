/** What the judge of a season week takes for unseen: no more than what the machine could not see. */
import { expect, it } from 'vitest';
import type { SandboxEvent } from '../../src/sandbox/index.js';
import { openSpans } from './season-spans.js';
import { unseenBy } from './season-unseen.js';

const botId = 'ours';
const matchId = 'match';
const seated = { type: 'seat.connected', matchId, botId, resumed: false } as const;
const dropped = { type: 'seat.disconnected', matchId, botId, code: 1006, reason: '' } as const;
const ended: SandboxEvent = { type: 'match.ended', matchId, end: { type: 'match_end', reason: 'complete' } };

/** One event each ten milliseconds, from 0 on. */
function unseenOf(events: readonly SandboxEvent[], away: Partial<Parameters<typeof unseenBy>[2]> = {}) {
  const facts = events.map((event, index) => ({ at: index * 10, event }));
  return [...unseenBy({ facts }, botId, { deaths: [], sleeps: [], ...away })];
}

it('a match that ended while the machine was at its seat was seen', () => {
  expect(unseenOf([seated, ended])).toEqual([]);
  expect(unseenOf([seated, dropped, { ...seated, resumed: true }, ended])).toEqual([]);
  expect(unseenOf([seated, { ...dropped, botId: 'other' }, ended])).toEqual([]);
});

it('one that ended while it was dead or asleep was not, and one after that was', () => {
  expect(unseenOf([seated, ended], { sleeps: [[5, 15]] })).toEqual([matchId]);
  expect(unseenOf([seated, ended], { deaths: [[5, 15]] })).toEqual([matchId]);
  expect(unseenOf([seated, ended], { deaths: [[2, 5]], sleeps: [[5, 8]] })).toEqual([]);
});

it('one that ended while it was cut off was not', () => {
  expect(unseenOf([seated, dropped, ended])).toEqual([matchId]);
  // A platform that goes down tells of no seat that it closes.
  const restarting = { type: 'platform.restarting', downMs: 1 } as const;
  expect(unseenOf([seated, restarting, ended])).toEqual([matchId]);
  expect(unseenOf([seated, restarting, { ...seated, resumed: true }, ended])).toEqual([]);
});

it('one of others is not unseen: it was not its to see', () => {
  expect(unseenOf([{ ...seated, botId: 'other' }, ended])).toEqual([]);
});

it('a machine that falls asleep while it sleeps is awake from its waking on', () => {
  const sleeps = openSpans();
  sleeps.close(0);
  sleeps.open(1);
  sleeps.open(3);
  sleeps.close(5);
  sleeps.close(25);
  expect(sleeps.all).toEqual([[1, 5]]);
  expect(sleeps.isOpen).toBe(false);
  expect(unseenOf([seated, ended], { sleeps: sleeps.all })).toEqual([]);
});
