/**
 * A network in memory for a test whose platform, agents and clients are all in this process: `node:net` connects in it, and what
 * stands above that (`ws`, undici, the HTTP server) is the real thing. Nothing in it takes real time, so that what happens depends on
 * no other program of this machine, and `rest` knows when everything has happened.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterTest } from './after-test.js';
import { MemorySocket } from './memory-socket.js';

const defaults = {
  /** Turns of the event loop in which nothing is under way that are a standstill. Code here defers by two at most. */
  quietTurns: 6,
  firstPort: 40_000,
} as const;

/** The way of one machine to a server: everything of it goes through here, so that it can be cut, or fall asleep. */
export interface Gate {
  /** An address of the server, as this machine reaches it. */
  through(url: string): string;
  /** Ends every connection, and takes none until `mend`. */
  cut(): void;
  mend(): void;
  /** Nothing passes any more, and neither side is told: what was open stays open on this machine, for ever silent. */
  silence(): void;
}

/** Answers a request in place of the server, or returns false. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface MemoryNetwork {
  /** Resolves when nothing is on its way any more, and no file is being read or written. */
  rest(): Promise<void>;
  /** @param port of a server of this network. */
  openGate(port: number): Gate;
  /** Looks at all requests of all servers first. */
  intercept: Intercept;
}

/** Files are read and written by other threads, and child processes run, for as long as that takes. */
const isElsewhere = (): boolean =>
  process.getActiveResourcesInfo().some((name) => /^(?:FSReq|FileHandle|ProcessWrap)/.test(name));

/** No port is used twice: clients keep connections to what they reached before. */
let nextPort: number = defaults.firstPort;

/** From now to the end of the test every server that listens on a port, and every connection to one, is in memory. */
export async function openMemoryNetwork(): Promise<MemoryNetwork> {
  const servers = new Map<number, net.Server>();
  const gates = new Map<number, { to: number; isCut: boolean; ends: Set<MemorySocket> }>();
  let waiting: (() => void)[] = [];
  let isPlanned = false;
  let steps = 0;

  const bring = (): void => {
    const due = waiting;
    waiting = [];
    isPlanned = false;
    steps += due.length;
    for (const work of due) work();
  };
  const putOff = (work: () => void): void => {
    waiting.push(work);
    if (!isPlanned) setImmediate(bring);
    isPlanned = true;
  };

  function connect(port: number): MemorySocket {
    const gate = gates.get(port);
    const near = new MemorySocket(putOff);
    if (gate !== undefined) {
      gate.ends.add(near);
      near.once('close', () => gate.ends.delete(near));
    }
    putOff(() => {
      const server = gate?.isCut === true ? undefined : servers.get(gate?.to ?? port);
      if (server === undefined || near.destroyed) {
        near.connected(null);
        return;
      }
      const far = new MemorySocket(putOff, { isServer: true });
      far.on('error', () => undefined);
      far.peer = near;
      server.emit('connection', far);
      near.connected(far);
    });
    return near;
  }

  const network: MemoryNetwork = {
    intercept: () => false,
    async rest() {
      let seen = -1;
      for (let quiet = 0; quiet < defaults.quietTurns; quiet += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (seen === steps && !isPlanned && !isElsewhere()) continue;
        seen = steps;
        quiet = 0;
      }
    },
    openGate(to) {
      const port = nextPort++;
      const gate = { to, isCut: false, ends: new Set<MemorySocket>() };
      gates.set(port, gate);
      return {
        through: (url) => url.replace(`:${to}`, `:${port}`),
        cut() {
          gate.isCut = true;
          for (const end of gate.ends) end.destroy();
        },
        mend() {
          gate.isCut = false;
        },
        silence() {
          for (const end of gate.ends) {
            end.isSilent = true;
            if (end.peer !== null) end.peer.isSilent = true;
          }
        },
      };
    },
  };

  function listen(server: net.Server): void {
    const port = nextPort++;
    servers.set(port, server);
    // These are real time, which passes for other programs of this machine, too.
    Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
    server.address = () => ({ port, address: '127.0.0.1', family: 'IPv4' });
    const { emit } = server;
    server.emit = (event: string, ...args: unknown[]): boolean => {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      if (event === 'request' && network.intercept(request, response)) return true;
      return Reflect.apply(emit, server, [event, ...args]) as boolean;
    };
    server.once('close', () => servers.delete(port));
    process.nextTick(() => server.emit('listening'));
  }

  const original = {
    connect: net.connect,
    createConnection: net.createConnection,
    listen: net.Server.prototype.listen,
  };
  type Listen = (this: net.Server, ...args: unknown[]) => net.Server;
  const connectHere = (...args: unknown[]): net.Socket => {
    const [to] = args as [{ port?: unknown } | undefined];
    const port = typeof to === 'object' ? Number(to.port) : Number.NaN;
    if (gates.has(port) || servers.has(port)) return connect(port) as unknown as net.Socket;
    return Reflect.apply(original.connect, net, args) as net.Socket;
  };
  const listenHere: Listen = function listenInMemory(...args) {
    const [port, host, done] = args;
    if (typeof port !== 'number') return Reflect.apply(original.listen as Listen, this, args);
    const onListening = [host, done].find((arg) => typeof arg === 'function') as (() => void) | undefined;
    if (onListening !== undefined) this.once('listening', onListening);
    listen(this);
    return this;
  };
  Object.assign(net, { connect: connectHere, createConnection: connectHere });
  Object.assign(net.Server.prototype, { listen: listenHere });
  afterTest(() => {
    Object.assign(net, { connect: original.connect, createConnection: original.createConnection });
    Object.assign(net.Server.prototype, { listen: original.listen });
  });
  await warmUp();
  return network;
}

/** What the first requests load and compile takes time that no clock of a test knows. */
async function warmUp(): Promise<void> {
  const undici = await import('undici');
  const dispatcher = new undici.Agent();
  const server = createServer((_request, response) => response.setHeader('connection', 'close').end());
  server.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await (await fetch(url)).text();
  await (await undici.fetch(url, { dispatcher })).text();
  await dispatcher.close();
  server.close();
}
