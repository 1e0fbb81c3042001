import type { Socket } from 'node:net';

/**
 * Ends a connection with a TCP reset. One that is in the middle of its orderly end is only destroyed: Node fails to
 * reset it (EINVAL), keeps its handle for ever and never tells that it is closed.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
