import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../src/sandbox/terms/sandbox-options.js';
import type { Json } from '../../kit/client.js';
import { caller, openPlatform } from '../../kit/platform.js';

/** Two that put everything in with any cards, so that a match takes a few hands. */
const shover = {
  decide: ({ validActions, maxRaise }: { validActions: string[]; maxRaise: number }) =>
    validActions.includes('raise')
      ? { action: 'raise', amount: maxRaise }
      : { action: validActions.includes('check') ? 'check' : 'call' },
};

describe('the format of a sandbox', () => {
  it('is a season where nothing is said', () => {
    expect(settingsOf({})).toMatchObject({
      format: 'season',
      startingStack: 10_000,
      smallBlind: 50,
      bigBlind: 100,
      maxHands: 1_000,
      decisionTimeoutMs: 30_000,
      seats: 2,
    });
    expect(settingsOf({}).blindSchedule.slice(0, 2)).toEqual([
      { fromHand: 21, smallBlind: 75, bigBlind: 150 },
      { fromHand: 41, smallBlind: 100, bigBlind: 200 },
    ]);
  });

  it('can be changed part by part', () => {
    const { startingStack, decisionTimeoutMs, maxHands, blindSchedule } = settingsOf({
      format: 'ranked',
      startingStack: 2_000,
    });
    expect({ startingStack, decisionTimeoutMs, maxHands }).toEqual({
      startingStack: 2_000,
      decisionTimeoutMs: 2_000,
      maxHands: 1_000,
    });
    // The blinds are those of the format, whatever the stacks; beyond all chips they need not rise.
    expect(blindSchedule.at(-1)).toEqual({ fromHand: 261, smallBlind: 6_000, bigBlind: 12_000 });
    expect(settingsOf({ decisionTimeoutMs: 7 })).toMatchObject({
      decisionTimeoutMs: 7,
      startingStack: 10_000,
    });
    expect(settingsOf({ maxHands: 7 })).toMatchObject({ maxHands: 7, bigBlind: 100 });
  });

  it('has blinds that stay where a blind is given, and the other blind fits it', () => {
    expect(settingsOf({ bigBlind: 20 })).toMatchObject({ smallBlind: 10, bigBlind: 20, blindSchedule: [] });
    expect(settingsOf({ smallBlind: 3 })).toMatchObject({ smallBlind: 3, bigBlind: 6, blindSchedule: [] });
    expect(settingsOf({ bigBlind: 1 })).toMatchObject({ smallBlind: 1, bigBlind: 1 });
    const blindSchedule = [{ fromHand: 5, smallBlind: 100, bigBlind: 200 }];
    expect(settingsOf({ blindSchedule })).toMatchObject({ smallBlind: 50, bigBlind: 100, blindSchedule });
    expect(settingsOf({ blindSchedule: [] })).toMatchObject({ smallBlind: 50, blindSchedule: [] });
  });

  it.each(['poker', '', null, 5])('names the option when there is no format %j', (format) => {
    expect(() => settingsOf({ format: format as never })).toThrow(
      'The option format must be one of season, house-bot, queue, ranked, upload, sit-and-go.',
    );
  });

  it('seats five house bots in a sit-and-go where nobody is named', async () => {
    const { matched, sandbox } = await openPlatform({ format: 'sit-and-go' });
    const { matchId } = await matched();
    const [match] = sandbox.matches().filter((one) => one.matchId === matchId);
    expect(match?.seats.map(({ name }) => name).slice(1)).toEqual(Array(5).fill('calling-station'));
  });

  it('tells the first level in match_start, and the others in nothing but the posts of their hands', async () => {
    const blindSchedule = [{ fromHand: 2, smallBlind: 75, bigBlind: 150 }];
    const open = await openPlatform({ format: 'season', blindSchedule, maxHands: 2 });
    const { seat } = await open.seated({ opponent: caller });
    const start = await seat.until('match_start');
    expect(start['game_config']).toEqual({
      variant: 'nlhe',
      starting_stack: 10_000,
      small_blind: 50,
      big_blind: 100,
      ante: 0,
      num_players: 2,
    });
    const turn = await seat.until('turn_request');
    seat.say({
      type: 'turn_action',
      match_id: turn['match_id'],
      request_id: turn['request_id'],
      action: 'fold',
    });
    await seat.until('round_result');
    const second = await seat.until('round_start');
    expect(JSON.stringify(second)).not.toMatch(/blind"|level/);
    const asked = (await seat.until('turn_request'))['state'] as Json;
    expect((asked['action_history'] as Json[]).slice(0, 2)).toMatchObject([
      { action: 'post_small_blind', amount: 75 },
      { action: 'post_big_blind', amount: 150 },
    ]);
  });

  it('plays a season to a bust', async () => {
    const { sandbox } = await openPlatform({ format: 'season' });
    const { matchId } = await sandbox.play({ players: [shover, shover] });
    const { results, terminal_status } = await sandbox.result(matchId);
    expect(terminal_status).toBe('completed');
    expect(results?.map(({ final_stack }) => final_stack).toSorted()).toEqual([0, 20_000]);
  });
});
