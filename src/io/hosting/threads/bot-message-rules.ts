/**
 * Which messages of a bot's thread are accepted. The bot runs in that thread: it can post anything on the same port,
 * also by mistake.
 */
import { isObject, isText } from '../../../protocol/checks.js';
import type { WireAction } from '../../../protocol/frames.js';
import { isNote } from '../bot-note.js';
import type { FromThread, StoreMessage } from './bot-messages.js';

/** For each type of message a check of its other fields. */
export type MessageRules<Message extends { type: string }> = Record<
  Message['type'],
  (fields: Record<string, unknown>) => boolean
>;

export const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** An answer that can be sent, whether it came in a message or in shared memory. */
export const isWireAction = (value: unknown): value is WireAction =>
  isObject(value) && isText(value.action) && (value.params === undefined || isObject(value.params));

const isCorrection = (value: unknown): boolean =>
  value === undefined || (isObject(value) && isText(value.why));

const isUse = (value: unknown): boolean =>
  isObject(value) && isNumber(value.memoryBytes) && isNumber(value.cpuMs);

export function fits(rules: MessageRules<{ type: string }>, value: unknown): boolean {
  if (!isObject(value) || !isText(value.type) || !Object.hasOwn(rules, value.type)) return false;
  return rules[value.type]?.(value) === true;
}

/** Facts that a thread reports. The agent knows by itself what is overdue or lost with a thread. */
const facts: MessageRules<{ type: string }> = {
  'bot.decided': ({ requestId, answer, correction, note }) =>
    isText(requestId) && isWireAction(answer) && isCorrection(correction) && isNote(note),
  'bot.late': ({ requestId, latencyMs, note }) => isText(requestId) && isNumber(latencyMs) && isNote(note),
  'bot.failed': ({ hook, message, note, place = null }) =>
    isText(hook) && isText(message) && (place === null || isText(place)) && isNote(note),
  'bot.slow': ({ hook, waitedMs }) => isText(hook) && isNumber(waitedMs),
  'bot.unread': ({ field, found }) => (field === 'your_hole_cards' || field === 'board') && isText(found),
  'bot.finished': () => true,
};

export const fromThread: MessageRules<FromThread> = {
  waiting: () => true,
  ready: ({ isRawOnly, isInstance, name }) =>
    [isRawOnly, isInstance].every((value) => value === undefined || typeof value === 'boolean') &&
    (name === undefined || isText(name)),
  unfit: ({ message }) => isText(message),
  fact: ({ fact }) => fits(facts, fact),
  snapshot: ({ event }) => isNumber(event),
  revived: () => true,
  clock: () => true,
  alive: ({ id, use }) => isNumber(id) && (use === undefined || isUse(use)),
};

export const isFromThread = (value: unknown): value is FromThread => fits(fromThread, value);

/** What is in it the writer of the store checks. */
export const isStoreMessage = (value: unknown): value is StoreMessage =>
  isObject(value) && value.type === 'store';
