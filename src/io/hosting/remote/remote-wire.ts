/** Messages as bytes: JSON in parts, because a NATS server limits the size of a message. */

import { isObject, isText } from '../../../protocol/checks.js';
import { fits, fromThread, isNumber, isWireAction, type MessageRules } from '../threads/bot-message-rules.js';
import type { FromSeat, Signed, ToSeat } from './remote-messages.js';

const defaults = {
  /** The limit of a message with all its parts; longer ones are neither sent nor accepted. */
  maxMessageBytes: 64 * 1024 * 1024,
  /** The share of the server's limit that a part may use; the server counts more than the text. */
  maxPartShare: 0.75,
} as const;

const moreToCome = 0x2b;
const last = 0x2e;

class MessageTooLargeError extends Error {
  constructor(bytes: number) {
    super(`A message of ${bytes} bytes is too large; at most ${defaults.maxMessageBytes} can be sent.`);
    this.name = 'MessageTooLargeError';
  }
}

/** JSON drops errors; so their name, message and stack are sent. */
const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) {
    const { name, message, stack } = value;
    return { name, message, stack };
  }
  return typeof value === 'bigint' ? String(value) : value;
};

const textOf = (message: Signed | ToSeat): string => JSON.stringify(message, plain);

/** Roughly the bytes that it takes to keep a message. `Infinity` for a message that cannot be sent. */
export function wireSizeOf(message: ToSeat): number {
  try {
    return textOf(message).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * The parts of a message, in order.
 *
 * @param maxPayload the server's limit of one message, in bytes.
 * @throws {MessageTooLargeError}
 * @throws {TypeError} for values that JSON cannot hold, such as cycles.
 */
export function encodeParts(message: Signed | ToSeat, maxPayload: number): Uint8Array[] {
  const text = Buffer.from(textOf(message));
  if (text.length > defaults.maxMessageBytes) throw new MessageTooLargeError(text.length);
  const size = Math.max(1, Math.floor(maxPayload * defaults.maxPartShare));
  const count = Math.max(1, Math.ceil(text.length / size));
  return Array.from({ length: count }, (_, index) =>
    Buffer.concat([
      Buffer.of(index === count - 1 ? last : moreToCome),
      text.subarray(index * size, (index + 1) * size),
    ]),
  );
}

/** Concatenates bytes. Its memory is that of the bytes, however small the pieces are. */
function createByteStore(): { readonly length: number; add(bytes: Uint8Array): void; take(): Buffer } {
  let store = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(bytes) {
      if (length + bytes.length > store.length) {
        const larger = Buffer.allocUnsafe(Math.max(2 * store.length, length + bytes.length));
        store.copy(larger, 0, 0, length);
        store = larger;
      }
      // The first one is copied, too: a slice of a network buffer would keep the whole buffer alive.
      store.set(bytes, length);
      length += bytes.length;
    },
    take() {
      const taken = store.subarray(0, length);
      store = Buffer.alloc(0);
      length = 0;
      return taken;
    },
  };
}

/** Joins the parts of messages of one sender. Null until a message is complete, and for an invalid one. */
export function createAssembler<Message extends Signed | ToSeat>(
  isMessage: (value: unknown) => value is Message,
): (part: Uint8Array) => Message | null {
  const store = createByteStore();
  /** The message is too large: its other parts are skipped. */
  let isSkipping = false;

  return (part) => {
    const mark = part[0];
    if (mark !== moreToCome && mark !== last) return null;
    isSkipping ||= store.length + part.length - 1 > defaults.maxMessageBytes;
    if (isSkipping) store.take();
    else store.add(part.subarray(1));
    if (mark === moreToCome) return null;
    const isWhole = !isSkipping;
    isSkipping = false;
    const whole = store.take();
    if (!isWhole) return null;
    try {
      const value: unknown = JSON.parse(whole.toString());
      return isMessage(value) ? value : null;
    } catch {
      return null;
    }
  };
}

const fromSeat: MessageRules<FromSeat> = {
  ...fromThread,
  snapshot: ({ event, state }) => isNumber(event) && isText(state),
  claimed: ({ worker }) => isText(worker),
  refused: ({ message }) => isText(message),
  proposal: ({ requestId, proposal }) => isText(requestId) && isWireAction(proposal),
  beat: () => true,
  end: ({ end }) => isObject(end) && isText(end.why) && isText(end.message),
};

const toSeat: MessageRules<ToSeat> = {
  seat: () => true,
  revive: ({ recollection }) => isObject(recollection) && Array.isArray(recollection.events),
  command: ({ command, askedAt }) => isObject(command) && isText(command.type) && isNumber(askedAt),
  probe: ({ id }) => isNumber(id),
  beat: () => true,
  release: () => true,
  // Of threads and processes on one machine only.
  reseat: () => false,
  chance: () => false,
  batch: () => false,
};

/** Checks a message: anyone who reaches the server can publish anything. */
export const isSigned = (value: unknown): value is Signed =>
  isObject(value) && isText(value.seat) && fits(fromSeat, value.message);

export const isToSeat = (value: unknown): value is ToSeat => fits(toSeat, value);
