import { describe, expect, it } from 'vitest';
import { createAgent } from '../../../src/agent/agent.js';
import { settingsOf } from '../../../src/sandbox/terms/sandbox-options.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import {
  type Client,
  dial,
  dialSeat,
  type Frame,
  goOnline,
  type Json,
  RefusedUpgrade,
  sitDown,
} from '../../kit/client.js';
import { caller, openPlatform } from '../../kit/platform.js';

const dialects = ['played', 'documents', 'legacy'] as const;

function answer(seat: Client, turn: Frame, action: string, amount?: number): void {
  const { match_id, request_id } = turn;
  const params = amount === undefined ? {} : { params: { amount } };
  seat.say({ type: 'turn_action', match_id, request_id, action, ...params });
}

describe('the dialect of a sandbox', () => {
  it('is that of the players where nothing is said, and legacy has a name of its own', () => {
    expect(settingsOf({}).dialect).toBe('played');
    expect(settingsOf({ legacy: true }).dialect).toBe('legacy');
    expect(settingsOf({ legacy: false, dialect: 'documents' }).dialect).toBe('documents');
    expect(settingsOf({ legacy: true, dialect: 'legacy' }).dialect).toBe('legacy');
  });

  it.each(['', 'Played', null, 3])('names the option when there is no dialect %j', (dialect) => {
    expect(() => settingsOf({ dialect: dialect as never })).toThrow(
      'The option dialect must be one of played, documents, legacy.',
    );
  });

  it('refuses options that contradict each other', () => {
    expect(() => settingsOf({ legacy: true, dialect: 'played' })).toThrow(
      'The options legacy and dialect played contradict each other; give one of them.',
    );
  });

  it('shows the cards of the seat that is left by a fold to both, when it is the players’', async () => {
    const shown: Record<string, unknown> = {};
    for (const dialect of dialects) {
      const open = await openPlatform({ dialect, maxHands: 1 });
      const two = open.sandbox.addBot();
      const other = await goOnline(two);
      const { seat } = await open.seated({ opponent: { botId: two.botId } });
      const rival = await sitDown(open.url, await other.until('matched'), two.token);
      const cards = ((await rival.until('round_start'))['state'] as Json)['your_hole_cards'];
      answer(seat, await seat.until('turn_request'), 'fold');
      const results = [await seat.until('round_result'), await rival.until('round_result')];
      const showdowns = results.map(({ result }) => (result as Json)['showdown']);
      expect(showdowns[0]).toEqual(showdowns[1]);
      shown[dialect] = showdowns[0];
      if (dialect === 'played') {
        expect(showdowns[0]).toEqual([{ seat: 1, hole_cards: cards, hand_rank: '', best_hand: [] }]);
      }
      await open.close();
    }
    expect(shown).toMatchObject({ documents: [], legacy: [] });
  });

  it('has both hands in a show-down, whichever it is', async () => {
    for (const dialect of dialects) {
      const open = await openPlatform({ dialect, maxHands: 1 });
      const { seat } = await open.seated({ opponent: caller });
      for (let shown: unknown[] | null = null; shown === null; ) {
        const frame = await seat.next();
        if (frame.type === 'turn_request')
          answer(seat, frame, (frame['valid_actions'] as string[]).includes('check') ? 'check' : 'call');
        if (frame.type === 'round_result') shown = (frame['result'] as Json)['showdown'] as unknown[];
        if (shown !== null) expect(shown).toHaveLength(2);
      }
      await open.close();
    }
  });

  it.each([
    ['played', 30_000, [undefined, 30_000]],
    ['played', 5_000, [undefined, 5_000]],
    // Silence stands for these.
    ['played', 2_000, [undefined, undefined]],
    ['documents', 2_000, [0, 2_000]],
    ['legacy', 2_000, [undefined, 2_000]],
  ] as const)(
    'says in %s, with %i ms a decision, of seat and clock: %j',
    async (dialect, decisionTimeoutMs, said) => {
      const open = await openPlatform({ dialect, decisionTimeoutMs });
      const { seat } = await open.seated({ opponent: caller });
      const start = await seat.until('match_start');
      expect([start['your_seat'], start['turn_timeout_ms']]).toEqual(said);
      expect(start['seats']).toMatchObject([{ is_self: true }, { is_self: false }]);
      expect(await seat.until('turn_request')).toMatchObject({ timeout_ms: decisionTimeoutMs });
    },
  );

  it('says nothing of a clock that is short only because the sandbox is quick', async () => {
    const open = await openPlatform({ format: 'ranked', speed: 0.5 });
    const { seat } = await open.seated({ opponent: caller });
    expect(await seat.until('match_start')).not.toHaveProperty('turn_timeout_ms');
    const slow = await openPlatform({ format: 'season', speed: 0.05 });
    const { seat: other } = await slow.seated({ opponent: caller });
    expect(await other.until('match_start')).toMatchObject({ turn_timeout_ms: 1_500 });
  });

  it.each(dialects)('sends no second match_start to a seat that is back, in %s', async (dialect) => {
    const open = await openPlatform({ dialect });
    const { bot, matched, seat } = await open.seated({ opponent: caller });
    const turn = await seat.until('turn_request');
    await seat.drop();
    await open.event('seat.disconnected');
    const back = await sitDown(open.url, matched, bot.token);
    const again = await back.until(dialect === 'legacy' ? 'reconnected' : 'turn_request');
    const asked = dialect === 'legacy' ? (again['pending_request'] as Frame) : again;
    expect(asked['request_id']).toBe(turn['request_id']);
    expect(back.frames.map(({ type }) => type)).not.toContain('match_start');
  });

  describe('after the grace', () => {
    async function tooLate(dialect: (typeof dialects)[number]) {
      const clock = createVirtualClock();
      const open = await openPlatform({ dialect, clock, decisionTimeoutMs: 60_000 });
      const two = open.sandbox.addBot();
      const other = await goOnline(two);
      const { bot, matched, seat } = await open.seated({ opponent: { botId: two.botId } });
      await sitDown(open.url, await other.until('matched'), two.token);
      await seat.until('turn_request');
      await seat.drop();
      await open.event('seat.disconnected');
      clock.advance(30_000);
      await open.event('match.ended');
      return { open, bot, two, matched };
    }

    it('refuses the upgrade with 403, when it is the players’', async () => {
      const { open, bot, matched } = await tooLate('played');
      await expect(dialSeat(open.url, matched, bot.token)).rejects.toEqual(new RefusedUpgrade(403));
      const query = `${open.url}${String(matched['gateway_ws_url'])}?token=${bot.token}`;
      await expect(dial(query)).rejects.toEqual(new RefusedUpgrade(403));
    });

    it('tells nobody else of it', async () => {
      const { open, two, matched } = await tooLate('played');
      const stranger = await dialSeat(open.url, matched, two.token);
      expect((await stranger.closed()).code).toBe(4001);
      const nobody = await dialSeat(open.url, matched, `cz_extbot_${'0'.repeat(32)}`);
      expect((await nobody.closed()).code).toBe(4001);
    });

    it('closes with an error on the leg of uploaded bots, whose credential comes later', async () => {
      const { open, bot, matched } = await tooLate('played');
      const path = `/ws/match/${String(matched['match_id'])}/${String(matched['participant_id'])}`;
      const late = await dial(open.url + path);
      late.say({ type: 'authenticate', match_id: matched['match_id'], token: bot.token });
      expect(await late.next()).toMatchObject({ type: 'error', code: 'grace_expired' });
      expect((await late.closed()).code).toBe(4011);
    });

    it.each([
      ['documents', 4011],
      ['legacy', 4010],
    ] as const)('closes in %s with %i', async (dialect, code) => {
      const { open, bot, matched } = await tooLate(dialect);
      const late = await dialSeat(open.url, matched, bot.token);
      expect((await late.closed()).code).toBe(code);
    });
  });

  it('evicts the lobby connection of a bot that connects once more', async () => {
    const { sandbox } = await openPlatform();
    const bot = sandbox.addBot();
    const first = await goOnline(bot);
    await goOnline(bot);
    expect(await first.next()).toEqual({ type: 'evict', reason: 'Replaced by new connection' });
    expect(await first.closed()).toEqual({ code: 4000, reason: 'Replaced by new connection' });
  });
});

describe('inverted raises', () => {
  /** The seat has 15 chips before the first hand, so that a whole raise is more than it has. */
  const shortStacks = { startingStack: 15, smallBlind: 5, bigBlind: 10, maxHands: 3 } as const;

  it('are told to a short stack when the option says so, and a raise above it is rejected', async () => {
    const open = await openPlatform({ ...shortStacks, invertedRaises: true });
    const { seat } = await open.seated({ opponent: caller });
    const turn = await seat.until('turn_request');
    expect(turn['state']).toMatchObject({ min_raise: 20, max_raise: 15 });
    answer(seat, turn, 'raise', 20);
    expect(await seat.until('action_rejected')).toMatchObject({ request_id: turn['request_id'] });
    answer(seat, turn, 'raise', 15);
    expect(await seat.until('turn_result')).toMatchObject({ details: { action: 'raise', amount: 15 } });
  });

  it('are not told otherwise', async () => {
    const open = await openPlatform(shortStacks);
    const { seat } = await open.seated({ opponent: caller });
    expect((await seat.until('turn_request'))['state']).toMatchObject({ min_raise: 15, max_raise: 15 });
  });

  it('are never seen by a bot', async () => {
    const open = await openPlatform({ ...shortStacks, invertedRaises: true });
    const { botId, token, lobbyUrl } = open.sandbox.addBot();
    const seen: [number, number][] = [];
    const bot = {
      decide: ({
        minRaise,
        maxRaise,
        validActions,
      }: {
        minRaise: number;
        maxRaise: number;
        validActions: string[];
      }) => {
        seen.push([minRaise, maxRaise]);
        return validActions.includes('raise')
          ? { action: 'raise', amount: Math.max(minRaise, maxRaise) }
          : { action: validActions.includes('check') ? 'check' : 'call' };
      },
    };
    const agent = createAgent(bot, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {} });
    const session = agent.start();
    await open.sandbox.dispatch(botId, { opponent: caller });
    const [result] = await session;
    expect(result?.outcome).toBe('completed');
    expect(seen).not.toEqual([]);
    expect(seen.filter(([min, max]) => min > max)).toEqual([]);
    expect(open.events.filter(({ type }) => type === 'turn.rejected')).toEqual([]);
  });
});

it('a clean close before match_end ends no match of the agent’s', async () => {
  const open = await openPlatform({ maxHands: 5 });
  const { botId, token, lobbyUrl } = open.sandbox.addBot();
  const agent = createAgent(caller, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {} });
  const session = agent.start();
  let closed = false;
  open.sandbox.on((event) => {
    if (closed || event.type !== 'hand.ended') return;
    closed = open.sandbox.control.dropMatch(event.matchId, botId, 1000, 'normal');
  });
  await open.sandbox.dispatch(botId, { opponent: caller });
  const [result] = await session;
  expect(closed).toBe(true);
  expect(result).toMatchObject({ outcome: 'completed', hands: 5 });
});

it.each(dialects)(
  'an agent plays a whole match in %s, also where neither seat nor clock is said',
  async (dialect) => {
    const open = await openPlatform({ dialect, format: 'ranked', maxHands: 4 });
    const { botId, token, lobbyUrl } = open.sandbox.addBot();
    const seats = new Set<number>();
    const bot = {
      decide: ({ yourSeat, validActions }: { yourSeat: number; validActions: string[] }) => {
        seats.add(yourSeat);
        return { action: validActions.includes('check') ? 'check' : 'call' };
      },
    };
    const agent = createAgent(bot, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {} });
    const session = agent.start();
    await open.sandbox.play({ players: [caller, { botId }] });
    const [result] = await session;
    expect(result).toMatchObject({ outcome: 'completed', hands: 4, fallbacks: 0 });
    expect([...seats]).toEqual([1]);
    expect(open.events.filter(({ type }) => type === 'turn.substituted')).toEqual([]);
  },
);
