import type { BotCommand, ObservedFrame } from '../../../machines/ports.js';
import { sizeOf } from '../../../protocol/size-of.js';
import type { Recollection } from '../threads/bot-messages.js';

const defaults = {
  /** Of hooks that a newcomer is shown again; of a longer match the oldest hands are left out. */
  maxEvents: 2_000,
  /** Of memory that they take: an ordinary match has them all in less than half of it. */
  maxBytes: 8 * 1024 * 1024,
} as const;

/** What a bot was shown of a match, kept for the one that may have to take over. */
export interface MatchMemory {
  /** @returns the place of this command among all that were kept. */
  keep(command: BotCommand): number;
  /** The bot has kept what it needs of everything up to this place. */
  snapshot(event: number, state: unknown): void;
  recall(): Recollection;
  /** What is true of the table, and that the rest is lost: for a newcomer that does not survive its memories. */
  recallNothing(): Recollection;
}

type Shown = Extract<BotCommand, { type: 'bot.observe' | 'bot.reconnected' }>;

/** Frames that say what is true of the table. */
const factTypes = ['hello', 'match_start', 'round_start'] as const satisfies ObservedFrame['type'][];
const isFact = ({ type }: ObservedFrame): boolean => factTypes.some((known) => known === type);

const isFrame = (command: BotCommand | undefined, type: ObservedFrame['type']): boolean =>
  command?.type === 'bot.observe' && command.frame.type === type;

const tableFacts = (frames: ReadonlyMap<ObservedFrame['type'], ObservedFrame>): ObservedFrame[] =>
  factTypes.flatMap((type) => frames.get(type) ?? []);

export function createMatchMemory(): MatchMemory {
  let count = 0;
  const events: Shown[] = [];
  /** Of each of the events, and of all of them. */
  const sizes: number[] = [];
  let bytes = 0;
  /** Frames that say what is true of the table, as they were at the snapshot or before the oldest event. */
  const known = new Map<ObservedFrame['type'], ObservedFrame>();
  let snapshot: { state: unknown } | null = null;

  const learn = (shown: readonly Shown[]): void => {
    for (const command of shown) {
      if (command.type === 'bot.observe' && isFact(command.frame))
        known.set(command.frame.type, command.frame);
    }
  };

  const forget = (length: number): void => {
    learn(events.splice(0, length));
    for (const size of sizes.splice(0, length)) bytes -= size;
  };

  const forgetOldestHands = (): void => {
    // Half of them, and then up to the start of a hand: not at every frame from then on.
    const half = Math.ceil(events.length / 2);
    const start = events.findIndex((command, index) => index >= half && isFrame(command, 'round_start'));
    forget(start < 0 ? half : start);
  };

  return {
    keep(command) {
      if (command.type !== 'bot.observe' && command.type !== 'bot.reconnected') return count;
      if (isFrame(command, 'hello')) {
        // No hook is shown it.
        learn([command]);
        return count;
      }
      count += 1;
      const size = sizeOf(command);
      events.push(command);
      sizes.push(size);
      bytes += size;
      while (events.length > defaults.maxEvents || bytes > defaults.maxBytes) forgetOldestHands();
      return count;
    },
    snapshot(event, state) {
      const covered = events.length - (count - event);
      // Older than what was forgotten since.
      if (covered < 0) return;
      snapshot = { state };
      forget(covered);
    },
    recall() {
      const start = known.get('match_start');
      // Its hook is shown again even when the hands after it are forgotten; a snapshot stands for it.
      const first: Shown[] = start && snapshot === null ? [{ type: 'bot.observe', frame: start }] : [];
      return { known: tableFacts(known), snapshot, events: [...first, ...events] };
    },
    recallNothing() {
      const all = new Map(known);
      for (const command of events) {
        if (command.type === 'bot.observe') all.set(command.frame.type, command.frame);
      }
      return {
        known: tableFacts(all),
        snapshot: null,
        events: [{ type: 'bot.reconnected', restarted: true }],
      };
    },
  };
}
