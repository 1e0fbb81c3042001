/** Two ends of a connection in memory, as `node:net` has them: bytes come in order, and in a later turn of the event loop. */
import { Duplex } from 'node:stream';

/** Runs this in the next turn of the event loop, behind everything that was put off before. */
export type PutOff = (work: () => void) => void;

/** What `ws`, undici and the HTTP server of Node use of a socket. */
export class MemorySocket extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  readonly remoteFamily = 'IPv4';
  readonly #putOff: PutOff;
  connecting: boolean;
  bytesRead = 0;
  bytesWritten = 0;
  /** Null: nobody is there any more, or yet. */
  peer: MemorySocket | null = null;
  /** Nothing passes in either direction, and neither end is told. */
  isSilent = false;
  isOver = false;

  constructor(putOff: PutOff, { isServer = false } = {}) {
    super({ allowHalfOpen: isServer });
    this.#putOff = putOff;
    this.connecting = !isServer;
  }

  override _read(): void {
    // What comes is pushed.
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: () => void): void {
    if (this.connecting) {
      this.once('connect', () => this._write(chunk, encoding, done));
      return;
    }
    this.bytesWritten += chunk.length;
    this.#toPeer((peer) => {
      peer.bytesRead += chunk.length;
      peer.push(chunk);
    });
    done();
  }

  override _final(done: () => void): void {
    if (this.connecting) {
      this.once('connect', () => this._final(done));
      return;
    }
    this.#toPeer((peer) => peer.ends());
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.connecting = false;
    const { peer } = this;
    this.peer = null;
    if (peer !== null) this.#putOff(() => peer.isLeft());
    done(error);
  }

  /** The other end is gone: what it sent before that can still be read. */
  isLeft(): void {
    this.peer = null;
    if (!this.destroyed && !this.isSilent) this.ends();
  }

  /** Nothing more comes. */
  ends(): void {
    if (!this.isOver) this.push(null);
    this.isOver = true;
  }

  /** @param peer null: nobody listens there. */
  connected(peer: MemorySocket | null): void {
    if (this.destroyed) {
      peer?.destroy();
      return;
    }
    if (peer === null) {
      const error = new Error('connect ECONNREFUSED 127.0.0.1');
      this.destroy(Object.assign(error, { code: 'ECONNREFUSED', syscall: 'connect' }));
      return;
    }
    this.peer = peer;
    this.connecting = false;
    this.emit('connect');
    this.emit('ready');
  }

  #toPeer(bring: (peer: MemorySocket) => void): void {
    // What was written before the end of this side still comes.
    const { peer } = this;
    if (peer === null) return;
    this.#putOff(() => {
      if (!peer.destroyed && !peer.isOver && !this.isSilent) bring(peer);
    });
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  /** Time limits of sockets are real time, which a test with a clock of its own does not have. */
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
