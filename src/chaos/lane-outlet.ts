/** Writes into a socket in order, with delays and in pieces. */
import type { Socket } from 'node:net';
import type { Timer, Timers } from '../time/timers.js';

const defaults = {
  /** From so many bytes on the other side is not read. */
  fullBytes: 256 * 1024,
  fullSteps: 4 * 1024,
  /** The most pieces of a frame: a huge one byte by byte would take minutes. */
  maxSlices: 4 * 1024,
} as const;

export interface Manner {
  /** The earliest time, in epoch milliseconds. */
  dueAt?: number;
  /** The size of pieces, each of which is a TCP segment of its own. */
  sliceBytes?: number | undefined;
}

export interface LaneOutlet {
  /** Whether so much waits that no more should be read for it. */
  readonly isFull: boolean;
  write(bytes: Buffer, manner?: Manner): void;
  /** Runs when everything before it was handed to the network. */
  afterwards(run: () => void): void;
  /** Drops what waits. */
  stop(): void;
}

type Step = { bytes: Buffer; dueAt: number; sliceBytes: number | undefined } | { run: () => void };

/** @param onRoom called after each write while the outlet is not full. */
export function createLaneOutlet(sink: Socket, timers: Timers, onRoom: () => void): LaneOutlet {
  const steps: Step[] = [];
  let waitingBytes = 0;
  let unflushed = 0;
  let busy = false;
  let stopped = false;
  let timer: Timer | null = null;

  const isFull = () => waitingBytes >= defaults.fullBytes || steps.length >= defaults.fullSteps;

  function flushed(bytes: number): void {
    unflushed -= 1;
    waitingBytes -= bytes;
    if (stopped) return;
    pump();
    if (!isFull()) onRoom();
  }

  function writeNow(bytes: Buffer, then?: () => void): void {
    unflushed += 1;
    sink.write(bytes, () => {
      flushed(bytes.length);
      then?.();
    });
  }

  function writeSlices(bytes: Buffer, wanted: number): void {
    const size = Math.max(wanted, Math.ceil(bytes.length / defaults.maxSlices));
    let offset = 0;
    busy = true;
    const next = (): void => {
      if (stopped) return;
      const piece = bytes.subarray(offset, offset + size);
      offset += size;
      // A whole turn of the event loop lets the other side read this piece before there is more.
      if (offset < bytes.length) writeNow(piece, () => setImmediate(() => setImmediate(next)));
      else {
        busy = false;
        writeNow(piece);
        pump();
      }
    };
    next();
  }

  function pump(): void {
    for (let step = ready(); step !== undefined; step = ready()) {
      steps.shift();
      if ('run' in step) step.run();
      else if (step.sliceBytes === undefined) writeNow(step.bytes);
      else writeSlices(step.bytes, step.sliceBytes);
    }
  }

  /** The next step if it can be done now. Whatever it waits for calls `pump` again. */
  function ready(): Step | undefined {
    const [step] = steps;
    if (step === undefined || busy || sink.writableNeedDrain) return undefined;
    if ('run' in step) return unflushed === 0 ? step : undefined;
    const waitMs = step.dueAt - timers.now();
    if (waitMs <= 0) return step;
    busy = true;
    timer = timers.after(waitMs, () => {
      busy = false;
      pump();
    });
    return undefined;
  }

  return {
    get isFull() {
      return isFull();
    },
    write(bytes, { dueAt = 0, sliceBytes } = {}) {
      if (stopped || bytes.length === 0) return;
      waitingBytes += bytes.length;
      steps.push({ bytes, dueAt, sliceBytes });
      pump();
    },
    afterwards(run) {
      if (stopped) return;
      steps.push({ run });
      pump();
    },
    stop() {
      stopped = true;
      steps.length = 0;
      timer?.cancel();
    },
  };
}
