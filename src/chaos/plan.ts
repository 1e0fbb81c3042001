/** Turns the faults that strike a frame into bytes, delays and an ending. */
import {
  fieldsToChange,
  garble,
  isShortStack,
  parseObject,
  withInvertedRaise,
  withWrongTypes,
} from './disfigure.js';
import type { ChaosFault, Close, Drop, HalfOpen, PlatformFault } from './faults.js';
import { type FramePiece, opcodes, payloadOf } from './frame-splitter.js';
import { closeFrame, frameOf, textFrame } from './frame-writer.js';
import type { Direction, Strike, Strikes } from './strikes.js';

const defaults = {
  unknownType: 'chaos_unknown',
  ignoredType: 'session_control',
  hugeBytes: 1024 * 1024,
  binaryBytes: 32,
  pings: 50,
} as const;

/** How a connection ends or falls silent. */
export type EndingKind =
  | { kind: 'drop'; how: NonNullable<Drop['how']> }
  | { kind: 'halfOpen'; silent: NonNullable<HalfOpen['silent']> }
  | { kind: 'close'; frame: Buffer };

/** The same, at a frame. */
export type LaneEnding = EndingKind & { when: 'before' | 'after' };

export interface Plan {
  /** Additional frames, which the client gets before the frame. */
  extras: Buffer[];
  bytes: Buffer;
  /** How often `bytes` are sent. */
  copies: number;
  delayMs: number;
  sliceBytes: number | undefined;
  ending: LaneEnding | null;
  platform: PlatformFault[];
}

/** A plan without faults. */
export function calmPlan(bytes: Buffer): Plan {
  return { extras: [], bytes, copies: 1, delayMs: 0, sliceBytes: undefined, ending: null, platform: [] };
}

/** @param onStrike called with each fault and a short description. */
export function planFrame(
  piece: FramePiece,
  direction: Direction,
  strikes: Strikes,
  onStrike: (strike: Strike, detail: string) => void,
): Plan {
  const plan = calmPlan(piece.bytes);
  const { header, last } = piece;
  const isText = last && header?.fin === true && header.opcode === opcodes.text;
  let payload: Buffer | null = null;
  let parsed: Record<string, unknown> | null | undefined;
  const readPayload = (): Buffer => (payload ??= payloadOf(piece));
  const readFrame = (): Record<string, unknown> | null =>
    (parsed ??= isText ? parseObject(readPayload().toString()) : null);

  const due = strikes.atFrame({
    direction,
    type: () => {
      const type = readFrame()?.['type'];
      return typeof type === 'string' ? type : null;
    },
    accepts(fault) {
      if (fault.kind === 'duplicate' || fault.kind === 'garble') return isText;
      if (fault.kind !== 'wrongTypes' && fault.kind !== 'invertRaise') return true;
      const frame = readFrame();
      if (frame === null) return false;
      return fault.kind === 'wrongTypes' ? fieldsToChange(frame, fault).length > 0 : isShortStack(frame);
    },
  });
  for (const strike of due) onStrike(strike, apply(strike, plan, { readPayload, readFrame }));
  return plan;
}

interface Readers {
  readPayload: () => Buffer;
  readFrame: () => Record<string, unknown> | null;
}

/** Returns the description of the fault. */
function apply({ fault, random }: Strike, plan: Plan, { readPayload, readFrame }: Readers): string {
  switch (fault.kind) {
    case 'drop': {
      const { how = 'reset', when = 'before' } = fault;
      plan.ending = { kind: 'drop', how, when };
      return `${how} ${when} the frame`;
    }
    case 'halfOpen': {
      const { silent = 'both', when = 'before' } = fault;
      plan.ending = { kind: 'halfOpen', silent, when };
      return `${silent} from ${when} the frame on`;
    }
    case 'close': {
      const { when = 'before', reason = '' } = fault;
      const code = codeOf(fault, random);
      plan.ending = { kind: 'close', frame: closeFrame(code, reason), when };
      return `${code === undefined ? 'no code' : `code ${code}`} ${when} the frame`;
    }
    case 'delay': {
      const ms = Math.round(fault.ms + random() * (fault.jitterMs ?? 0));
      plan.delayMs += ms;
      return `${ms} ms at full pace`;
    }
    case 'slice':
      plan.sliceBytes = fault.bytes ?? 1;
      return `${plan.sliceBytes} ${plan.sliceBytes === 1 ? 'byte' : 'bytes'} each`;
    case 'duplicate':
      plan.copies += 1;
      return '';
    case 'garble': {
      const { what = 'json', extra = false } = fault;
      change(plan, garble(readPayload(), what, random), extra);
      return `${what}${extra ? ', extra' : ''}`;
    }
    case 'wrongTypes': {
      const frame = readFrame() ?? {};
      const fields = fieldsToChange(frame, fault);
      change(plan, withWrongTypes(frame, fields), fault.extra ?? false);
      return `${fields.join(', ')}${fault.extra === true ? ', extra' : ''}`;
    }
    case 'invertRaise':
      change(plan, withInvertedRaise(readFrame() ?? {}), false);
      return '';
    case 'binary': {
      const bytes = fault.bytes ?? defaults.binaryBytes;
      const noise = Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)));
      plan.extras.push(frameOf(opcodes.binary, noise));
      return `${bytes} bytes`;
    }
    case 'unknownType':
    case 'huge':
    case 'pings':
      plan.extras.push(readyMade(fault));
      return '';
    case 'refuse':
      return '';
    case 'evict':
    case 'revoke':
    case 'lobbyDrop':
      plan.platform.push(fault);
      return '';
    case 'restart':
      plan.platform.push(fault);
      return `${fault.downMs} ms`;
  }
}

function change(plan: Plan, bytes: Buffer, extra: boolean): void {
  if (extra) plan.extras.push(bytes);
  else plan.bytes = bytes;
}

function codeOf({ code }: Close, random: () => number): number | undefined {
  if (typeof code !== 'object') return code;
  return code[Math.floor(random() * code.length)];
}

/** Made once for each fault, so that a huge frame in many queues takes its memory only once. */
const made = new WeakMap<ChaosFault, Buffer>();

function readyMade(fault: Extract<ChaosFault, { kind: 'unknownType' | 'huge' | 'pings' }>): Buffer {
  const known = made.get(fault);
  if (known !== undefined) return known;
  const bytes = make(fault);
  made.set(fault, bytes);
  return bytes;
}

function make(fault: Extract<ChaosFault, { kind: 'unknownType' | 'huge' | 'pings' }>): Buffer {
  switch (fault.kind) {
    case 'unknownType':
      return textFrame(JSON.stringify({ type: fault.frameType ?? defaults.unknownType }));
    case 'huge': {
      const { bytes = defaults.hugeBytes, frameType = defaults.ignoredType } = fault;
      const empty = JSON.stringify({ type: frameType, padding: '' });
      const padding = 'x'.repeat(Math.max(0, bytes - Buffer.byteLength(empty)));
      return textFrame(JSON.stringify({ type: frameType, padding }));
    }
    case 'pings': {
      const { count = defaults.pings } = fault;
      return Buffer.concat(
        Array.from({ length: count }, (_, index) => frameOf(opcodes.ping, Buffer.from(String(index)))),
      );
    }
  }
}
