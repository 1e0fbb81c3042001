import type { BotCommand, ObservedFrame } from '../machines/ports.js';
import type { Recollection } from './bot-worker-messages.js';

const defaults = {
  /** Of hooks that a newcomer is shown again; of a longer match the oldest hands are left out. */
  maxEvents: 2_000,
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

const isFrame = (command: BotCommand | undefined, type: ObservedFrame['type']): boolean =>
  command?.type === 'bot.observe' && command.frame.type === type;

const tableFacts = (frames: ReadonlyMap<string, ObservedFrame>): ObservedFrame[] =>
  ['hello', 'match_start', 'round_start'].flatMap((type) => frames.get(type) ?? []);

export function createMatchMemory(): MatchMemory {
  let count = 0;
  let events: Shown[] = [];
  /** Frames that say what is true of the table, as they were at the snapshot or before the oldest event. */
  const known = new Map<ObservedFrame['type'], ObservedFrame>();
  let snapshot: { state: unknown } | null = null;

  const learn = (shown: readonly Shown[]): void => {
    for (const command of shown) {
      if (command.type === 'bot.observe') known.set(command.frame.type, command.frame);
    }
  };

  const forgetOldestHands = (): void => {
    // Half of them, and then up to the start of a hand: not at every frame from then on.
    const half = events.length >> 1;
    const start = events.findIndex((command, index) => index >= half && isFrame(command, 'round_start'));
    learn(events.splice(0, start < 0 ? half : start));
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
      events.push(command);
      if (events.length > defaults.maxEvents) forgetOldestHands();
      return count;
    },
    snapshot(event, state) {
      const covered = events.length - (count - event);
      // Older than what was forgotten since.
      if (covered < 0) return;
      snapshot = { state };
      learn(events.splice(0, covered));
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
