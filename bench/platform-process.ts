/** Starts the platform's process and speaks with it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Command, Lineup, PlatformReport, PlatformSetup } from './platform-messages.js';

export interface PlatformProcess {
  readonly url: string;
  readonly bots: readonly { botId: string; token: string; lobbyUrl: string }[];
  /** Resolves when every match is under way. */
  play(lineups: readonly Lineup[], isEndless?: boolean): Promise<void>;
  /** Resolves when the matches of `play` are over. */
  idle(): Promise<void>;
  reset(): Promise<void>;
  report(): Promise<PlatformReport>;
  close(): Promise<void>;
}

export async function startPlatform(setup: PlatformSetup): Promise<PlatformProcess> {
  const child = fork(fileURLToPath(new URL('./platform.ts', import.meta.url)), {
    execArgv: ['--import', import.meta.resolve('jiti/register'), ...profiling()],
    env: { ...process.env, JITI_TRY_NATIVE: '1' },
  });
  const exited = once(child, 'exit');

  function heard<T extends Answer['type']>(type: T): Promise<Extract<Answer, { type: T }>> {
    return new Promise((resolve, reject) => {
      const onMessage = (answer: Answer) => {
        if (answer.type !== type) return;
        stop();
        resolve(answer as Extract<Answer, { type: T }>);
      };
      const onExit = () => {
        stop();
        reject(new Error('The platform ended.'));
      };
      const stop = () => child.off('message', onMessage).off('exit', onExit);
      child.on('message', onMessage).on('exit', onExit);
    });
  }

  function ask<T extends Answer['type']>(command: Command, type: T): Promise<Extract<Answer, { type: T }>> {
    const answer = heard(type);
    child.send(command);
    return answer;
  }

  const { url, bots } = await ask({ type: 'open', setup }, 'opened');
  return {
    url,
    bots,
    async play(lineups, isEndless = false) {
      await ask({ type: 'play', lineups, isEndless }, 'playing');
    },
    async idle() {
      await heard('idle');
    },
    async reset() {
      await ask({ type: 'reset' }, 'reset');
    },
    report: async () => (await ask({ type: 'report' }, 'report')).report,
    async close() {
      child.disconnect();
      await exited;
    },
  };
}

/** Where the profile of the platform goes is up to whoever wants one. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
