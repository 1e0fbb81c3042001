/** A bot that could be made at the start and cannot be made for a match. */
import type { AgentEvent } from '../protocol/events.js';

/**
 * Why no other match can be taken.
 *
 * @param event that of its constructor.
 * @param isIsolated it was made in a thread or process, whose message is a sentence already.
 */
export function unfitnessOf(
  { message, error }: Extract<AgentEvent, { type: 'bot.failed' }>,
  isIsolated: boolean,
): { message: string; cause: unknown } {
  return { message: isIsolated ? message : `The bot could not be made: ${message}`, cause: error };
}
