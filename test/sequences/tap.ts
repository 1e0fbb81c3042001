/**
 * The way from one agent to its platform, with somebody who listens: a TCP relay that tells of every connection and
 * every frame of both directions, can cut the wire, and can put another frame in the place of the agent's answer.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createFrameSplitter, type FramePiece, opcodes, payloadOf } from '../../src/chaos/frame-splitter.js';
import { frameOf } from '../../src/chaos/frame-writer.js';
import { createHeadReader, isSwitchingProtocols, parseRequest } from '../../src/chaos/http-head.js';
import { legOf } from '../../src/chaos/leg.js';
import { reset } from '../../src/chaos/relay.js';

export type Side = 'agent' | 'platform';

export type FrameKind = 'text' | 'binary' | 'close' | 'ping' | 'pong' | 'other';

/** What happens on the wire. `connection` counts from 1. */
export type WireEvent =
  | { type: 'wire.opened'; connection: number; leg: 'lobby' | 'match'; matchId: string | null }
  | {
      type: 'wire.frame';
      connection: number;
      from: Side;
      kind: FrameKind;
      text: string | null;
      /** Of a close frame that has one. */
      code: number | null;
    }
  /** The first sign of the end of the TCP connection, from this side. */
  | { type: 'wire.ended'; connection: number; by: Side };

export interface Tap {
  /** Listens in the place of the platform. */
  readonly port: number;
  /** The connections of the agent that have not ended. */
  readonly open: number;
  /** Ends every connection, for both sides. */
  cut(how: 'reset' | 'fin'): void;
  /** From now on nobody gets through; with false everybody does again. */
  block(isBlocked: boolean): void;
  /** Instead of the next answer of the agent the platform gets this text; `null` as a text stands for the answer. */
  replaceNextAnswer(text: (answer: string) => string): void;
  close(): Promise<void>;
}

const kinds: Readonly<Record<number, FrameKind>> = {
  [opcodes.text]: 'text',
  [opcodes.binary]: 'binary',
  [opcodes.close]: 'close',
  [opcodes.ping]: 'ping',
  [opcodes.pong]: 'pong',
};

const matchIdPattern = /^\/ws\/(?:external\/)?match\/([^/]*)\//;

/** @param see told of everything at once, before it goes on. */
export async function openTap(platformPort: number, see: (event: WireEvent) => void): Promise<Tap> {
  const pairs = new Set<{ agent: Socket; platform: Socket }>();
  const replacements: ((answer: string) => string)[] = [];
  let connections = 0;
  let isBlocked = false;

  function accept(agent: Socket): void {
    agent.on('error', () => undefined);
    if (isBlocked) {
      reset(agent);
      return;
    }
    connections += 1;
    const connection = connections;
    const platform = connect({ port: platformPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const pair = { agent, platform };
    pairs.add(pair);
    const request = createHeadReader();
    const response = createHeadReader();
    const frames = { agent: createFrameSplitter(), platform: createFrameSplitter() };
    let path: string | null = null;
    let isOpen = false;
    let hasEnded = false;

    const tell = (from: Side, { header, bytes, first, last }: FramePiece): void => {
      const isWhole = header !== null && first && last;
      const kind = isWhole ? (kinds[header.opcode] ?? 'other') : 'other';
      const payload = kind === 'text' || kind === 'close' ? payloadOf({ header, bytes, first, last }) : null;
      const text = kind === 'text' ? String(payload) : null;
      const code =
        kind === 'close' && payload !== null && payload.length >= 2 ? payload.readUInt16BE() : null;
      see({ type: 'wire.frame', connection, from, kind, text, code });
    };

    const fromAgent = (chunk: Buffer): void => {
      if (path === null) {
        const read = request.push(chunk);
        if (read !== null && read !== 'too large') path = parseRequest(read.head, null)?.path ?? '';
        platform.write(chunk);
        return;
      }
      for (const piece of frames.agent.push(chunk)) {
        tell('agent', piece);
        platform.write(replaced(piece));
      }
    };

    const replaced = (piece: FramePiece): Buffer => {
      if (replacements.length === 0 || piece.header?.opcode !== opcodes.text) return piece.bytes;
      const text = payloadOf(piece).toString();
      if (!text.includes('"turn_action"')) return piece.bytes;
      const replace = replacements.shift();
      return replace === undefined ? piece.bytes : maskedText(replace(text));
    };

    const fromPlatform = (chunk: Buffer): void => {
      // It was cut: this reaches nobody any more.
      if (!agent.writable) return;
      let rest = chunk;
      if (!isOpen) {
        const read = response.push(chunk);
        agent.write(chunk);
        if (read === null || read === 'too large' || !isSwitchingProtocols(read.head)) return;
        isOpen = true;
        const leg = legOf(path ?? '') === 'lobby' ? 'lobby' : 'match';
        const matchId = matchIdPattern.exec(path ?? '')?.[1] ?? null;
        see({ type: 'wire.opened', connection, leg, matchId });
        rest = read.rest;
      } else {
        agent.write(chunk);
      }
      for (const piece of frames.platform.push(rest)) tell('platform', piece);
    };

    const ended = (by: Side): void => {
      if (hasEnded) return;
      hasEnded = true;
      if (isOpen) see({ type: 'wire.ended', connection, by });
    };

    agent.on('data', fromAgent);
    platform.on('data', fromPlatform);
    join(agent, platform, () => ended('agent'));
    join(platform, agent, () => ended('platform'));
    const gone = () => {
      if (agent.destroyed && platform.destroyed) pairs.delete(pair);
    };
    agent.on('close', gone);
    platform.on('close', gone);
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cut = (how: 'reset' | 'fin'): void => {
    for (const { agent, platform } of pairs) {
      for (const socket of [agent, platform]) {
        if (how === 'reset') reset(socket);
        else socket.end();
      }
    }
  };

  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return pairs.size;
    },
    cut,
    block(blocked) {
      isBlocked = blocked;
    },
    replaceNextAnswer(replace) {
      replacements.push(replace);
    },
    async close() {
      cut('reset');
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Hands the end of one side on to the other. */
function join(from: Socket, to: Socket, onEnd: () => void): void {
  from.on('error', () => undefined);
  from.on('end', () => {
    onEnd();
    to.end();
  });
  from.on('close', (hadError) => {
    onEnd();
    if (hadError) reset(to);
    else to.destroySoon();
  });
}

/** A client's text frame; its mask is zeros. */
function maskedText(text: string): Buffer {
  const plain = frameOf(opcodes.text, Buffer.from(text));
  const headerBytes = plain.length - Buffer.byteLength(text);
  plain[1] = (plain[1] ?? 0) | 0x80;
  return Buffer.concat([plain.subarray(0, headerBytes), Buffer.alloc(4), plain.subarray(headerBytes)]);
}
