import { describe, expect, it } from 'vitest';
import type { Chaos } from '../../src/chaos/index.js';
import { createSandbox } from '../../src/sandbox/index.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { type Frame, goOnline, sitDown } from '../kit/client.js';
import { caller, openPlatform } from '../kit/platform.js';

const at = (faults: Chaos['faults']): Chaos => ({ name: 'test', faults });

describe('chaos in front of a sandbox', () => {
  it('strikes where it is told to, and the sandbox tells of it', async () => {
    const open = await openPlatform({ chaos: at([{ kind: 'drop', leg: 'match', type: 'turn_request' }]) });
    const { bot, matched, matchId } = await open.matched({ opponent: caller });
    const seat = await sitDown(open.url, matched, bot.token);
    expect((await seat.closed()).code).toBe(1006);
    expect(seat.frames.map(({ type }) => type)).toEqual(['hello', 'match_start', 'round_start']);
    const back = await sitDown(open.url, matched, bot.token);
    expect(await back.next()).toMatchObject({ type: 'turn_request', seq: 4 });
    expect(open.events.filter(({ type }) => type === 'chaos')).toEqual([
      {
        type: 'chaos',
        event: {
          type: 'fault',
          kind: 'drop',
          fault: 1,
          leg: 'match',
          path: `/ws/external/match/${matchId}/${String(matched['participant_id'])}`,
          connection: 1,
          frame: 4,
          detail: 'reset before the frame',
        },
      },
    ]);
  });

  it('can be changed while the sandbox runs, for connections to come', async () => {
    const open = await openPlatform({ chaos: at([]) });
    const bot = open.sandbox.addBot();
    const before = await goOnline(bot);
    open.sandbox.control.chaos(
      at([{ kind: 'close', leg: 'lobby', type: 'hello', when: 'after', code: 1013 }]),
    );
    const after = await goOnline(bot);
    expect((await after.closed()).code).toBe(1013);
    expect(await before.next()).toMatchObject({ type: 'evict' });
    expect(() => open.sandbox.control.chaos(at([{ kind: 'refuse', status: 99 }]))).toThrow(/status/);
  });

  it('cannot be brought into a sandbox that was opened without it, nor to other machines', async () => {
    const open = await openPlatform();
    expect(() => open.sandbox.control.chaos(at([]))).toThrow('This sandbox was opened without chaos');
    await expect(createSandbox({ port: 0, host: '0.0.0.0', chaos: at([]) })).rejects.toMatchObject({
      code: 'bad_option',
      option: 'chaos',
    });
  });

  it.each<[string, Chaos['faults'][number], Frame[]]>([
    ['evicts', { kind: 'evict', leg: 'match', type: 'match_start' }, [{ type: 'evict' }]],
    ['drops the lobby of', { kind: 'lobbyDrop', leg: 'match', type: 'match_start' }, []],
    ['revokes', { kind: 'revoke', leg: 'match', type: 'match_start' }, []],
  ])('%s the bot of the match that it strikes', async (what, fault, last) => {
    const open = await openPlatform({ chaos: at([fault]) });
    const { bot, lobby, matched } = await open.matched({ opponent: caller });
    const seat = await sitDown(open.url, matched, bot.token);
    await seat.until('match_start');
    const { code } = await lobby.closed();
    expect(code).toBe({ evicts: 4000, revokes: 4002 }[what] ?? 1006);
    expect(lobby.frames.slice(2)).toMatchObject(last);
    expect(await seat.until('turn_request')).toMatchObject({ seat: 0 });
  });

  it('restarts the platform: 1012 for everybody, 503 while it is away, then the match goes on', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({
      clock,
      speed: 1,
      chaos: at([{ kind: 'restart', leg: 'match', type: 'turn_request', downMs: 1_000 }]),
    });
    const { bot, lobby, matched } = await open.matched({ opponent: caller });
    const seat = await sitDown(open.url, matched, bot.token);
    expect([(await seat.closed()).code, (await lobby.closed()).code]).toEqual([1012, 1012]);
    await expect(goOnline(bot)).rejects.toThrow('HTTP 503');
    clock.advance(1_000);
    const back = await goOnline(bot);
    expect(await back.next()).toMatchObject({ type: 'matched', resume: true });
    expect(await (await sitDown(open.url, matched, bot.token)).until('turn_request')).toMatchObject({
      seat: 0,
    });
  });

  it('ends with the sandbox, whatever is on the way', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({
      clock,
      speed: 1,
      chaos: at([
        { kind: 'delay', ms: 1_000, every: 1, times: Infinity },
        { kind: 'halfOpen', leg: 'match', at: 2 },
      ]),
    });
    const bot = open.sandbox.addBot();
    const greeted = goOnline(bot);
    await open.event('lobby.online');
    // The frame is on its way, as soon as the proxy waits for its time.
    while (clock.pending() < 2) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_000);
    await greeted;
    await open.sandbox.close();
    expect(clock.pending()).toBe(0);
  });
});
