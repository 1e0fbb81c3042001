import { describe, expect, it } from 'vitest';
import { checkChaos } from '../../src/chaos/fault-rules.js';
import { type ChaosEvent, createChaosProxy, type Profile, profiles } from '../../src/chaos/index.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import { afterTest } from '../kit/after-test.js';
import { startAgent } from '../kit/agent.js';
import { openPlatform } from '../kit/platform.js';

/** Decides on the state it is shown and nothing else. */
const bot = {
  decide: ({ pot, minRaise, validActions }: { pot: number; minRaise: number; validActions: string[] }) => {
    if (validActions.includes('raise') && pot % 3 === 0) {
      return { action: 'raise', params: { amount: minRaise } };
    }
    return { action: validActions.includes('check') ? 'check' : 'call' };
  },
};

/** One match of the agent on the sandbox through a proxy: its result, and each fault without the path's random ids. */
async function playThrough({ name, faults }: Pick<Profile, 'name' | 'faults'>, seed = 'seed') {
  const { sandbox } = await openPlatform({ seed: 'cards', speed: 1, maxHands: 15, revealDelayMs: [1, 20] });
  const events: ChaosEvent[] = [];
  const proxy = await createChaosProxy({
    target: sandbox.url,
    chaos: { name, faults },
    seed,
    onEvent: (event) => events.push(event),
  });
  afterTest(() => proxy.close());
  const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'me' });
  const throughProxy = { lobbyUrl: lobbyUrl.replace(sandbox.url, proxy.url), token };
  const retryPolicy = new RetryPolicy({ initialBackoffMs: 0, maxReconnectAttempts: 10 });
  const { done } = startAgent(bot, throughProxy, { maxMatches: 1, retryPolicy });
  await sandbox.dispatch(botId, { opponent: 'random' });
  const [result] = await done;
  expect(JSON.stringify(events)).not.toContain(token);
  return {
    result: result?.end?.results?.map(({ name: player, net_chips, hands_won }) => ({
      player,
      net_chips,
      hands_won,
    })),
    fallbacks: result?.fallbacks,
    faults: events.map((event) => {
      if (event.type !== 'fault') return event;
      const { kind, fault, leg, connection, frame, detail } = event;
      return { kind, fault, leg, connection, frame, detail };
    }),
  };
}

const named = (wanted: string): Profile => {
  const found = profiles.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`no profile ${wanted}`);
  return found;
};

describe('the profiles', () => {
  it.each(profiles)('$name is well-formed, and says why where nobody survives it', (profile) => {
    const { name, description, faults, survivable, note } = profile;
    const check = () =>
      checkChaos(
        { name, description, faults },
        (place, what) => new Error(`${JSON.stringify(place)} ${what}`),
      );
    expect(check()).toEqual({ name, description, faults });
    expect(survivable || note !== undefined).toBe(true);
  });

  it.each(profiles)('$name cuts a match that is under way at most three times', ({ faults }) => {
    const cuts = faults.filter(
      ({ kind, leg, type }) =>
        ['drop', 'close', 'halfOpen', 'restart'].includes(kind) &&
        leg === 'match' &&
        type !== undefined &&
        type !== 'hello',
    );
    expect(cuts.reduce((sum, { times = 1 }) => sum + times, 0)).toBeLessThanOrEqual(3);
  });

  // Those that take no time; slow-network, refusals and half-open take what their notes say.
  it.each(['drops', 'lobby-flaps', 'slices', 'noise', 'closes'])(
    'the agent plays %s to the result of the calm run, and the same seed repeats every fault',
    async (name) => {
      const calm = await playThrough(named('calm'));
      const first = await playThrough(named(name));
      const second = await playThrough(named(name));
      expect(first.result).toEqual(calm.result);
      expect(first.fallbacks).toBe(0);
      expect(first.faults.length).toBeGreaterThan(3);
      const inMatch = ({ faults }: typeof first) =>
        faults.filter((fault) => 'leg' in fault && fault.leg === 'match');
      expect(inMatch(second)).toEqual(inMatch(first));
      expect(calm.faults).toEqual([]);
    },
  );
});
