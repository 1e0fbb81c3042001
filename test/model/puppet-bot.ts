/** A bot whose every answer and hook is moved by the test. */
import type { Turn } from '../../src/bot/bot.js';
import { deferred } from '../kit/bot-seat.js';

type Deferred = ReturnType<typeof deferred<unknown>>;

export interface PuppetOptions {
  /** `onDecisionLatency` does not return before `hook` is settled. */
  slowHook?: boolean;
  /** Thinks on when its signal fires. */
  stubborn?: boolean;
  /** `onMatchEnd` does not return before `end` is settled. */
  slowToEnd?: boolean;
  /** Called in place of thinking; what it returns is the answer. */
  atOnce?: (() => unknown) | undefined;
  /** What the test calls a turn of this id. */
  nameOf: (requestId: string) => string;
}

export function puppetBot(options: PuppetOptions) {
  const { slowHook, stubborn, slowToEnd, atOnce, nameOf } = options;
  const create = deferred<unknown>();
  const hook = deferred<unknown>();
  const end = deferred<unknown>();
  const thoughts = new Map<string, Deferred & { turn: Turn }>();
  const waiting = new Map<string, Deferred>();

  function think(turn: Turn): unknown {
    if (atOnce !== undefined) return atOnce();
    const thought = { ...deferred<unknown>(), turn };
    const name = nameOf(turn.requestId);
    thoughts.set(name, thought);
    waiting.get(name)?.resolve(undefined);
    if (stubborn !== true) {
      turn.signal.addEventListener('abort', () => thought.reject(turn.signal.reason));
    }
    return thought.promise;
  }

  const bot = {
    decide: (_state: unknown, turn: Turn) => think(turn),
    decideRaw: think,
    onDecisionLatency: () => (slowHook === true ? hook.promise : undefined),
    onMatchEnd: () => (slowToEnd === true ? end.promise : undefined),
  };

  return {
    /** The bot's source for `createAgent`: a factory that does not return before `create`. */
    source: (() => create.promise.then(() => bot)) as never,
    create,
    hook,
    end,
    /** The thought about this turn, as soon as the bot was asked. */
    async thought(requestId: string): Promise<Deferred & { turn: Turn }> {
      if (!thoughts.has(requestId)) {
        const asked = deferred<unknown>();
        waiting.set(requestId, asked);
        await asked.promise;
      }
      const thought = thoughts.get(requestId);
      if (thought === undefined) throw new Error(`Nobody thinks about ${requestId}.`);
      thoughts.delete(requestId);
      return thought;
    },
    /** The deadline of a turn that is thought about. */
    deadlineOf: (requestId: string): number | undefined => thoughts.get(requestId)?.turn.deadline,
  };
}
