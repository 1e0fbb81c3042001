import { emptyLiveState, foldLive, type LiveState } from '../../../src/cli/live/live-state.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import { start } from '../../session-view/session-events.js';

/** The state after these events, all of the same moment. */
export function stateAfter(events: readonly AgentEvent[], state = emptyLiveState): LiveState {
  return events.reduce((before, event) => foldLive(before, { ...event, at: start }), state);
}
