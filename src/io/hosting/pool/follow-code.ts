/** What is done about source files that are saved while their bot plays. */
import type { CodeChange } from '../../../protocol/events.js';
import { messageOf } from '../../../protocol/message-of.js';
import type { Clock } from '../../../time/clock.js';
import { watchCode } from '../code/code-watch.js';
import type { BotPool } from './bot-pool.js';

export interface FollowCodeOptions {
  pool: Pick<BotPool, 'code' | 'renew'>;
  clock: Clock;
  /** Take the new code for the next matches. Otherwise what was started plays on, which is reported once. */
  takesNew: boolean;
  /** Why new code cannot be taken at all. Default: it could be, with `takesNew`. */
  whyNever?: string;
  onChange: (change: CodeChange) => void;
}

/** @returns the function that ends this. */
export function followCode({ pool, clock, takesNew, whyNever, onChange }: FollowCodeOptions): () => void {
  let hasFailed = false;
  let isTold = false;

  const take = async (files: string[]): Promise<void> => {
    try {
      await pool.renew?.();
      hasFailed = false;
      onChange({ files, plays: 'new', message: null });
    } catch (error) {
      hasFailed = true;
      onChange({ files, plays: 'before', message: messageOf(error) });
    }
  };

  return watchCode({
    files: () => pool.code?.() ?? [],
    clock,
    isNewFileEnough: () => hasFailed,
    onChanged(files) {
      if (takesNew) return take(files);
      if (!isTold) onChange({ files, plays: 'started', message: whyNever ?? null });
      isTold = true;
      return undefined;
    },
  });
}
