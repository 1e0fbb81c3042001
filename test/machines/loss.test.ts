import { expect, it } from 'vitest';
import { closedOf, describeLoss, frameTypeOf, lossOf } from '../../src/machines/loss.js';

it('a close is reported with its status only where an upgrade was refused', () => {
  const closed = { type: 'socket.closed', code: 1006, reason: '', retryAfterMs: 5_000 } as const;
  expect(lossOf(closed)).toStrictEqual({ code: 1006, reason: '' });
  expect(lossOf({ ...closed, httpStatus: 503 })).toStrictEqual({ code: 1006, reason: '', httpStatus: 503 });
});

it.each([
  [{ code: 1006, reason: '' }, 'close code 1006'],
  [{ code: 1006, reason: 'ECONNREFUSED' }, 'close code 1006: ECONNREFUSED'],
  [{ code: 1006, reason: 'ignored', httpStatus: 503 }, 'HTTP 503'],
])('the loss %o is called %s in a sentence', (loss, words) => {
  expect(describeLoss(loss)).toBe(words);
});

it('what took too long counts as a broken connection, and a close as itself', () => {
  const closed = { type: 'socket.closed', code: 4008, reason: 'too large' };
  expect(closedOf(closed)).toBe(closed);
  expect(closedOf({ type: 'xstate.after.dialTimeout.lobby.connecting' })).toEqual({
    code: 1006,
    reason: 'no answer in time',
  });
});

it('a frame has the type that it has on the wire', () => {
  expect(frameTypeOf({ type: 'frame.frame.x' })).toBe('frame.x');
});
