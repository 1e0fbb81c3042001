import { describe, expect, it } from 'vitest';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import { createPunctualityJudge } from './punctuality.js';

const seated: SandboxEvent = { type: 'seat.connected', matchId: 'm', botId: 'b', resumed: false };
const gone: SandboxEvent = { type: 'seat.disconnected', matchId: 'm', botId: 'b', code: 1006, reason: '' };
const opened: SandboxEvent = { type: 'turn.opened', matchId: 'm', seat: 0, requestId: 'r', clockMs: 5000 };
const missed: SandboxEvent = {
  type: 'turn.substituted',
  matchId: 'm',
  seat: 0,
  requestId: 'r',
  action: 'fold',
};

function judged(botId: string | null, events: readonly SandboxEvent[]): readonly string[] {
  const judge = createPunctualityJudge(() => botId);
  for (const event of events) judge.see(event);
  return judge.broken;
}

describe('the judge of punctuality', () => {
  it('demands that a seat that is there plays its turns', () => {
    expect(judged('b', [seated, opened, missed])).toEqual([
      'the platform had to play r for a seat that was there all the time',
    ]);
  });

  it.each([
    ['was away when it came', 'b', [opened, missed]],
    ['left before it was over', 'b', [seated, opened, gone, missed]],
    ['is one of the sandbox itself', null, [seated, opened, missed]],
  ])('lets a turn be missed by a seat that %s', (_why, botId, events) => {
    expect(judged(botId, events)).toEqual([]);
  });

  it('lets every turn be missed once somebody has meddled with the wire', () => {
    const judge = createPunctualityJudge(() => 'b');
    judge.excuse();
    for (const event of [seated, opened, missed]) judge.see(event);
    expect(judge.broken).toEqual([]);
  });
});
