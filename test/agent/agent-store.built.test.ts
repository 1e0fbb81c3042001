/** What bots keep in their store, over matches and sessions, wherever they play. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bot } from '../../src/bot/bot.js';
import { Action } from '../../src/holdem/action.js';
import { createStoreHub } from '../../src/store/store-hub.js';
import { startAgent } from '../kit/agent.js';
import { createBotFolder } from '../kit/bot-folder.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';

const body = `
  constructor() { this.found = this.store?.get?.('matches') ?? 'none'; }
  onMatchStart() { this.store.add('matches', 1); this.store.set('seen at start', this.found ?? 'none'); }
  decide(state) { this.store.add('turns', 1); return passive(state); }
`;

async function play(
  bot: Parameters<typeof startAgent>[0],
  options: Parameters<typeof startAgent>[2],
  matches = 1,
) {
  const { sandbox } = await openPlatform({ maxHands: 3 });
  const { botId, lobbyUrl, token } = sandbox.addBot();
  const { done, events } = startAgent(bot, { lobbyUrl, token }, { ...options, maxMatches: matches });
  await events.next('lobby.listening');
  for (let count = 0; count < matches; count += 1) {
    const { matchId } = await sandbox.dispatch(botId);
    await sandbox.result(matchId);
  }
  return { results: await done, events };
}

/** What the file of a store holds. */
async function keptIn(path: string) {
  const hub = createStoreHub({ path });
  await hub.open();
  const entries = Object.fromEntries(hub.store.entries());
  await hub.close();
  return entries;
}

describe.each(['none', 'worker', 'process'] as const)('a bot with isolate %s', (isolate) => {
  it('keeps what it learns for its next match and the next session', async () => {
    const { botFile } = createBotFolder();
    const path = join(makeFolder(), 'store.jsonl');
    const module = { module: botFile(body.replace(/constructor[^\n]*\n/, '')) };
    const first = await play(module, { isolate, store: path }, 2);
    const turns = first.results.reduce((sum, result) => sum + result.turns, 0);
    expect(await keptIn(path)).toMatchObject({ matches: 2, turns });
    const second = await play(module, { isolate, store: path });
    expect(await keptIn(path)).toMatchObject({ matches: 3, turns: turns + (second.results[0]?.turns ?? 0) });
    expect(first.events.all.filter(({ type }) => type === 'config.warning' || type === 'bot.failed')).toEqual(
      [],
    );
  });
});

class Keeper extends Bot {
  readonly found = this.store.get('matches') ?? 0;

  override onMatchStart() {
    this.store.add('matches', 1);
    this.store.set('found', this.found);
  }

  decide() {
    return Action.fold();
  }
}

describe('a bot of a class', () => {
  it('has its store in the constructor', async () => {
    const path = join(makeFolder(), 'store.jsonl');
    await play(Keeper, { store: path }, 2);
    expect(await keptIn(path)).toEqual({ matches: 2, found: 1 });
    // Nothing but the store was written.
    expect(readFileSync(path, 'utf8')).not.toContain('cz_');
  });

  it('has one of its own where nobody hosts it, and shares none', () => {
    const [one, two] = [new Keeper(), new Keeper()];
    one.onMatchStart();
    expect([one.store.get('matches'), two.store.get('matches')]).toEqual([1, undefined]);
  });

  it('may have something else by this name', async () => {
    class Own extends Keeper {
      // @ts-expect-error A field of another type is the author's own business at run time.
      override store = new Map();
      override onMatchStart() {
        this.store.set('a', 1);
      }
    }
    const { results } = await play(Own, {});
    expect(results[0]?.outcome).toBe('completed');
  });

  it('is told that nothing is kept where there is no file', async () => {
    const { events } = await play(Keeper, {}, 2);
    const warnings = events.all.filter(({ type }) => type === 'config.warning');
    expect(warnings).toMatchObject([{ message: expect.stringContaining('ends with this session') }]);
  });
});

it('a store that another agent has ends the session before it dials', async () => {
  const path = join(makeFolder(), 'store.jsonl');
  const hub = createStoreHub({ path });
  await hub.open();
  const { sandbox } = await openPlatform();
  const { done, events } = startAgent(Keeper, sandbox.addBot(), { store: path });
  await expect(done).rejects.toMatchObject({ code: 'bad_option', option: 'store' });
  expect(events.types()).not.toContain('lobby.connecting');
  await hub.close();
});

it('a bot at workers has the store of its worker', () => {
  expect(() =>
    startAgent(
      { nats: 'nats://127.0.0.1:4222' },
      { lobbyUrl: 'ws://127.0.0.1:1/ws/external/bot/b', token: 'cz_extbot_0123456789abcdefghijABCDEFGHIJ' },
      { store: 'x' },
    ),
  ).toThrow(/store of its worker/);
});
