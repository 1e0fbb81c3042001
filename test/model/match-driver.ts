/** Makes what a path of the match model says happen to a real agent, by the hand of a server, a bot and a clock. */
import { deepStrictEqual } from 'node:assert/strict';
import { expect } from 'vitest';
import type { MatchContext, MatchOutput } from '../../src/machines/match.js';
import type { MatchSocketCommand } from '../../src/machines/ports.js';
import type { RetryPolicy } from '../../src/machines/retry.js';
import { matchFacts } from '../../src/testing/match-cases.js';
import { matchVariants } from '../../src/testing/match-model.js';
import { type ModelCase, type ModelState, modelRandom } from '../../src/testing/model.js';
import type { ModelPath } from '../../src/testing/paths.js';
import { say } from '../kit/scripted-platform.js';
import { nextEntry } from './machine-log.js';
import { puppetBot } from './puppet-bot.js';
import { type RealWorld, startRealAgent } from './real-agent.js';
import type { Line, Stage } from './stage.js';

/** What of a match's memory can be compared: no times, no texts. */
const countsOf = ({ seat, attempt, tally: { latency: _latency, hand: _hand, ...counts } }: MatchContext) => ({
  seat,
  attempt,
  ...counts,
});

const resultOf = ({ result, fault }: MatchOutput, { isExact, nameOf }: Stage) => {
  const { latencyMs: _latency, startedAt: _start, endedAt: _end, detail: _detail, ...comparable } = result;
  const { end: _frame, netChips: _chips, participantId: _seat, ...counts } = comparable;
  const matchId = nameOf(result.matchId);
  return { ...(isExact ? comparable : counts), matchId, fault: fault?.code ?? null };
};

/** More than a client frame may have. */
const hugeAnswer = { action: 'call', params: { note: 'x'.repeat(5_000) } };

/**
 * Plays a path on real sockets: after each step the real machine must be where the model is, on the same way, and
 * must have sent the same frames; the result at the end must be the model's.
 */
export async function playMatchForReal(path: ModelPath, world: RealWorld): Promise<void> {
  const { stage } = world;
  const names = path.steps.map((step) => step.case.name);
  const variant = matchVariants[path.variant as keyof typeof matchVariants]({
    now: Date.now,
    random: modelRandom,
  });
  const bot = puppetBot({
    slowHook: names.includes('hook slow'),
    stubborn: names.includes('r1 late'),
    slowToEnd: true,
    nameOf: stage.nameOf,
    atOnce: names.includes('r1 decided after its clock')
      ? () => {
          real.clock.block(matchFacts.turnMs);
          return { action: 'call' };
        }
      : undefined,
  });
  const real = startRealAgent(
    'match',
    bot.source,
    {
      retryPolicy: variant.retryPolicy as RetryPolicy,
      safeMode: variant.safeMode ?? true,
      clientName: variant.clientName,
      clientVersion: variant.clientVersion,
      ...(variant.supportedGames && { supportedGames: [...variant.supportedGames] }),
    },
    world,
  );
  const { clock, log, results, agent } = real;

  const lines: { line: Line; frames: number }[] = [];
  const current = (): Line => {
    const line = lines.at(-1)?.line;
    if (line === undefined) throw new Error('There is no connection.');
    return line;
  };

  async function happen(
    { name, event, waitMs = 0 }: ModelCase,
    index: number,
    state: ModelState,
  ): Promise<void> {
    switch (event.type) {
      case 'socket.opened':
        lines.push({ line: (await stage.dial('/match/m1/')).accept(), frames: 0 });
        return;
      case 'socket.closed': {
        const isDialing = JSON.stringify(state.snapshot.value).includes('dialing');
        if (isDialing) {
          const dial = await stage.dial('/match/m1/');
          if (name === 'seat refused') dial.refuse(401);
          else dial.drop();
        } else if (event.code === 1006) current().drop();
        else current().close(event.code, event.reason);
        return;
      }
      case 'match.announced':
        lobby.say(say.matched('m1', { gateway_ws_url: new URL(matchFacts.otherGatewayUrl).pathname }));
        return;
      case 'match.cut':
        void agent.stop({ graceMs: 0 });
        return;
      case 'frame.ignored':
        current().sayText('no JSON');
        return;
      case 'frame.hello':
        // Only a table of another game takes answers of any size from the bot.
        current().say({
          ...event.frame,
          ...(names.includes('answer too large') && { game: { name: 'other' }, ...event.frame }),
        });
        return;
      case 'bot.decided': {
        if (name === 'r1 decided after its clock') {
          clock.advance(0);
          return;
        }
        const thought = await bot.thought(event.requestId);
        if (names[index + 1] === 'answer too large') thought.resolve(hugeAnswer);
        else thought.resolve(event.correction === undefined ? event.answer : event.correction.asked);
        return;
      }
      case 'bot.failed': {
        if (name === 'r1 failed') (await bot.thought('r1')).reject(event.error);
        else if (state.snapshot.matches({ playing: 'settling' })) bot.end.reject(event.error);
        else bot.create.reject(event.error);
        return;
      }
      case 'bot.ready':
        bot.create.resolve(undefined);
        return;
      case 'bot.overdue':
        clock.advance((bot.deadlineOf('r1') ?? 0) - clock.now());
        return;
      case 'bot.late':
        (await bot.thought('r1')).resolve({ action: 'call' });
        return;
      case 'bot.slow':
        clock.advance(event.waitedMs);
        return;
      case 'bot.finished':
        bot.end.resolve(undefined);
        return;
      case 'socket.refused':
        return;
      default:
        if (event.type.startsWith('frame.')) current().say(event.frame);
        else clock.advance(waitMs);
    }
  }

  async function compare(
    expected: ModelState,
    step: ModelCase | null,
    next: string | undefined,
  ): Promise<void> {
    const entry = await nextEntry(log, step?.event.type ?? 'xstate.init');
    const { snapshot, taken, sent } = expected;
    deepStrictEqual(
      { ...entry, context: countsOf(entry.context as MatchContext) },
      {
        event: step?.event.type ?? 'xstate.init',
        status: snapshot.status,
        value: snapshot.value,
        taken,
        context: countsOf(snapshot.context as MatchContext),
      },
    );
    for (const { to, event } of sent) {
      if (to !== 'socket' || next === 'answer too large') continue;
      const command = event as MatchSocketCommand;
      const line = lines.at(-1);
      if (command.type === 'socket.authenticate') {
        deepStrictEqual(await line?.line.heard.next(), { type: 'authenticate', match_id: 'm1', token: '' });
      } else if (command.type === 'socket.send') {
        deepStrictEqual(await line?.line.heard.next(), command.frame);
      } else continue;
      if (line !== undefined) line.frames += 1;
    }
  }

  void agent.start();
  const lobby = (await stage.dial('/bot/b1')).accept();
  try {
    await lobby.heard.next();
    lobby.say({ type: 'hello', endpoint: 'lobby' });
    lobby.say(say.matched('m1', { resume: variant.resume ?? false }));
    await compare(path.start, null, names[0]);
    let before = path.start;
    for (const [index, step] of path.steps.entries()) {
      await happen(step.case, index, before);
      await compare(step.state, step.case, names[index + 1]);
      before = step.state;
    }
    const { status, output } = before.snapshot as { status: string; output?: MatchOutput };
    if (status === 'done' && output !== undefined) {
      const result = await results.next();
      deepStrictEqual(resultOf({ result, fault: output.fault }, stage), resultOf(output, stage));
    }
  } finally {
    bot.end.resolve(undefined);
    await Promise.all([agent.stop(), agent.stop()]);
  }
  // One result, whatever happened, and no frame too many.
  deepStrictEqual(results.all.length, 1);
  await Promise.all(lines.map(({ line }) => line.gone));
  deepStrictEqual(
    lines.map(({ line }) => line.heard.all.length),
    lines.map(({ frames }) => frames),
  );
  await stage.close();
  await expect.poll(() => clock.pending(), { interval: 1 }).toBe(0);
}
