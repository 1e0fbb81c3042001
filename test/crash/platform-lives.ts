/** A platform that is killed again and again while an agent plays on it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAgent } from '../../src/agent/agent.js';
import { createRandom } from '../../src/chance/random.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import type { MatchEnd } from '../../src/protocol/frames.js';
import type { MatchResult } from '../../src/protocol/results.js';
import { shortGame } from '../kit/short-game.js';

const program = fileURLToPath(new URL('./platform.mjs', import.meta.url));
const maxTurnsOfALife = 30;

interface Ready {
  type: 'ready';
  port: number;
  token: string;
  lobbyUrl: string;
  /** Matches that are not over. */
  live: string[];
}

type Message =
  | Ready
  | { type: 'ended'; matchId: string; end: MatchEnd }
  | { type: 'hand'; matchId: string; hand: number }
  | { type: 'substituted' }
  | { type: 'turn' };

export interface PlatformAccount {
  results: readonly MatchResult[];
  /** What the lives of the platform said, in their order. */
  ended: { matchId: string; end: MatchEnd }[];
  /** Hands that the platform said were played, in the order of its words. */
  hands: string[];
  /** Matches that a life of the platform went on with, though it had said before that they were over. */
  revived: string[];
  substituted: number;
  kills: number;
  /** Decisions that the bot was asked for, by their id. */
  asked: readonly string[];
}

/** Lets `matches` matches be played one after the other, and kills the platform `kills` times, at turns of the seed. */
export async function killPlatform(options: {
  seed: string;
  matches: number;
  kills: number;
}): Promise<PlatformAccount> {
  const random = createRandom(`platform:${options.seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-crash-'));
  const state = join(folder, 'state.jsonl');
  const account = {
    results: [] as MatchResult[],
    ended: [] as PlatformAccount['ended'],
    hands: [] as string[],
    revived: [] as string[],
    substituted: 0,
    kills: 0,
    asked: [] as string[],
  };
  let wake = (): void => undefined;

  async function start(port: number): Promise<{ child: ChildProcess; ready: Ready }> {
    const child = fork(program, [String(port), state, JSON.stringify(shortGame)], { execArgv: [] });
    let turnsLeft = account.kills < options.kills ? 1 + Math.floor(random() * maxTurnsOfALife) : Infinity;
    const ready = await new Promise<Ready | null>((resolve, reject) => {
      child.once('exit', () => {
        // A match that goes on may have a turn before the platform is ready.
        if (child.killed) resolve(null);
        else reject(new Error('The platform did not start.'));
      });
      child.on('message', (message: Message) => {
        if (message.type === 'ready') {
          const isOver = (id: string) => account.ended.some(({ matchId }) => matchId === id);
          account.revived.push(...message.live.filter(isOver));
          resolve(message);
        }
        if (message.type === 'hand') account.hands.push(`hand ${message.hand} of ${message.matchId}`);
        if (message.type === 'ended') account.ended.push(message);
        if (message.type === 'substituted') account.substituted += 1;
        if (message.type === 'turn') turnsLeft -= 1;
        if (turnsLeft > 0 || child.killed) return;
        account.kills += 1;
        child.kill('SIGKILL');
      });
    });
    return ready === null ? start(port) : { child, ready };
  }

  let { child, ready } = await start(0);
  const agent = createAgent(
    {
      decide({ validActions }, { requestId }) {
        account.asked.push(requestId);
        return { action: validActions.includes('check') ? 'check' : 'call' };
      },
    },
    {
      url: ready.lobbyUrl,
      token: ready.token,
      config: null,
      keepResults: 1_000,
      maxMatches: options.matches,
      retryPolicy: new RetryPolicy({ maxReconnectAttempts: Infinity, initialBackoffMs: 5, maxBackoffMs: 20 }),
      onEvent(event) {
        if (event.type === 'match.ended') wake();
      },
    },
    { env: {} },
  );
  const session = agent.start();
  session.then(
    () => wake(),
    () => wake(),
  );

  const over = new AbortController();
  void session.finally(() => over.abort());
  if (ready.live.length === 0) child.send({ type: 'play' });
  while (!over.signal.aborted) {
    const something = new Promise<'woken'>((resolve) => {
      wake = () => resolve('woken');
    });
    const what = await Promise.race([something, once(child, 'exit').then(() => 'dead' as const)]);
    if (over.signal.aborted) break;
    if (what === 'dead') ({ child, ready } = await start(ready.port));
    if (what === 'woken' || ready.live.length === 0) child.send({ type: 'play' });
  }
  account.results.push(...(await session));
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
  rmSync(folder, { recursive: true });
  return account;
}

/** What is wrong with an account; nothing when all is well. */
export function platformFindings(account: PlatformAccount): string[] {
  const { results, ended, hands, revived, substituted, asked } = account;
  const found = revived.map((matchId) => `${matchId} was in play again after its end.`);
  const again = hands.filter((hand, index) => hands.indexOf(hand) < index);
  found.push(...again.map((hand) => `The platform played ${hand} twice.`));
  if (substituted > 0) found.push(`The platform played ${substituted} turns.`);
  const ids = results.map(({ matchId }) => matchId);
  if (new Set(ids).size < ids.length) found.push('A match has two results.');
  if (new Set(asked).size < asked.length) found.push('The bot was asked for a decision twice.');
  for (const { matchId, outcome, end } of results) {
    const told = ended.filter((one) => one.matchId === matchId);
    if (outcome !== 'completed') found.push(`${matchId} is ${outcome}.`);
    // One that was killed between the last frame and its report told the agent all the same.
    if (told.length > 1) found.push(`The platform ended ${matchId} ${told.length} times.`);
    const [first] = told;
    if (first && JSON.stringify(first.end.results?.map(chips)) !== JSON.stringify(end?.results?.map(chips))) {
      found.push(`${matchId} ended otherwise for the platform.`);
    }
  }
  return found;
}

function chips({
  seat,
  net_chips,
  final_stack,
}: {
  seat?: number;
  net_chips?: number;
  final_stack?: number;
}) {
  return [seat, net_chips, final_stack];
}
