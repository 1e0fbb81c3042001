import { expect, it } from 'vitest';
import { assertEvent } from '../../src/machines/assert-event.js';

type Event = { type: 'frame.hello' } | { type: 'frame.matched' } | { type: 'agent.stop' };

it('lets the named types pass, and says what a chart expected instead of any other', () => {
  const event = { type: 'agent.stop' } as Event;
  expect(() => assertEvent(event, 'agent.stop')).not.toThrow();
  expect(() => assertEvent(event, 'frame.hello', 'agent.stop')).not.toThrow();
  expect(() => assertEvent(event, 'frame.hello', 'frame.matched')).toThrow(
    new TypeError('The chart expects frame.hello or frame.matched here, and not agent.stop.'),
  );
});
