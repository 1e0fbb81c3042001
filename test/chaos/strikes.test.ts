import { describe, expect, it } from 'vitest';
import type { ChaosFault } from '../../src/chaos/index.js';
import { createLedger, type Ledger } from '../../src/chaos/ledger.js';
import { createStrikes } from '../../src/chaos/strikes.js';

/** The numbers of the frames of one connection that the first fault strikes. */
function struck(
  fault: Omit<ChaosFault, 'kind'>,
  {
    ledger = createLedger(),
    path = '/ws/external/match/m/p',
    types = ['a', 'b', 'a', 'b', 'a', 'b'],
    seed = 's',
  } = {},
): number[] {
  const visit = ledger.enter(path.includes('/bot/') ? 'lobby' : 'match', path);
  const strikes = createStrikes([{ kind: 'duplicate', ...fault }], visit, seed);
  return types.flatMap((type, index) =>
    strikes.atFrame({ direction: 'down', type: () => type, accepts: () => true }).map(() => index + 1),
  );
}

const always = { times: Infinity };

describe('the aim of a fault', () => {
  it.each<[Omit<ChaosFault, 'kind'>, number[]]>([
    [{}, [1]],
    [{ at: 3 }, [3]],
    [{ at: 3, type: 'b' }, [6]],
    [{ at: 7 }, []],
    [{ every: 2 }, [2]],
    [{ every: 2, ...always }, [2, 4, 6]],
    [{ every: 2, type: 'a', ...always }, [3]],
    [{ every: 1, times: 4 }, [1, 2, 3, 4]],
    [{ chance: 1, times: 2 }, [1, 2]],
    [{ chance: 0, ...always }, []],
    [{ direction: 'up', every: 1, ...always }, []],
    [{ leg: 'lobby', every: 1, ...always }, []],
    [{ leg: 'match', at: 2 }, [2]],
  ])('%j strikes frames %j', (fault, frames) => {
    expect(struck(fault)).toEqual(frames);
  });

  it('counts `times` over all connections to a path, and anew for another path', () => {
    const ledger = createLedger();
    const results = ['/m/1', '/m/1', '/m/1', '/m/2'].map((path) =>
      struck({ at: 2, times: 2 }, { ledger, path }),
    );
    expect(results).toEqual([[2], [2], [], [2]]);
  });

  it('counts a restart at every path of its leg that is connected, for it strikes them all', () => {
    const ledger = createLedger();
    const enter = (path: string, leg: 'match' | 'lobby' = 'match') => ledger.enter(leg, path);
    const isStruck = (visit: ReturnType<Ledger['enter']>) =>
      createStrikes([{ kind: 'restart', downMs: 1, every: 1, times: 2 }], visit, 's').atFrame({
        direction: 'down',
        type: () => null,
        accepts: () => true,
      }).length === 1;
    const lobby = enter('/b', 'lobby');
    const gone = enter('/m/0');
    gone.leave();
    const [one, two] = [enter('/m/1'), enter('/m/2')];
    expect([one, two, one, two].map(isStruck)).toEqual([true, true, false, false]);
    const late = enter('/m/3');
    expect(isStruck(late)).toBe(false);
    one.leave();
    two.leave();
    expect([late, late, late, lobby].map(isStruck)).toEqual([true, true, false, true]);
  });

  it('strikes the first connections only, if told so', () => {
    const ledger = createLedger();
    const results = [1, 2, 3].map(() => struck({ at: 2, connections: 2, ...always }, { ledger }));
    expect(results).toEqual([[2], [2], []]);
  });

  it('spends nothing on a frame that cannot be struck', () => {
    const visit = createLedger().enter('match', '/m');
    const strikes = createStrikes([{ kind: 'duplicate', every: 1 }], visit, 's');
    const ask = (fits: boolean) =>
      strikes.atFrame({ direction: 'down', type: () => null, accepts: () => fits }).length;
    expect([ask(false), ask(true), ask(true)]).toEqual([0, 1, 0]);
  });

  it('lets one fault end a connection, and keeps the next one for the next', () => {
    const ledger = createLedger();
    const kinds = [1, 2, 3].map(() => {
      const strikes = createStrikes(
        [{ kind: 'drop' }, { kind: 'close' }, { kind: 'pings', ...always }],
        ledger.enter('match', '/m'),
        's',
      );
      return strikes
        .atFrame({ direction: 'down', type: () => null, accepts: () => true })
        .map(({ fault }) => fault.kind);
    });
    expect(kinds).toEqual([['drop', 'pings'], ['close', 'pings'], ['pings']]);
  });

  it('refuses the n-th connections of a path', () => {
    const ledger = createLedger();
    const faults: ChaosFault[] = [
      { kind: 'refuse', at: 1, status: 500 },
      { kind: 'refuse', every: 2, times: Infinity, status: 503 },
    ];
    const refused = [1, 2, 3, 4].map(
      () => createStrikes(faults, ledger.enter('match', '/m'), 's').atUpgrade()?.number ?? 0,
    );
    expect(refused).toEqual([1, 2, 0, 2]);
  });
});

describe('chance', () => {
  const types = Array.from({ length: 200 }, () => 'a');
  const fault = { chance: 0.3, ...always };
  const draw = (ledger: Ledger, path: string, seed = 's') => struck(fault, { ledger, path, types, seed });

  it('falls the same for the same seed, whatever other connections did in between', () => {
    const first = createLedger();
    const alone = [draw(first, '/m/1'), draw(first, '/m/1')];
    const second = createLedger();
    const [one, , , two] = [
      draw(second, '/m/other name'),
      draw(second, '/m/2'),
      draw(second, '/ws/external/bot/b'),
      draw(second, '/m/other name'),
    ];
    expect([one, two]).toEqual(alone);
    expect(alone[0]?.length).toBeGreaterThan(30);
    expect(alone[0]?.length).toBeLessThan(90);
  });

  it('falls differently for another seed, path or connection', () => {
    const ledger = createLedger();
    const draws = [
      draw(ledger, '/m/1'),
      draw(ledger, '/m/1'),
      draw(ledger, '/m/2'),
      draw(createLedger(), '/m/1', 't'),
    ];
    expect(new Set(draws.map(String)).size).toBe(4);
  });
});
