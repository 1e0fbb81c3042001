/** A program that uses every entry of the package: what it is compiled with, and that it compiles, is the test. */
import {
  Action,
  Bot,
  createAgent,
  type GameState,
  type MatchResult,
  runExternalBot,
  type Turn,
} from 'chipzen-agent';
import { runArena } from 'chipzen-agent/arena';
import { createChaosProxy, profiles } from 'chipzen-agent/chaos';
import { checkBot } from 'chipzen-agent/check';
import { createDashboard, createSandboxDashboard } from 'chipzen-agent/dashboard';
import { createDeck, createTable, rankHand, viewOf } from 'chipzen-agent/holdem';
import { createInspectorBridge } from 'chipzen-agent/inspect';
import { createLogger, defineBot, defineLobbySocket, defineReporter, logEvents } from 'chipzen-agent/io';
import { extendLobby, lobbyMachine, matchMachine } from 'chipzen-agent/machines';
import { createPlatformClient, PlatformRefusedError } from 'chipzen-agent/platform';
import { createProfileBook } from 'chipzen-agent/profiles';
import { replayFiles } from 'chipzen-agent/replay';
import { createSandbox } from 'chipzen-agent/sandbox';
import { chartCoverage, createVirtualClock, edgePaths, lobbyModel, playPath } from 'chipzen-agent/testing';
import { createActor, toPromise } from 'xstate';

export class PairBot extends Bot {
  private hands = 0;

  override onRoundStart(): void {
    this.hands += 1;
  }

  override async decide(state: GameState, turn: Turn): Promise<Action> {
    turn.propose(Action.fold());
    if (turn.signal.aborted) return Action.fold();
    const [first, second] = state.holeCards;
    if (first?.rank === second?.rank && state.validActions.includes('raise'))
      return Action.raiseTo(state.minRaise);
    return state.validActions.includes('check') ? Action.check() : Action.call();
  }
}

/** What the sessions below report. */
export const sessionLines: string[] = [];

export async function playAtHome(): Promise<MatchResult[]> {
  const sandbox = await createSandbox({ seed: 'consumer', maxHands: 2 });
  const { token, lobbyUrl } = sandbox.addBot({ name: 'me' });
  const agent = createAgent(PairBot, { url: lobbyUrl, token, maxMatches: 1, config: null });
  agent.on((event) => {
    if (event.type === 'match.ended') sessionLines.push(`${event.result.netChips} at ${event.at}`);
  });
  agent.on(logEvents(createLogger({ level: 'warn', destination: { write: () => undefined } })));
  const page = await createDashboard(agent, { controls: { stop: () => void agent.stop() } });
  const tables = await createSandboxDashboard(sandbox);
  const bridge = await createInspectorBridge({ hideCards: true });
  bridge.attach(agent.actor);
  const proxy = await createChaosProxy({
    target: sandbox.url,
    chaos: profiles[0] ?? { name: 'none', faults: [] },
  });
  sandbox.control.sendLobby('bot', new Uint8Array([1]));
  const results = await agent.start();
  await Promise.all([page.close(), tables.close(), bridge.close(), proxy.close(), sandbox.close()]);
  return results;
}

export async function playOnThePlatform(signal: AbortSignal): Promise<number | undefined> {
  const bot = { module: new URL('./bot.js', 'file:///home/'), export: 'PairBot' };
  const [result] = await runExternalBot(bot, { botId: 'me', maxMatches: 1, isolate: 'worker', signal });
  return result?.netChips ?? undefined;
}

export async function askTheQueue(): Promise<string> {
  const client = createPlatformClient({ lobbyUrl: 'wss://example.org/ws/external/bot/me', token: 'x' });
  try {
    const { status } = await client.queue.status();
    return status;
  } catch (error) {
    return error instanceof PlatformRefusedError ? error.code : 'other';
  }
}

export function dealAHand(): string {
  const table = createTable({ seats: 2, startingStack: 100, smallBlind: 1, bigBlind: 2, seed: 'a' });
  table.startHand();
  const { turn } = table;
  if (turn !== null) table.act({ action: 'fold' });
  return `${turn === null ? 0 : viewOf(turn, 0).pot} ${rankHand(createDeck('a').cards.slice(0, 7)).name}`;
}

export async function startTheMachines(): Promise<string> {
  const times = { now: Date.now, wallNow: Date.now };
  const reporter = defineReporter([(event) => sessionLines.push(event.type)], times);
  const lobby = createActor(
    lobbyMachine.provide({
      actors: {
        reporter,
        lobbySocket: defineLobbySocket({ token: 'x', userAgent: 'me/1' }),
        match: matchMachine.provide({ actors: { reporter, bot: defineBot(PairBot, times) } }),
      },
    }),
    { input: { lobbyUrl: 'ws://127.0.0.1:1/', maxMatches: 1, now: Date.now, random: Math.random } },
  );
  lobby.start();
  const { reason } = await toPromise(lobby);
  return reason;
}

export function testTheChart(): void {
  const { setup, chart } = extendLobby<{ type: 'agent.pause' }>();
  const machine = setup.createMachine({
    ...chart,
    on: { ...chart.on, 'agent.pause': { actions: 'hangUp' } },
  });
  const model = lobbyModel({ machine });
  const coverage = chartCoverage(machine);
  for (const path of edgePaths(model)) playPath(model, path, { inspect: coverage.inspect });
  createVirtualClock().advance(1);
  coverage.assertComplete();
}

export async function replayIt(): Promise<boolean> {
  const { passed, counts } = await replayFiles({ module: 'my-bot.ts' }, ['matches'], { repeat: 2 });
  return passed && counts.changed === 0;
}

export async function compareThem(): Promise<boolean> {
  const { pairings } = await runArena({ bots: ['random', PairBot], deals: 100, until: 'better' });
  return pairings.every(({ contrasts }) => contrasts.every(({ verdict }) => verdict.outcome === 'better'));
}

export async function checkIt(): Promise<boolean> {
  const report = await checkBot({ module: 'my-bot.ts' });
  return report.passed;
}

export function countThem(): number | null {
  const { hands, shares } = createProfileBook().profile('dogwood');
  return hands === 0 ? null : shares.vpip.rate;
}
