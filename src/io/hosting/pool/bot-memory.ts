import type { BotCommand, ObservedFrame } from '../../../machines/ports.js';
import { sizeOf } from '../../../protocol/size-of.js';
import type { Recollection } from '../threads/bot-messages.js';

const defaults = {
  /** The most events that are replayed to a new bot; the oldest hands of a longer match are left out. */
  maxEvents: 2_000,
  /** The most bytes of these events. An ordinary match needs less than half of it. */
  maxBytes: 8 * 1024 * 1024,
} as const;

/** The events of a match, kept for a bot that may have to take over. */
export interface MatchMemory {
  /** @returns the number of this command among all that were kept. */
  keep(command: BotCommand): number;
  /** Stores a snapshot of the bot, which replaces all events up to this number. */
  snapshot(event: number, state: unknown): void;
  recall(): Recollection;
  /** Only the facts about the table, without events: for a bot that fails while they are replayed. */
  recallNothing(): Recollection;
}

type Shown = Extract<BotCommand, { type: 'bot.observe' | 'bot.reconnected' }>;

/** Frames with facts about the table. */
const factTypes = ['hello', 'match_start', 'round_start'] as const satisfies ObservedFrame['type'][];
const isFact = ({ type }: ObservedFrame): boolean => factTypes.some((known) => known === type);

const isFrame = (command: BotCommand | undefined, type: ObservedFrame['type']): boolean =>
  command?.type === 'bot.observe' && command.frame.type === type;

const tableFacts = (frames: ReadonlyMap<ObservedFrame['type'], ObservedFrame>): ObservedFrame[] =>
  factTypes.flatMap((type) => frames.get(type) ?? []);

export function createMatchMemory(): MatchMemory {
  let count = 0;
  const events: Shown[] = [];
  /** Bytes of each event, and of all. */
  const sizes: number[] = [];
  let bytes = 0;
  /** Frames with facts about the table, as of the snapshot or before the oldest event. */
  const known = new Map<ObservedFrame['type'], ObservedFrame>();
  let snapshot: { state: unknown } | null = null;

  const keepFacts = (shown: readonly Shown[]): void => {
    for (const command of shown) {
      if (command.type === 'bot.observe' && isFact(command.frame))
        known.set(command.frame.type, command.frame);
    }
  };

  const forget = (length: number): void => {
    keepFacts(events.splice(0, length));
    for (const size of sizes.splice(0, length)) bytes -= size;
  };

  const forgetOldestHands = (): void => {
    // Drop half of them, up to the start of a hand, so that this does not happen at every frame.
    const half = Math.ceil(events.length / 2);
    const start = events.findIndex((command, index) => index >= half && isFrame(command, 'round_start'));
    forget(start < 0 ? half : start);
  };

  return {
    keep(command) {
      if (command.type !== 'bot.observe' && command.type !== 'bot.reconnected') return count;
      if (isFrame(command, 'hello')) {
        // Hooks are not called for it.
        keepFacts([command]);
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
      // The snapshot is older than events that were dropped since.
      if (covered < 0) return;
      snapshot = { state };
      forget(covered);
    },
    recall() {
      const start = known.get('match_start');
      // `match_start` is replayed even if the hands after it were dropped, unless there is a snapshot.
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
