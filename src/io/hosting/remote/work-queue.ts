/**
 * A queue of work on a NATS server: one JetStream stream that keeps what is to be done and what was done, each until it is confirmed. Whoever
 * gives the work out makes it; workers only bind. The requests are those of JetStream's interface, which the server answers as JSON.
 */
import { isObject, isText, isWhole } from '../../../protocol/checks.js';
import { NatsUnavailableError } from '../../../protocol/errors.js';
import type { JsonObject } from '../../../protocol/frames.js';
import { type Bus, NoReplyError } from './bus.js';

const defaults = {
  answerMs: 5_000,
  /** What a pull may take longer than the server was asked to hold it. */
  pullSlackMs: 2_000,
  /** Pulls that wait at the server at once. */
  maxPulls: 4_096,
  maxMessages: 100_000,
  /** In which a message that is sent again under its id is kept once. */
  duplicateMs: 120_000,
} as const;

const nanoseconds = (ms: number): number => ms * 1_000_000;

const durables = { todo: 'workers', done: 'results' } as const;

export type QueueSide = keyof typeof durables;

export interface QueueTerms {
  stream: string;
  /** The subjects begin with it: `PREFIX.todo.KEY` and `PREFIX.done.KEY`. */
  prefix: string;
  /** Who has a piece of work and tells nothing of it for so long loses it to another one. */
  giveBackMs: number;
  /** How often a piece is given out at most. */
  maxDeliveries: number;
  /** Pieces that are given out at once. */
  maxHeld: number;
}

/** The server says that it cannot. */
export class QueueError extends Error {
  /** As in HTTP: 404 where the queue is not there. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'QueueError';
    this.status = status;
  }
}

/** @throws {QueueError | NoReplyError} */
async function ask(bus: Bus, action: string, body: JsonObject = {}): Promise<JsonObject> {
  const { data } = await bus.request(`$JS.API.${action}`, Buffer.from(JSON.stringify(body)), {
    timeoutMs: defaults.answerMs,
  });
  return answerOf(data);
}

function answerOf(data: Uint8Array): JsonObject {
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(data).toString());
  } catch {
    answer = null;
  }
  if (!isObject(answer)) throw new QueueError(500, 'The NATS server answered with what is no JSON.');
  const { error } = answer;
  if (!isObject(error)) return answer;
  throw new QueueError(Number(error['code']), isText(error['description']) ? error['description'] : '');
}

/**
 * Makes the queue, or finds it as it was made.
 *
 * @throws {NatsUnavailableError} when the server keeps no streams.
 * @throws {QueueError} when it refuses this one.
 * @throws {NoReplyError} when it does not answer.
 */
export async function makeQueue(bus: Bus, terms: QueueTerms): Promise<void> {
  const { stream, prefix, giveBackMs, maxDeliveries, maxHeld } = terms;
  const withoutStreams = `The NATS server ${bus.server} has no JetStream: start it with nats-server -js.`;
  try {
    await ask(bus, `STREAM.CREATE.${stream}`, {
      name: stream,
      subjects: [`${prefix}.todo.>`, `${prefix}.done.>`],
      retention: 'workqueue',
      storage: 'file',
      discard: 'new',
      max_msgs: defaults.maxMessages,
      max_consumers: 2,
      num_replicas: 1,
      duplicate_window: nanoseconds(defaults.duplicateMs),
    });
  } catch (error) {
    if (error instanceof NoReplyError && error.isUnheard) throw new NatsUnavailableError(withoutStreams);
    if (error instanceof QueueError && error.status === 503) throw new NatsUnavailableError(withoutStreams);
    throw error;
  }
  for (const side of ['todo', 'done'] as const) {
    await ask(bus, `CONSUMER.DURABLE.CREATE.${stream}.${durables[side]}`, {
      stream_name: stream,
      config: {
        durable_name: durables[side],
        filter_subject: `${prefix}.${side}.>`,
        deliver_policy: 'all',
        ack_policy: 'explicit',
        replay_policy: 'instant',
        ack_wait: nanoseconds(giveBackMs),
        max_deliver: side === 'todo' ? maxDeliveries : -1,
        max_ack_pending: maxHeld,
        max_waiting: defaults.maxPulls,
      },
    });
  }
}

/** @throws {QueueError | NoReplyError} */
export async function removeQueue(bus: Bus, stream: string): Promise<void> {
  await ask(bus, `STREAM.DELETE.${stream}`);
}

export interface SideState {
  /** Not given out yet. */
  waiting: number;
  /** Given out and not confirmed. */
  held: number;
  /** Who asks for more. */
  pulls: number;
}

/** @throws {QueueError | NoReplyError} */
export async function stateOfSide(bus: Bus, stream: string, side: QueueSide): Promise<SideState> {
  const { num_pending, num_ack_pending, num_waiting } = await ask(
    bus,
    `CONSUMER.INFO.${stream}.${durables[side]}`,
  );
  return { waiting: Number(num_pending), held: Number(num_ack_pending), pulls: Number(num_waiting) };
}

/**
 * Whether something is still kept under a subject.
 *
 * @throws {QueueError | NoReplyError}
 */
export async function isKept(bus: Bus, stream: string, subject: string): Promise<boolean> {
  try {
    await ask(bus, `STREAM.MSG.GET.${stream}`, { last_by_subj: subject });
    return true;
  } catch (error) {
    // No message, and not no stream.
    if (error instanceof QueueError && error.status === 404 && /message/i.test(error.message)) return false;
    throw error;
  }
}

/**
 * Adds a message, confirmed by the server.
 *
 * @param id a message that is sent again under it is kept once.
 * @returns whether the server had one with this id.
 * @throws {QueueError | NoReplyError}
 */
export async function addToQueue(
  bus: Bus,
  subject: string,
  data: Uint8Array,
  id: string,
): Promise<{ isDuplicate: boolean }> {
  const { data: answer } = await bus.request(subject, data, { timeoutMs: defaults.answerMs, id });
  const confirmed = answerOf(answer);
  if (!isText(confirmed['stream'])) throw new QueueError(500, 'The NATS server did not confirm a message.');
  return { isDuplicate: confirmed['duplicate'] === true };
}

/** A piece of work, or a result, that was given to this client. */
export interface Given {
  subject: string;
  data: Uint8Array;
  /** How often it was given out so far, from 1. */
  delivery: number;
  /** It goes on here: for as long again nobody else gets it. */
  goesOn(): void;
  /** It is done, and removed. Resolves false when the server did not confirm it. */
  confirm(): Promise<boolean>;
  /** It is given to another one at once. */
  giveBack(): void;
}

/**
 * Asks for one message.
 *
 * @param holdMs how long the server may wait for one.
 * @returns null when there was none.
 * @throws {QueueError | NoReplyError} with status 404 when there is no such queue; else it may be asked again.
 */
export async function pullOne(
  bus: Bus,
  stream: string,
  side: QueueSide,
  holdMs: number,
): Promise<Given | null> {
  const asked = Buffer.from(JSON.stringify({ batch: 1, expires: nanoseconds(holdMs) }));
  const { subject, data, reply, status, description } = await bus.request(
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durables[side]}`,
    asked,
    { timeoutMs: holdMs + defaults.pullSlackMs },
  );
  // 404: no messages; 408: none came in time.
  if (status === 404 || status === 408) return null;
  if (status !== null) throw new QueueError(status, description);
  const tell = (what: string): void => bus.publish(reply, Buffer.from(what));
  return {
    subject,
    data,
    delivery: deliveryOf(reply),
    goesOn: () => tell('+WPI'),
    giveBack: () => tell('-NAK'),
    async confirm() {
      try {
        await bus.request(reply, Buffer.from('+ACK'), { timeoutMs: defaults.answerMs });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** `$JS.ACK.STREAM.CONSUMER.DELIVERY...`, of newer servers with a domain and an account before the stream. */
function deliveryOf(reply: string): number {
  const tokens = reply.split('.');
  const delivery = Number(tokens[tokens.length >= 11 ? 6 : 4]);
  return isWhole(delivery) && delivery >= 1 ? delivery : 1;
}
