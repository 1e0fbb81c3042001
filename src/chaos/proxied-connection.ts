/** One connection of a client: its request, the connection to the target, and the relay between the two. */
import { connect, type Socket } from 'node:net';
import type { Timer, Timers } from '../time/timers.js';
import type { EmitChaos } from './chaos-events.js';
import type { ChaosFault, PlatformFault, PlatformFaults } from './faults.js';
import { closeFrame, textFrame } from './frame-writer.js';
import {
  createHeadReader,
  isSwitchingProtocols,
  parseRequest,
  type RequestHead,
  responseOf,
  switchingProtocols,
} from './http-head.js';
import type { Ledger, Visit } from './ledger.js';
import { legOf, shownPath, victimOf } from './leg.js';
import { describeAnswer, type OutageAnswer, type OutageCut } from './outages.js';
import type { EndingKind } from './plan.js';
import { createRelay, type Relay, reset } from './relay.js';
import { createStrikes, type Strike, type Strikes } from './strikes.js';
import type { ProxyTarget } from './target.js';

const defaults = {
  /** The time for a whole request head. */
  headTimeoutMs: 10_000,
  connectTimeoutMs: 10_000,
  /** How long the client may take to disconnect after a final answer. */
  lingerMs: 2_000,
  /** The most bytes that a client may send before the target has answered its upgrade. */
  maxEarlyBytes: 64 * 1024,
  /** The answer of another kind of server: a TLS alert. */
  garbage: Buffer.from('15030300020246', 'hex'),
} as const;

export interface ProxiedConnectionOptions {
  client: Socket;
  target: ProxyTarget;
  faults: readonly ChaosFault[];
  seed: string;
  speed: number;
  ledger: Ledger;
  timers: Timers;
  platform: PlatformFaults | undefined;
  emit: EmitChaos;
  /**
   * The answer of the current outage to a connection of this leg; null without an outage. The leg is null for a plain
   * request.
   */
  outageAt: (leg: Visit['leg'] | null) => OutageAnswer | null;
  /** Called when both sides are gone. */
  onGone: () => void;
}

/** With what a connection to the target begins. */
interface Beginning {
  /** Null: nothing is broken on it. */
  strikes: Strikes | null;
  path: string;
  /** The head of the target's answer, and what came behind it; empty when it is not read. */
  head: Buffer;
  body: Buffer;
}

const nothing = Buffer.alloc(0);

export interface ProxiedConnection {
  /** Null until the request was read, and for plain HTTP requests. */
  readonly visit: { leg: Visit['leg']; path: string; connection: number } | null;
  /** Ends both sides with a TCP reset, or as an outage does. A connection that is not relayed yet is always reset. */
  cut(how?: OutageCut): void;
}

export function openProxiedConnection(options: ProxiedConnectionOptions): ProxiedConnection {
  const { client, target, timers, emit } = options;
  const requestReader = createHeadReader();
  const responseReader = createHeadReader();
  let upstream: Socket | null = null;
  let relay: Relay | null = null;
  let visit: ProxiedConnection['visit'] = null;
  let entered: Visit | null = null;
  let deadline: Timer = timers.after(defaults.headTimeoutMs, () => refuse(408));
  let onData: (chunk: Buffer) => void = readRequest;
  let early: Buffer[] = [];
  let gone = false;

  // --- the request ---

  function readRequest(chunk: Buffer): void {
    const read = requestReader.push(chunk);
    if (read === null) return;
    deadline.cancel();
    if (read === 'too large') return refuse(431);
    const request = parseRequest(read.head, target.rewriteHost ? target.authority : null);
    if (request === null) return refuse(400);
    const leg = request.upgrade === null ? null : legOf(request.path);
    const outage = options.outageAt(leg);
    if (leg === null) return outage === null ? dial(request, null, read.rest) : meet(outage, request);
    entered = options.ledger.enter(leg, request.path);
    visit = { leg, path: shownPath(request.path), connection: entered.connection };
    if (outage !== null) return meet(outage, request);
    const strikes = createStrikes(options.faults, entered, options.seed);
    const refusal = strikes.atUpgrade();
    if (refusal?.fault.kind === 'refuse') {
      const { status, retryAfterSeconds } = refusal.fault;
      reportStrike(refusal, 0, `HTTP ${status}`);
      answer(status, retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]);
    } else {
      dial(request, strikes, read.rest);
    }
  }

  function refuse(status: number): void {
    emit({ type: 'request.refused', status });
    answer(status);
  }

  /** Answers in place of the target. */
  function answer(status: number, headers: readonly string[] = []): void {
    sendLast(responseOf(status, headers));
  }

  /** Answers a request during an outage. */
  function meet(outage: OutageAnswer, request: RequestHead): void {
    if (visit !== null) emit({ type: 'outage.met', ...visit, detail: describeAnswer(outage) });
    const upgraded = request.upgrade === null ? Buffer.alloc(0) : switchingProtocols(request.upgrade);
    switch (outage.kind) {
      case 'status': {
        const { status, retryAfterSeconds } = outage;
        return answer(status, retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]);
      }
      case 'refused':
      case 'reset':
        return reset(client);
      case 'garbage':
        return sendLast(defaults.garbage);
      case 'hang':
        return ignore();
      case 'silent':
        ignore();
        client.write(upgraded);
        return;
      case 'close': {
        const { code, reason = '', frames = [] } = outage;
        const close = code === undefined ? [] : [closeFrame(code, reason)];
        return sendLast(Buffer.concat([upgraded, ...frames.map(textFrame), ...close]));
      }
    }
  }

  /** Ignores what the client sends from now on. */
  function ignore(): void {
    onData = () => undefined;
    deadline.cancel();
    client.resume();
  }

  /** Sends the last bytes to this client. */
  function sendLast(bytes: Buffer): void {
    ignore();
    client.end(bytes);
    deadline = timers.after(defaults.lingerMs, () => client.destroy());
  }

  function reportStrike({ fault, number }: Strike, frame: number, detail: string): void {
    if (visit !== null) emit({ type: 'fault', kind: fault.kind, fault: number, ...visit, frame, detail });
  }

  // --- the target ---

  function dial(request: RequestHead, strikes: Strikes | null, rest: Buffer): void {
    const socket = connect({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true });
    upstream = socket;
    early = [rest];
    onData = hold;
    let failed = false;
    const fail = (why: string): void => {
      if (failed || relay !== null || client.destroyed) return;
      failed = true;
      socket.destroy();
      emit({ type: 'target.unreachable', path: shownPath(request.path), why });
      answer(502);
    };
    deadline = timers.after(defaults.connectTimeoutMs, () => fail('no answer in time'));
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.on('close', () => {
      fail('it ended the connection');
      release();
    });
    socket.on('connect', () => {
      deadline.cancel();
      socket.write(request.forward);
      if (strikes === null)
        start(socket, { strikes: null, path: request.path, head: nothing, body: nothing });
      else
        socket.on('data', function onResponse(chunk: Buffer) {
          const read = responseReader.push(chunk);
          if (read === null) return;
          socket.off('data', onResponse);
          const [head, body] = read === 'too large' ? [chunk, Buffer.alloc(0)] : [read.head, read.rest];
          start(socket, {
            strikes: isSwitchingProtocols(head) ? strikes : null,
            path: request.path,
            head,
            body,
          });
        });
    });
  }

  /** Keeps what the client sends before the target has answered. */
  function hold(chunk: Buffer): void {
    early.push(chunk);
    if (early.reduce((bytes, part) => bytes + part.length, 0) > defaults.maxEarlyBytes) client.pause();
  }

  function start(socket: Socket, { strikes, path, head, body }: Beginning): void {
    const opened = createRelay({
      client,
      upstream: socket,
      timers,
      speed: options.speed,
      strikes,
      lingerMs: defaults.lingerMs,
      onStrike: reportStrike,
      onPlatformFault: (fault) => doPlatformFault(fault, path),
    });
    relay = opened;
    onData = (chunk) => opened.up.receive(chunk);
    opened.down.outlet.write(head);
    opened.down.receive(body);
    for (const chunk of early.splice(0)) opened.up.receive(chunk);
    if (!opened.up.outlet.isFull) client.resume();
  }

  function doPlatformFault(fault: PlatformFault, path: string): void {
    const { platform } = options;
    const victim = victimOf(path);
    try {
      if (fault.kind === 'restart') platform?.restart(fault.downMs);
      else if (victim !== null) platform?.[fault.kind](victim);
    } catch (error) {
      emit({ type: 'proxy.fault', where: `platform ${fault.kind}`, error });
    }
  }

  // --- the end ---

  function release(): void {
    if (gone || !client.destroyed || (upstream !== null && !upstream.destroyed)) return;
    gone = true;
    deadline.cancel();
    relay?.stop();
    entered?.leave();
    options.onGone();
  }

  client.on('data', (chunk: Buffer) => onData(chunk));
  client.on('error', () => undefined);
  client.on('end', () => {
    // Clients do not half-close a connection before its upgrade is answered: this client is gone.
    if (relay === null) {
      if (upstream !== null) upstream.destroy();
      client.destroySoon();
    }
  });
  client.on('close', () => {
    if (relay === null) upstream?.destroy();
    release();
  });

  return {
    get visit() {
      return visit;
    },
    cut(how = { kind: 'drop', how: 'reset' }) {
      if (relay !== null && !(how.kind === 'drop' && how.how === 'reset')) {
        relay.end(endingOf(how));
        return;
      }
      relay?.stop();
      reset(client);
      if (upstream?.connecting === true) upstream.destroy();
      else if (upstream !== null) reset(upstream);
    },
  };
}

function endingOf(cut: OutageCut): EndingKind {
  if (cut.kind === 'close') return { kind: 'close', frame: closeFrame(cut.code, cut.reason ?? '') };
  return cut.kind === 'halfOpen' ? { kind: 'halfOpen', silent: 'both' } : cut;
}
