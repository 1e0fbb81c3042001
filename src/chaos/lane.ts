/** One direction of a connection: reads a socket, applies faults to its frames, and writes into the other socket. */
import type { Socket } from 'node:net';
import type { Timers } from '../time/timers.js';
import type { PlatformFault } from './faults.js';
import { createFrameSplitter, type FramePiece, opcodes } from './frame-splitter.js';
import { createLaneOutlet, type LaneOutlet } from './lane-outlet.js';
import { calmPlan, type LaneEnding, type Plan, planFrame } from './plan.js';
import type { Direction, Strike, Strikes } from './strikes.js';

export interface LaneOptions {
  direction: Direction;
  source: Socket;
  sink: Socket;
  timers: Timers;
  /** Factor on every delay. */
  speed: number;
  /** Null: the bytes are not frames, and no faults are applied. */
  strikes: Strikes | null;
  /** @param frame the number of the frame among the text and binary frames of this lane. */
  onStrike: (strike: Strike, frame: number, detail: string) => void;
  onPlatformFault: (fault: PlatformFault) => void;
  /** Called with additional frames for the client that a frame of this lane has caused. */
  onExtras: (frames: readonly Buffer[]) => void;
  onEnding: (ending: LaneEnding) => void;
}

export interface Lane {
  readonly outlet: LaneOutlet;
  receive(chunk: Buffer): void;
  /** Runs it as soon as it would not write into the middle of a message. */
  betweenMessages(run: () => void): void;
  /** Drops what is received from now on. */
  discard(): void;
  readonly discards: boolean;
}

export function createLane(options: LaneOptions): Lane {
  const { direction, source, sink, timers, speed, strikes } = options;
  const splitter = createFrameSplitter();
  const outlet = createLaneOutlet(sink, timers, () => source.resume());
  const waiting: (() => void)[] = [];
  let discards = false;
  let frames = 0;
  let plan: Plan | null = null;
  let insideFrame = false;
  let insideMessage = false;

  function write(bytes: Buffer, { delayMs, sliceBytes }: Plan): void {
    outlet.write(bytes, { dueAt: delayMs === 0 ? 0 : timers.now() + delayMs * speed, sliceBytes });
  }

  function planOf(piece: FramePiece): Plan {
    const opcode = piece.header?.opcode;
    if (strikes === null || (opcode !== opcodes.text && opcode !== opcodes.binary))
      return calmPlan(piece.bytes);
    frames += 1;
    const frame = frames;
    return planFrame(piece, direction, strikes, (strike, detail) => options.onStrike(strike, frame, detail));
  }

  /** Does what comes before the first byte of a frame. False: the frame itself is lost. */
  function begin({ platform, extras, ending }: Plan): boolean {
    for (const fault of platform) options.onPlatformFault(fault);
    if (direction === 'up') options.onExtras(extras);
    else if (plan !== null) for (const extra of extras) write(extra, plan);
    if (ending?.when !== 'before') return true;
    options.onEnding(ending);
    return !discards && ending.kind === 'halfOpen' && ending.silent !== 'both';
  }

  function pass(piece: FramePiece): void {
    const { header, first, last } = piece;
    if (first) {
      plan = planOf(piece);
      if (!begin(plan)) return;
    }
    if (plan === null) return;
    const bytes = first ? plan.bytes : piece.bytes;
    for (let copy = 0; copy < plan.copies; copy += 1) write(bytes, plan);
    insideFrame = !last || header === null;
    if (!last) return;
    if (header !== null && header.opcode < opcodes.close) insideMessage = !header.fin;
    release();
    if (plan.ending?.when === 'after') options.onEnding(plan.ending);
  }

  function release(): void {
    if (insideFrame || insideMessage) return;
    for (const run of waiting.splice(0)) run();
  }

  return {
    outlet,
    receive(chunk) {
      if (discards) return;
      if (strikes === null) {
        outlet.write(chunk);
      } else {
        for (const piece of splitter.push(chunk)) {
          if (discards) return;
          pass(piece);
        }
      }
      if (outlet.isFull) source.pause();
    },
    betweenMessages(run) {
      waiting.push(run);
      release();
    },
    discard() {
      discards = true;
      // What is dropped must be read on, or the end of the other side would not be noticed.
      source.resume();
    },
    get discards() {
      return discards;
    },
  };
}
