import { describe, expect, it } from 'vitest';
import type { TurnRequest } from '../../../src/protocol/frames.js';
import { openHouseTurn } from '../../../src/sandbox/match/house-turn.js';

const request: TurnRequest = { type: 'turn_request', request_id: 'q-1', valid_actions: ['check'], state: {} };

const same = (at: number): number => at;

describe('the turn of a house bot', () => {
  it('can be copied, with all that is made when it is looked at', () => {
    const turn = openHouseTurn(request);
    const copy = { ...turn.view('m-1', 0, same) };
    expect(copy.raw).toEqual(request);
    expect(copy.propose).toBeTypeOf('function');
    expect(copy.signal.aborted).toBe(false);
    turn.close();
    expect(copy.signal.aborted).toBe(true);
  });

  it('shows the same frame each time, and never the one that others have', () => {
    const { raw, ...view } = openHouseTurn({ ...request, timeout_ms: 2_000 }).view('m-1', 10_000, same);
    expect(view).toMatchObject({ matchId: 'm-1', requestId: 'q-1', deadline: 12_000 });
    expect(raw).toEqual({ ...request, timeout_ms: 2_000 });

    const turn = openHouseTurn(request).view('m-1', 0, same);
    turn.raw.valid_actions.push('fold');
    expect([turn.raw.valid_actions, request.valid_actions]).toEqual([['check', 'fold'], ['check']]);
  });

  it('has its deadline on the wall clock as that is set when the bot looks', () => {
    let offMs = 0;
    const view = openHouseTurn({ ...request, deadline_ts: 12_000 }).view('m-1', 0, (at) => at + offMs);
    expect(view.deadline).toBe(12_000);
    offMs = -3_600_000;
    expect([view.deadline, { ...view }.deadline]).toEqual([12_000 - 3_600_000, 12_000 - 3_600_000]);
  });

  it('fires the signal when it is over, also for a bot that asks for it only then', async () => {
    const early = openHouseTurn(request);
    const { signal } = early.view('m-1', 0, same);
    expect([early.isOver, signal.aborted]).toEqual([false, false]);
    early.close();
    await early.over;
    expect([early.isOver, signal.aborted]).toEqual([true, true]);

    const late = openHouseTurn(request);
    const view = late.view('m-1', 0, same);
    late.close();
    expect(view.signal.aborted).toBe(true);
  });
});
