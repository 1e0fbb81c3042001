/**
 * What runs in a bot's thread: it loads the bot, and lets it play the match it is seated at. Nothing of the agent is
 * here, above all no token.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { BotEvent } from '../machines/ports.js';
import type { AnyBot, BotSource } from '../poker/bot.js';
import { BadBotError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { writeProposal } from './bot-worker-board.js';
import type { FromThread, Recollection, ThreadData, ToThread } from './bot-worker-messages.js';
import { systemClock, timesOf } from './clock.js';
import { type HostedBot, hostBot } from './hosted-bot.js';
import { loadBot } from './load-bot.js';
import { sealThread } from './session-guard.js';
import { makeBot } from './try-bot.js';

const defaults = {
  /** Errors outside of hooks that are told. */
  maxStrays: 10,
} as const;

if (parentPort === null) throw new Error('This file runs in a thread of an agent.');
const port = parentPort;
const { path, exportName } = workerData as ThreadData;

// A report of the process has its environment in it.
Object.defineProperty(process, 'report', { value: undefined });

/** Not all that a bot throws or keeps can leave its thread. */
function post(message: FromThread, instead: (why: string) => FromThread): void {
  try {
    port.postMessage(message);
  } catch (error) {
    port.postMessage(instead(messageOf(error)));
  }
}

let strays = 0;
function stray(error: unknown): void {
  strays += 1;
  if (strays <= defaults.maxStrays) tell(failure('background', error));
}
process.on('uncaughtException', stray);
process.on('unhandledRejection', stray);

function failure(hook: string, error: unknown): BotEvent {
  return { type: 'bot.failed', hook, message: messageOf(error), error };
}

let player: HostedBot | null = null;

/** It was all told before, by the bot that had this seat. */
let isReliving = false;

function tell(fact: BotEvent): void {
  // The agent keeps the clock.
  if (fact.type === 'bot.overdue') return;
  if (isReliving && (fact.type === 'bot.failed' || fact.type === 'bot.slow')) return;
  post({ type: 'fact', fact }, () => ({
    type: 'fact',
    fact: fact.type === 'bot.failed' ? { ...fact, error: new Error(fact.message) } : fact,
  }));
}

sealThread(path, (refusal) => {
  if (player === null) {
    port.postMessage({ type: 'unfit', message: refusal.message, cause: undefined } satisfies FromThread);
  } else stray(refusal);
});

async function prepare(): Promise<BotSource> {
  try {
    const made = await makeBot(await loadBot(path, systemClock, exportName ?? undefined), systemClock);
    port.postMessage({ type: 'ready' } satisfies FromThread);
    return made;
  } catch (error) {
    const message = error instanceof BadBotError ? error.message : messageOf(error);
    const cause = error instanceof BadBotError ? error.cause : undefined;
    post({ type: 'unfit', message, cause }, () => ({ type: 'unfit', message, cause: undefined }));
    return () => {
      throw error;
    };
  }
}

const remembers = (bot: AnyBot): boolean =>
  typeof bot.snapshot === 'function' && typeof bot.restore === 'function';

function keepSnapshot(hosted: HostedBot, event: number): void {
  hosted.call('snapshot', (bot) => {
    if (!remembers(bot)) return;
    const state = bot.snapshot?.();
    post({ type: 'snapshot', event, state }, (why) => ({
      type: 'fact',
      fact: failure('snapshot', new TypeError(`What snapshot() returned cannot leave the thread: ${why}`)),
    }));
  });
}

function revive(hosted: HostedBot, { known, snapshot, events }: Recollection): void {
  for (const frame of known) hosted.learn(frame);
  if (snapshot !== null) hosted.call('restore', (bot) => bot.restore?.(snapshot.state));
  hosted.whenDone(() => {
    isReliving = true;
  });
  for (const command of events) hosted.execute(command);
  hosted.whenDone(() => {
    isReliving = false;
    port.postMessage({ type: 'revived' } satisfies FromThread);
  });
}

const source = await prepare();

port.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'seat': {
      const { matchId, board } = message;
      player = hostBot(source, {
        matchId,
        clock: systemClock,
        times: timesOf({}),
        tell,
        onProposal: (requestId, proposal) => writeProposal(board, requestId, proposal),
      });
      return;
    }
    case 'revive':
      if (player !== null) revive(player, message.recollection);
      return;
    case 'command': {
      const { command, askedAt, event } = message;
      player?.execute(command, askedAt);
      if (command.type === 'bot.observe' && command.frame.type === 'round_result' && player !== null) {
        keepSnapshot(player, event);
      }
      return;
    }
    case 'probe':
      port.postMessage({ type: 'alive', id: message.id } satisfies FromThread);
  }
});
