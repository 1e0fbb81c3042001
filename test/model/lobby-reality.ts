/** Which cases of the lobby model a server, a caller and a clock can bring about. */
import type { ModelCase, ModelState } from '../../src/testing/model.js';
import type { ModelPath } from '../../src/testing/paths.js';

/** Whether a server, a caller and a clock can make a case happen to the real agent in this state. */
export function lobbyCanHappen({ snapshot }: ModelState, { name, event }: ModelCase): boolean {
  const isDialing = snapshot.hasTag('dialing');
  const isConnected = snapshot.hasTag('connected');
  if (event.type === 'socket.opened') return isDialing;
  if (event.type === 'socket.closed') {
    // Before there is a connection, only HTTP can say no.
    return isConnected || (isDialing && ['connection lost', 'refused'].includes(name));
  }
  if (event.type === 'socket.refused' || name === 'socket port broke') return false;
  if (event.type.startsWith('xstate.after.')) return !event.type.includes('dialTimeout');
  return event.type.startsWith('frame.') ? isConnected : true;
}

/** Whether the sandbox can be made to play this path. It takes a dial before it looks at the token, and greets once. */
export function sandboxPlaysLobby({ start, steps }: ModelPath): boolean {
  const before = [start, ...steps.map(({ state }) => state)];
  return steps.every(({ case: { name, event } }, index) => {
    // The platform names a match when it makes it.
    if (event.type === 'matches.elsewhere') return false;
    const snapshot = before[index]?.snapshot;
    if (name === 'hello') return snapshot?.matches('authenticating');
    return name !== 'refused' || snapshot?.hasTag('dialing') !== true;
  });
}
