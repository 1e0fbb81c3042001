import type { Loss } from '../protocol/events.js';
import type { SocketClosed } from './ports.js';

/** How a connection ended, or that it never came about. */
export type Closing = Omit<SocketClosed, 'type'>;

/** The part of a close that is reported. */
export function lossOf({ code, reason, httpStatus }: Closing): Loss {
  return { code, reason, ...(httpStatus !== undefined && { httpStatus }) };
}

/** For a sentence: `HTTP 503`, `close code 1006: connection reset`. */
export function describeLoss({ code, reason, httpStatus }: Loss): string {
  if (httpStatus !== undefined) return `HTTP ${httpStatus}`;
  return reason === '' ? `close code ${code}` : `close code ${code}: ${reason}`;
}

/** The close that this event tells of. A phase of connecting that took too long counts as a broken connection. */
export function closedOf(event: { type: string }): Closing {
  if (event.type === 'socket.closed') return event as SocketClosed;
  return { code: 1006, reason: 'no answer in time' };
}

/** The type of a frame as it stands on the wire; the event is `frame.` and this. */
export const frameTypeOf = (event: { type: string }): string => event.type.slice('frame.'.length);
