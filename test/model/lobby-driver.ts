/** Makes what a path of the lobby model says happen to a real agent, by the hand of a server, a caller and a clock. */
import { deepStrictEqual } from 'node:assert/strict';
import { expect } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import type { LobbyContext, LobbyEvent, LobbyOutput } from '../../src/machines/lobby.js';
import type { MatchActor } from '../../src/machines/match.js';
import type { LobbySocketCommand } from '../../src/machines/ports.js';
import type { RetryPolicy } from '../../src/machines/retry.js';
import { lobbyVariants } from '../../src/testing/lobby-model.js';
import { type ModelCase, type ModelState, modelRandom } from '../../src/testing/model.js';
import type { ModelPath } from '../../src/testing/paths.js';
import { deferred } from '../kit/bot-seat.js';
import { nextEntry } from './machine-log.js';
import { type RealWorld, startRealAgent } from './real-agent.js';
import type { Line } from './stage.js';

const factsOf = (context: LobbyContext, nameOf = (matchId: string) => matchId) => {
  const { attempt, reached, live, completedIds, abandonedIds, completed, abandoned, ignoredFrames } = context;
  return {
    attempt,
    reached,
    live: Object.keys(live),
    completedIds: Object.values(completedIds).flat().map(nameOf),
    abandonedIds: Object.values(abandonedIds).flat().map(nameOf),
    completed,
    abandoned,
    ignoredFrames,
    endReason: context.endReason,
    fault: context.fault?.code ?? null,
  };
};

const letterOf = (name: string): 'a' | 'b' => (/\bb\b/.test(name) ? 'b' : 'a');

/**
 * Plays a path on real sockets: after each step the real machine must be where the model is, on the same way, and
 * must have sent the same frames; how the session ends must be as the model says.
 */
export async function playLobbyForReal(path: ModelPath, world: RealWorld): Promise<void> {
  const { stage } = world;
  const names = path.steps.map((step) => step.case.name);
  const input = lobbyVariants[path.variant as keyof typeof lobbyVariants]({
    now: Date.now,
    random: modelRandom,
  });
  const aborted = new AbortController();
  const bots: ReturnType<typeof deferred<{ decide: () => Action }>>[] = [];
  const { clock, log, results, ends, agent } = startRealAgent(
    'lobby',
    () => {
      const bot = deferred<{ decide: () => Action }>();
      bots.push(bot);
      return bot.promise;
    },
    {
      retryPolicy: input.retryPolicy as RetryPolicy,
      lobbyRefusedMs: input.lobbyRefusedMs,
      startAway: typeof input.awayWhy === 'string',
      ...(typeof input.maxMatches === 'number' && { maxMatches: input.maxMatches }),
      safeMode: !names.some((name) => name.startsWith('the bot failed')),
      signal: aborted.signal,
    },
    world,
  );

  const lines: { line: Line; frames: number }[] = [];
  const current = (): Line => {
    const line = lines.at(-1)?.line;
    if (line === undefined) throw new Error('There is no connection.');
    return line;
  };
  let stops = 0;

  /** The child that plays a match. */
  const childOf = ({ snapshot }: ModelState, matchId: string): MatchActor => {
    const { live } = snapshot.context as LobbyContext;
    const slot = Object.entries(live).find(([, match]) => match.matchId === matchId)?.[0] ?? '';
    const children = agent.actor.getSnapshot().children as Record<string, MatchActor | undefined>;
    const child = children[slot];
    if (child === undefined) throw new Error(`Nobody plays ${matchId}.`);
    return child;
  };

  /** `bots` has one for each match that was ever seated, in that order. */
  const botOf = (state: ModelState, matchId: string) => {
    const { live } = state.snapshot.context as LobbyContext;
    const place = Object.values(live).findIndex((match) => match.matchId === matchId);
    return bots.at(place - Object.keys(live).length);
  };

  async function happen({ name, event, waitMs = 0 }: ModelCase, state: ModelState): Promise<void> {
    const matchId = letterOf(name);
    switch (event.type) {
      case 'socket.opened':
        lines.push({ line: (await stage.dial('/bot/b1')).accept(), frames: 0 });
        return;
      case 'socket.closed':
        if (state.snapshot.matches('connecting')) {
          const dial = await stage.dial('/bot/b1');
          if (name === 'refused') dial.refuse(403);
          else dial.drop();
        } else if (event.code === 1006) current().drop();
        else current().close(event.code, event.reason);
        return;
      case 'frame.ignored':
        current().sayText('no JSON');
        return;
      case 'agent.stop':
        stops += 1;
        // A second call would cut: only a signal asks again.
        if (stops === 1) void agent.stop({ graceMs: event.graceMs });
        else aborted.abort();
        return;
      case 'lobby.leave':
        agent.leaveLobby(event.message);
        return;
      case 'lobby.enter':
        agent.enterLobby();
        return;
      case 'agent.unfit':
      case 'agent.handedOver':
      case 'matches.elsewhere':
      case 'match.freed':
        agent.actor.send(event as unknown as LobbyEvent);
        return;
      case 'agent.cut':
        void agent.stop({ graceMs: 0 });
        return;
      default:
    }
    if (event.type.startsWith('frame.')) current().say(event.frame);
    else if (event.type.startsWith('xstate.after.')) clock.advance(waitMs);
    else if (name.startsWith('the bot failed')) botOf(state, matchId)?.reject(new Error('failed'));
    else {
      // A match is dialed when its bot is made.
      botOf(state, matchId)?.resolve({ decide: () => Action.check() });
      const dial = await stage.dial(`/match/${matchId}/`);
      const seat = dial.accept();
      await seat.heard.next();
      if (name.endsWith('abandoned')) {
        seat.close(4001, 'refused');
        return;
      }
      if (name.endsWith('broke')) {
        childOf(state, matchId).send({ type: 'frame.hello', frame: undefined as never });
        return;
      }
      seat.say({ type: 'hello', match_id: matchId, selected_version: '1.0' });
      seat.say({ type: 'match_end', match_id: matchId, reason: 'complete' });
    }
  }

  async function compare(expected: ModelState, step: ModelCase | null): Promise<void> {
    const event = step?.event.type ?? 'xstate.init';
    const entry = await nextEntry(log, event);
    const { snapshot, taken, sent } = expected;
    const { status, value } = snapshot;
    deepStrictEqual(
      { ...entry, context: factsOf(entry.context as LobbyContext, stage.nameOf) },
      { event, status, value, taken, context: factsOf(snapshot.context as LobbyContext) },
    );
    for (const command of sent
      .filter(({ to }) => to === 'socket')
      .map((one) => one.event as LobbySocketCommand)) {
      const line = lines.at(-1);
      if (line === undefined) continue;
      if (command.type === 'socket.authenticate') {
        deepStrictEqual(await line.line.heard.next(), { type: 'authenticate', token: stage.token });
      } else if (command.type === 'socket.send') {
        deepStrictEqual(await line.line.heard.next(), command.frame);
      } else continue;
      line.frames += 1;
    }
  }

  void agent.start();
  try {
    await compare(path.start, null);
    let before = path.start;
    for (const step of path.steps) {
      await happen(step.case, before);
      await compare(step.state, step.case);
      before = step.state;
    }
    const { status, output } = before.snapshot as { status: string; output?: LobbyOutput };
    if (status === 'done' && output !== undefined) {
      const { reason, completed, abandoned, fault } = await ends.next();
      deepStrictEqual(
        { reason, completed, abandoned, fault: fault?.code ?? null },
        {
          reason: output.reason,
          completed: output.completed,
          abandoned: output.abandoned,
          fault: output.fault?.code ?? null,
        },
      );
      deepStrictEqual(
        await agent.done.then(
          () => null,
          ({ code }: { code: string }) => code,
        ),
        output.fault?.code ?? null,
      );
    }
  } finally {
    await Promise.all([agent.stop(), agent.stop()]);
  }
  // Every match that was seated has one result.
  deepStrictEqual(results.all.length, bots.length);
  await Promise.all(lines.map(({ line }) => line.gone));
  deepStrictEqual(
    lines.map(({ line }) => line.heard.all.length),
    lines.map(({ frames }) => frames),
  );
  await stage.close();
  await expect.poll(() => clock.pending(), { interval: 1 }).toBe(0);
}
