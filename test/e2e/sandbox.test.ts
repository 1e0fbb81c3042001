/** Whole matches on the local platform, with what can go wrong in the middle of them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { playMatch } from '../../src/agent/play-match.js';
import { Bot, type BotSource, type Turn } from '../../src/bot/bot.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { MatchStart, RoundResult } from '../../src/protocol/frames.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { startAgent, watchEvents } from '../kit/agent.js';
import { openPlatform } from '../kit/platform.js';

/** Calls, and goes all in now and then, so that matches end. */
class Caller extends Bot {
  decide(state: GameState, _turn?: Turn): Action | Promise<Action> {
    if (state.handNumber % 4 === 0) return Action.allIn();
    return state.validActions.includes('check') ? Action.check() : Action.call();
  }
}

const quick = new RetryPolicy({ maxReconnectAttempts: 5, initialBackoffMs: 1, maxBackoffMs: 2 });

describe.each([
  { dialect: 'current', legacy: false },
  { dialect: 'legacy', legacy: true },
])('an agent on the sandbox, $dialect dialect', ({ legacy }) => {
  let sandbox: Sandbox;
  let me: { botId: string; token: string; lobbyUrl: string };
  let events: ReturnType<typeof watchEvents>;

  beforeEach(async () => {
    ({ sandbox } = await openPlatform({ seed: 'agent', startingStack: 200, maxHands: 40, legacy }));
    me = sandbox.addBot({ name: 'me' });
    events = watchEvents();
  });

  function start(bot: BotSource, options: AgentOptions = {}): Promise<MatchResult[]> {
    const { done } = startAgent(bot, me, {
      maxMatches: 1,
      onEvent: events.onEvent,
      retryPolicy: quick,
      ...options,
    });
    return done;
  }

  it('plays a whole match with every hook, and the chips add up', async () => {
    const seen: string[] = [];
    let started: MatchStart | undefined;
    const rounds: RoundResult[] = [];
    class Watcher extends Caller {
      override onMatchStart(frame: MatchStart) {
        started = frame;
      }
      override onRoundStart() {
        seen.push('round_start');
      }
      override onRoundResult(frame: RoundResult) {
        rounds.push(frame);
      }
      override onMatchEnd() {
        seen.push('match_end');
      }
    }
    const done = start(Watcher);
    const { matchId } = await sandbox.dispatch(me.botId, { opponent: 'calling-station' });
    const [result] = await done;
    expect(result).toMatchObject({
      matchId,
      outcome: 'completed',
      hands: rounds.length,
      fallbacks: 0,
      corrections: 0,
      rejections: 0,
      timeouts: 0,
      resumes: 0,
    });
    expect(result?.hands).toBeGreaterThan(0);
    expect(started?.your_seat).toBe(result?.seat);
    expect(seen.filter((hook) => hook === 'round_start')).toHaveLength(rounds.length);
    expect(seen.at(-1)).toBe('match_end');
    const nets = result?.end?.results?.map(({ net_chips: net }) => net ?? Number.NaN) ?? [];
    expect(nets.reduce((sum, net) => sum + net, 0)).toBe(0);
    expect(await sandbox.result(matchId)).toMatchObject({ total_hands_played: rounds.length });
  });

  it('plays five matches at once on one lobby', async () => {
    const done = start(Caller, { maxMatches: 5 });
    const ids = await Promise.all(
      Array.from(
        { length: 5 },
        async () => (await sandbox.dispatch(me.botId, { opponent: 'random' })).matchId,
      ),
    );
    const results = await done;
    expect(results.map(({ matchId }) => matchId).toSorted()).toEqual(ids.toSorted());
    expect(results.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'completed'));
    expect(events.all.filter(({ type }) => type === 'lobby.connecting')).toHaveLength(1);
  });

  it('two agents play each other', async () => {
    const other = sandbox.addBot({ name: 'other' });
    const theirs = startAgent(Caller, other, { maxMatches: 1 });
    const done = start(Caller);
    await sandbox.dispatch(me.botId, { opponent: { botId: other.botId } });
    const [[mine], [its]] = await Promise.all([done, theirs.done]);
    expect((mine?.netChips ?? 0) + (its?.netChips ?? 0)).toBe(0);
    expect(mine?.hands).toBe(its?.hands);
  });

  /** Plays with one disturbance, when the bot is asked for the `n`-th time. */
  function disturb(n: number, how: (turn: Turn) => unknown): new () => Bot {
    let asked = 0;
    return class extends Caller {
      override async decide(state: GameState, turn: Turn): Promise<Action> {
        asked += 1;
        if (asked === n) await how(turn);
        return super.decide(state);
      }
    };
  }

  it('keeps playing when the lobby drops during a match', async () => {
    const done = start(disturb(3, () => sandbox.control.dropLobby(me.botId)));
    await sandbox.dispatch(me.botId);
    expect(await done).toMatchObject([{ outcome: 'completed', resumes: 0, fallbacks: 0 }]);
    expect(events.types()).toContain('lobby.lost');
  });

  it('loses nothing when the match socket drops while the bot thinks', async () => {
    let matchId = '';
    const done = start(
      disturb(3, async () => {
        sandbox.control.dropMatch(matchId, me.botId);
        await events.next('match.lost');
      }),
    );
    ({ matchId } = await sandbox.dispatch(me.botId));
    expect(await done).toMatchObject([{ outcome: 'completed', resumes: 1, fallbacks: 0, timeouts: 0 }]);
  });

  it('loses nothing when the match socket drops while it watches', async () => {
    let matchId = '';
    class Dropped extends Caller {
      override onRoundResult(frame: RoundResult) {
        if (frame.round_number === 2) sandbox.control.dropMatch(matchId, me.botId, 1001);
      }
    }
    const done = start(Dropped);
    ({ matchId } = await sandbox.dispatch(me.botId));
    expect(await done).toMatchObject([{ outcome: 'completed', resumes: 1, timeouts: 0 }]);
  });

  it('records a match whose reconnects the platform no longer takes', async () => {
    ({ sandbox } = await openPlatform({ seed: 'agent', startingStack: 200, maxReconnects: 1, legacy }));
    me = sandbox.addBot({ name: 'me' });
    let matchId = '';
    class Unlucky extends Caller {
      override onReconnected() {
        sandbox.control.dropMatch(matchId, me.botId);
      }
      override onRoundStart() {
        sandbox.control.dropMatch(matchId, me.botId);
      }
    }
    const done = start(Unlucky);
    ({ matchId } = await sandbox.dispatch(me.botId));
    const [result] = await done;
    expect(result).toMatchObject({ matchId, outcome: 'abandoned', end: null });
    expect(['refused', 'reconnects_exhausted']).toContain(result?.abandonReason);
  });

  it('is evicted by a newer connection of the same bot, which takes the match over', async () => {
    let asked: () => void = () => undefined;
    const firstTurn = new Promise<void>((resolve) => {
      asked = resolve;
    });
    class Stuck extends Bot {
      decide() {
        asked();
        return new Promise<never>(() => undefined);
      }
    }
    const first = startAgent(Stuck, me, { drainGraceMs: 0, onEvent: events.onEvent });
    await sandbox.dispatch(me.botId);
    await firstTurn;
    const restarts: boolean[] = [];
    class Successor extends Caller {
      override onReconnected({ restarted }: { restarted: boolean }) {
        restarts.push(restarted);
      }
    }
    const done = start(Successor);
    expect(await first.done).toMatchObject([{ end: null, abandonReason: 'cut' }]);
    expect(await done).toMatchObject([{ outcome: 'completed' }]);
    expect(restarts).toEqual([true]);
  });

  it('ends with an error and its results when the token is revoked', async () => {
    const done = start(Caller, { maxMatches: 9 });
    await sandbox.dispatch(me.botId);
    await events.next('match.ended');
    sandbox.control.revoke(me.token);
    await expect(done).rejects.toMatchObject({ code: 'token_revoked', results: [{ outcome: 'completed' }] });
  });

  it('with a token of another bot stops at once', async () => {
    const other = sandbox.addBot({ name: 'other' });
    await expect(start(Caller, { token: other.token })).rejects.toMatchObject({
      code: 'authentication_failed',
    });
    expect(events.all.filter(({ type }) => type === 'lobby.connecting')).toHaveLength(1);
  });

  it('sits once at a table that is announced again in the middle of the match', async () => {
    let matchId = '';
    const done = start(disturb(2, () => void sandbox.control.announce(me.botId, matchId)));
    ({ matchId } = await sandbox.dispatch(me.botId));
    expect(await done).toMatchObject([{ outcome: 'completed', resumes: 0 }]);
    expect(events.types()).toContain('match.repeated');
  });

  it('lets the other matches finish when maxMatches is reached', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let bots = 0;
    class Patient extends Caller {
      readonly isFirst = bots++ === 0;

      override async decide(state: GameState): Promise<Action> {
        if (!this.isFirst) await held;
        return super.decide(state);
      }
    }
    const done = start(Patient, { maxMatches: 1 });
    await sandbox.dispatch(me.botId);
    await sandbox.dispatch(me.botId);
    await events.next('lobby.draining');
    release();
    expect(await done).toMatchObject([{ outcome: 'completed' }, { outcome: 'completed' }]);
  });

  it('plays on when the bot throws, and ends with its error when safe mode is off', async () => {
    class Thrower extends Bot {
      decide(): never {
        throw new Error('no idea');
      }
    }
    const done = start(Thrower);
    await sandbox.dispatch(me.botId);
    const [result] = await done;
    expect(result?.outcome).toBe('completed');
    expect(result?.fallbacks).toBe(result?.turns);
    const failing = start(Thrower, { safeMode: false });
    await sandbox.dispatch(me.botId);
    await expect(failing).rejects.toMatchObject({ code: 'bot_decision', cause: { message: 'no idea' } });
  });

  it('plays to the end with a bot that answers nonsense', async () => {
    const nonsense = [
      null,
      7,
      'fold',
      {},
      { action: 'dance' },
      { action: 'raise' },
      { action: 'raise', params: { amount: Number.NaN } },
      Action.raiseTo(1e9),
    ];
    let turn = 0;
    const done = start({ decide: () => nonsense[turn++ % nonsense.length] as Action });
    await sandbox.dispatch(me.botId);
    const [result] = await done;
    expect(result).toMatchObject({ outcome: 'completed', rejections: 0, timeouts: 0 });
    expect(result?.corrections).toBeGreaterThan(0);
  });

  it('plays one known match as an uploaded bot does', async () => {
    // The seat waits for its player; the lobby only tells where it is.
    const announced = new Promise<{ matchId: string; participantId: string }>((resolve) => {
      const { agent: lobby } = startAgent(Caller, me, {
        drainGraceMs: 0,
        onEvent: (event) => {
          if (event.type !== 'match.announced') return;
          void lobby.stop().then(() => resolve(event));
          void lobby.stop();
        },
      });
    });
    await sandbox.dispatch(me.botId);
    const { matchId, participantId } = await announced;
    const result = await playMatch(`${sandbox.url}/ws/match/${matchId}/${participantId}`, Caller, {
      token: me.token,
    });
    expect(result).toMatchObject({ matchId, participantId, outcome: 'completed' });
  });
});
