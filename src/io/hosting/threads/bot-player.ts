/**
 * The code in a bot's own thread or process: it loads the bot, and lets it play its match. Nothing of the agent is
 * here, especially no token.
 */
import { performance } from 'node:perf_hooks';
import type { AnyBot, BotSource } from '../../../bot/bot.js';
import { type BotStore, provideStore } from '../../../bot/bot-store.js';
import { createMemoryStore } from '../../../bot/store-map.js';
import type { BotEvent } from '../../../machines/ports.js';
import { BadBotError } from '../../../protocol/errors.js';
import type { WireAction } from '../../../protocol/frames.js';
import { messageOf } from '../../../protocol/message-of.js';
import { createStoreReplica } from '../../../store/store-replica.js';
import { systemClock, type Times } from '../../../time/clock.js';
import { authorPlaceOf } from '../author-place.js';
import { type CodeMessage, codeMessages } from '../code/code-messages.js';
import { keepFiles } from '../code/kept-files.js';
import { keepCode } from '../code/serve-code.js';
import { classNameOf } from '../create-bot.js';
import { type HostedBot, hostBot } from '../hosted-bot.js';
import { loadBot } from '../load-bot.js';
import { sealThread } from '../session-guard.js';
import { makeBot } from '../try-bot.js';
import type {
  BotStart,
  FromThread,
  Recollection,
  StoreMessage,
  StoreUpdates,
  ThreadUse,
  ToThread,
} from './bot-messages.js';
import { copyOfError, obstacleTo } from './error-copy.js';
import { seedChance } from './seeded-chance.js';

const defaults = {
  /** How many errors outside of hooks are reported. */
  maxStrays: 10,
  /** How often a loading bot is checked, and below which share of a core it counts as waiting. */
  loadCheckMs: 50,
  maxWaitingShare: 0.5,
} as const;

/** The connection to the agent. */
export interface PlayerPort {
  /** @throws when the message cannot be cloned or sent. */
  send: (message: FromThread | CodeMessage | StoreMessage) => void;
  /** Leaves a proposal where the agent finds it even if this thread or process ends right after. */
  propose: (requestId: string, proposal: WireAction) => void;
  /** The times of the agent's clock. */
  times: Times;
}

/** @returns the function that takes the agent's messages, when the bot is loaded or could not be loaded. */
export async function playBot(
  { path, exportName, code, store: entries, isSeeded = false }: BotStart,
  { send, propose, times: given }: PlayerPort,
): Promise<(message: ToThread | StoreUpdates) => void> {
  /** Posts a message, or another one in its place: what a bot throws or keeps may not be cloneable. */
  const post = (message: FromThread, instead: (why: string) => FromThread): void => {
    try {
      send(message);
    } catch (error) {
      send(instead(messageOf(error)));
    }
  };

  const chance = isSeeded ? seedChance(() => send({ type: 'clock' })) : null;
  const times = chance?.watched(given) ?? given;
  const copy = createStoreReplica(entries, (change) => send({ type: 'store', change }));
  provideStore(copy.store);
  let hosted: HostedBot | null = null;
  let strays = 0;
  const stray = (error: unknown): void => {
    strays += 1;
    if (strays <= defaults.maxStrays) report(failure('background', error));
  };
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);

  /** True while past events are replayed: the bot before it has reported their facts. */
  let isReliving = false;

  const report = (fact: BotEvent): void => {
    // The agent keeps the clock itself, also of a failed turn that is repeated, and knows already that the bot is ready.
    if (fact.type === 'bot.overdue' || fact.type === 'bot.ready') return;
    if (isReliving && (fact.type === 'bot.failed' || fact.type === 'bot.slow' || fact.type === 'bot.unread'))
      return;
    post({ type: 'fact', fact: arriving(fact) }, (why) => ({ type: 'fact', fact: plain(fact, why) }));
  };

  keepCode(keepFiles(code), (file) => {
    for (const message of codeMessages(file)) send(message);
  });
  sealThread(path, (refusal) => {
    if (hosted === null) send({ type: 'unfit', message: refusal.message, cause: undefined });
    else stray(refusal);
  });

  /** What makes the bots of later matches. */
  let source: BotSource = notLoaded;
  const prepare = async (): Promise<BotSource> => {
    const stopWatching = whenWaiting(() => send({ type: 'waiting' }));
    try {
      source = await loadBot(path, systemClock, exportName ?? undefined);
      const made = await makeBot(source, systemClock);
      const name = classNameOf(made);
      send({
        type: 'ready',
        ...(typeof made.decide !== 'function' && { isRawOnly: true }),
        ...(typeof source !== 'function' && { isInstance: true }),
        ...(name !== null && { name }),
      });
      return made;
    } catch (error) {
      const message = error instanceof BadBotError ? error.message : messageOf(error);
      const cause = error instanceof BadBotError ? error.cause : undefined;
      send({ type: 'unfit', message, cause: obstacleTo(cause) === null ? cause : copyOfError(cause) });
      return () => {
        throw error;
      };
    } finally {
      stopWatching();
    }
  };

  const keepSnapshot = (seated: HostedBot, event: number): void => {
    seated.call('snapshot', (bot) => {
      if (!remembers(bot)) return;
      const state = bot.snapshot?.();
      const obstacle = obstacleTo(state);
      if (obstacle === null) post({ type: 'snapshot', event, state }, cannotBeSent);
      else send(cannotBeSent(obstacle));
    });
  };

  const revive = (seated: HostedBot, { known, snapshot, events }: Recollection): void => {
    for (const frame of known) seated.takeFacts(frame);
    if (snapshot !== null) seated.call('restore', (bot) => bot.restore?.(snapshot.state));
    seated.whenDone(() => {
      isReliving = true;
    });
    for (const command of events) seated.execute(command);
    seated.whenDone(() => {
      isReliving = false;
      send({ type: 'revived' });
    });
  };

  const first = await prepare();
  const seat = (bot: BotSource, matchId: string, store: BotStore): void => {
    hosted = hostBot(bot, { matchId, clock: systemClock, times, report, store, onProposal: propose });
  };

  const take = (message: ToThread | StoreUpdates): void => {
    switch (message.type) {
      case 'seat':
        return seat(first, message.matchId, copy.store);
      case 'reseat': {
        hosted?.stop();
        const store = createMemoryStore();
        provideStore(store);
        return seat(source, message.matchId, store);
      }
      case 'chance':
        return chance?.renew(message.seed);
      case 'batch':
        return message.messages.forEach(take);
      case 'revive':
        if (hosted !== null) revive(hosted, message.recollection);
        return;
      case 'command': {
        const { command, askedAt, event } = message;
        hosted?.execute(command, askedAt);
        if (command.type === 'bot.observe' && command.frame.type === 'round_result' && hosted !== null) {
          keepSnapshot(hosted, event);
        }
        return;
      }
      case 'store':
        copy.take(message.updates);
        return;
      case 'probe':
        send({ type: 'alive', id: message.id, ...(message.measures && { use: useNow() }) });
    }
  };
  return take;
}

const notLoaded = (): never => {
  throw new BadBotError('The bot was not loaded.');
};

const cannotBeSent = (why: string): FromThread => ({
  type: 'fact',
  fact: failure('snapshot', new TypeError(`The result of snapshot() cannot be sent to the agent: ${why}`)),
});

function failure(hook: string, error: unknown): BotEvent {
  return { type: 'bot.failed', hook, message: messageOf(error), place: authorPlaceOf(error), error };
}

function useNow(): ThreadUse {
  const { heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { memoryBytes: heapUsed + external, cpuMs: (user + system) / 1_000 };
}

const remembers = (bot: AnyBot): boolean =>
  typeof bot.snapshot === 'function' && typeof bot.restore === 'function';

/** A failure with an error that arrives. */
function arriving(fact: BotEvent): BotEvent {
  if (fact.type !== 'bot.failed' || obstacleTo(fact.error) === null) return fact;
  return { ...fact, error: copyOfError(fact.error) };
}

/** A fact without the values of the bot that cannot be cloned. */
function plain(fact: BotEvent, why: string): BotEvent {
  if (fact.type === 'bot.decided') {
    const message = `The answer cannot be sent to the agent: ${why}`;
    return { type: 'bot.failed', hook: 'decide', message, error: null, requestId: fact.requestId };
  }
  return fact;
}

/** Calls `run` once, as soon as this thread waits more than it computes. Returns the function that stops watching. */
function whenWaiting(run: () => void): () => void {
  let last = performance.eventLoopUtilization();
  const stop = (): void => clearInterval(timer);
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(last);
    last = performance.eventLoopUtilization();
    if (utilization > defaults.maxWaitingShare) return;
    stop();
    run();
  }, defaults.loadCheckMs);
  return stop;
}
