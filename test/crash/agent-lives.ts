/** An agent that is killed again and again while it plays, each time in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../src/chance/random.js';
import type { MatchEnd } from '../../src/protocol/frames.js';
import { createSandbox, type MatchSummary, type SandboxEvent } from '../../src/sandbox/index.js';
import { shortGame } from '../kit/short-game.js';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const bot = fileURLToPath(new URL('./caller.mjs', import.meta.url));

const defaults = {
  atOnce: 2,
  /** Lines of a life before it is killed, at most. */
  maxLinesOfALife: 80,
  maxHands: 25,
} as const;

export interface Report {
  type: string;
  result?: { matchId: string; outcome: string; end: MatchEnd | null };
}

/** One process from its start to its end. */
export interface Life {
  readonly reports: Report[];
  wasKilled: boolean;
}

export interface Ended {
  end: MatchEnd;
  /** The number of the life that was there. */
  life: number;
}

export interface Account {
  lives: Life[];
  /** As the platform has it, by match. */
  ended: ReadonlyMap<string, Ended>;
  /** Turns that the platform played. */
  substituted: number;
  matches: MatchSummary[];
}

/** Plays `matches` matches, and kills the agent `kills` times on the way, at lines drawn from the seed. */
export async function liveAndDie(options: {
  seed: string;
  matches: number;
  kills: number;
}): Promise<Account> {
  const random = createRandom(`crash:${options.seed}`);
  const lives: Life[] = [];
  const ended = new Map<string, Ended>();
  let substituted = 0;
  const platform = await createSandbox({
    port: 0,
    seed: options.seed,
    speed: 0,
    ...shortGame,
    maxHands: defaults.maxHands,
    // Each death costs one.
    maxReconnects: options.kills + 1,
    onEvent(event: SandboxEvent) {
      if (event.type === 'turn.substituted') substituted += 1;
      if (event.type === 'match.ended') ended.set(event.matchId, { end: event.end, life: lives.length - 1 });
    },
  });
  const { botId, token, lobbyUrl } = platform.addBot();

  let left = options.matches;
  const playSome = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { matchId } = await platform.dispatch(botId, { opponent: 'random' });
      await platform.result(matchId);
    }
  };
  const all = Promise.all(Array.from({ length: defaults.atOnce }, playSome));

  function begin(onReport: (life: Life, child: ChildProcess) => void): {
    child: ChildProcess;
    over: Promise<unknown>;
  } {
    const child = spawn(process.execPath, [program, 'run', bot, '--json'], {
      env: { ...process.env, CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const life: Life = { reports: [], wasKilled: false };
    lives.push(life);
    createInterface({ input: child.stdout }).on('line', (line) => {
      life.reports.push(JSON.parse(line) as Report);
      onReport(life, child);
    });
    return { child, over: once(child, 'close') };
  }

  for (let kill = 0; kill < options.kills; kill += 1) {
    const lines = 1 + Math.floor(random() * defaults.maxLinesOfALife);
    const { child, over } = begin((life) => {
      if (life.reports.length !== lines) return;
      life.wasKilled = true;
      child.kill('SIGKILL');
    });
    await Promise.race([over, all]);
    if (ended.size === options.matches) {
      child.kill('SIGINT');
      await over;
      break;
    }
  }
  if (ended.size < options.matches) {
    const { child, over } = begin(() => undefined);
    await all;
    child.kill('SIGINT');
    await over;
  }
  const summaries = platform.matches();
  await platform.close();
  return { lives, ended, substituted, matches: summaries };
}

/** What is wrong with an account; nothing when all is well. */
export function findings({ lives, ended, substituted }: Account): string[] {
  const found: string[] = [];
  if (substituted > 0) found.push(`The platform played ${substituted} turns.`);
  const told = lives.flatMap(({ reports }) =>
    reports.flatMap(({ type, result }) => (type === 'match.ended' && result?.end ? [result] : [])),
  );
  for (const [matchId, { end, life }] of ended) {
    const reports = told.filter((result) => result.matchId === matchId);
    if (end.reason !== 'complete' || end.forfeit_seat !== undefined)
      found.push(`${matchId} was not played out.`);
    if (reports.length > 1) found.push(`${matchId} was reported ${reports.length} times.`);
    // Who is killed between the last frame and its report cannot tell any more; nobody else was there.
    if (reports.length === 0 && lives[life]?.wasKilled !== true) found.push(`${matchId} was never reported.`);
    for (const report of reports) {
      if (JSON.stringify(report.end?.results) !== JSON.stringify(end.results)) {
        found.push(`${matchId} was reported with another result than the platform's.`);
      }
    }
  }
  for (const { matchId } of told)
    if (!ended.has(matchId)) found.push(`${matchId} was reported and did not end.`);
  return found;
}
