/** Both directions of an open connection, and all the ways in which it ends. */
import type { Socket } from 'node:net';
import type { Timer } from '../time/timers.js';
import { createLane, type Lane, type LaneOptions } from './lane.js';
import type { EndingKind, LaneEnding } from './plan.js';
import type { Direction } from './strikes.js';

export interface RelayOptions
  extends Pick<LaneOptions, 'timers' | 'speed' | 'strikes' | 'onStrike' | 'onPlatformFault'> {
  client: Socket;
  upstream: Socket;
  /** How long each side may take to close, in milliseconds. */
  lingerMs: number;
}

export interface Relay {
  readonly down: Lane;
  readonly up: Lane;
  /** Ends or silences the connection now, also in the middle of a frame. */
  end(ending: EndingKind): void;
  /** Stops writing. */
  stop(): void;
}

export function createRelay(options: RelayOptions): Relay {
  const { client, upstream, timers, lingerMs, ...shared } = options;
  let lingering: Timer | null = null;
  /** The connection stays open when the server is gone. */
  let isHalfOpen = false;
  let stopped = false;

  const down: Lane = createLane({
    ...shared,
    timers,
    direction: 'down',
    source: upstream,
    sink: client,
    onExtras: () => undefined,
    onEnding: (ending) => end(ending, 'down'),
  });
  const up: Lane = createLane({
    ...shared,
    timers,
    direction: 'up',
    source: client,
    sink: upstream,
    onExtras(frames) {
      down.betweenMessages(() => {
        if (!down.discards) for (const frame of frames) down.outlet.write(frame);
      });
    },
    onEnding: (ending) => end(ending, 'up'),
  });
  const lanes: Record<Direction, Lane> = { down, up };

  function end(ending: LaneEnding, from: Direction): void {
    switch (ending.kind) {
      case 'halfOpen':
        isHalfOpen = true;
        if (ending.silent !== 'up') down.discard();
        if (ending.silent !== 'down') up.discard();
        return;
      case 'drop':
        down.discard();
        up.discard();
        lanes[from].outlet.afterwards(() => {
          if (ending.how === 'fin') return leave();
          reset(client);
          // A reset could overtake the frame that the target should still get.
          if (from === 'up' && ending.when === 'after') upstream.destroySoon();
          else reset(upstream);
        });
        return;
      case 'close':
        up.discard();
        down.betweenMessages(() => {
          down.outlet.write(ending.frame);
          down.discard();
          down.outlet.afterwards(leave);
        });
        return;
    }
  }

  /** Ends both sides in order; they get some time to answer. */
  function leave(): void {
    if (stopped) return;
    client.end();
    up.outlet.afterwards(() => upstream.end());
    lingering = timers.after(lingerMs, () => {
      client.destroy();
      upstream.destroy();
    });
  }

  function stop(): void {
    stopped = true;
    lingering?.cancel();
    down.outlet.stop();
    up.outlet.stop();
  }

  upstream.on('data', (chunk: Buffer) => down.receive(chunk));
  upstream.on('end', () => {
    if (isHalfOpen && down.discards) upstream.end();
    else down.outlet.afterwards(() => client.end());
  });
  upstream.on('close', (hadError) => {
    if (isHalfOpen && down.discards) return;
    down.outlet.afterwards(() => {
      if (hadError) reset(client);
    });
  });
  client.on('end', () => {
    if (isHalfOpen && up.discards) {
      // The server does not learn of the end and would never close its side.
      upstream.destroy();
      down.outlet.afterwards(() => client.end());
    } else {
      up.outlet.afterwards(() => upstream.end());
      if (down.discards) client.end();
    }
  });
  client.on('close', (hadError) => {
    down.outlet.stop();
    if (hadError) reset(upstream);
    else up.outlet.afterwards(() => upstream.destroySoon());
  });

  return { down, up, end: (ending) => end({ ...ending, when: 'before' }, 'down'), stop };
}

/**
 * Ends a connection with a TCP reset. A socket that is just ending in order is only destroyed: Node fails to reset it
 * (EINVAL), keeps its handle for ever and never emits `close`.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
