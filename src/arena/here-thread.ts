/** A bot of this thread with the face of one in a thread of its own. */
import type { BotSource } from '../bot/bot.js';
import { createMemoryStore } from '../bot/store-map.js';
import { type HostedBot, hostBot } from '../io/hosting/hosted-bot.js';
import type { ToThread } from '../io/hosting/threads/bot-messages.js';
import type { BotThread, ThreadListener } from '../io/hosting/threads/bot-thread.js';
import type { BotCommand, BotEvent } from '../machines/ports.js';
import type { WireAction } from '../protocol/frames.js';
import { systemClock, timesOf } from '../time/clock.js';

/** @param source a class or a factory. */
export function createHereThread(source: BotSource): BotThread {
  let hosted: HostedBot | null = null;
  let listener: ThreadListener | null = null;
  let proposed: { requestId: string; proposal: WireAction } | null = null;
  let hasEnded = false;
  /** What is reported before anybody listens: that the bot cannot be made. */
  let untold: BotEvent[] = [];

  const report = (fact: BotEvent): void => {
    if (listener === null) untold.push(fact);
    else listener.onMessage({ type: 'fact', fact });
  };

  const seat = (matchId: string): void => {
    hosted?.stop();
    hosted = hostBot(source, {
      matchId,
      clock: systemClock,
      times: timesOf({}),
      report,
      store: createMemoryStore(),
      onProposal(requestId, proposal) {
        proposed = { requestId, proposal };
      },
    });
  };

  const execute = (command: BotCommand): void => {
    if (hosted === null || (command.type === 'bot.observe' && !hosted.hears(command.frame.type))) return;
    // A copy: bots at one table are told the same lists, and may change what they get.
    hosted.execute(structuredClone(command));
  };

  const take = (message: ToThread): void => {
    if (message.type === 'seat' || message.type === 'reseat') seat(message.matchId);
    if (message.type === 'batch') message.messages.forEach(take);
    if (message.type === 'command') execute(message.command);
  };

  return {
    place: 'thread',
    post: take,
    proposalFor: (requestId) => (proposed?.requestId === requestId ? proposed.proposal : undefined),
    listen(next) {
      listener = next;
      const told = untold;
      untold = [];
      told.forEach(report);
    },
    hold: () => undefined,
    isMade: true,
    started: Promise.resolve(),
    get hasEnded() {
      return hasEnded;
    },
    gone: Promise.resolve(),
    end() {
      hasEnded = true;
      hosted?.stop();
      return Promise.resolve();
    },
  };
}
