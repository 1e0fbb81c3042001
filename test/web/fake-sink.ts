import { EventEmitter } from 'node:events';
import type { EventSink } from '../../src/web/event-stream.js';

/** The response to a page that a test plays: it takes what it gets, or does not. */
export class FakeSink extends EventEmitter implements EventSink {
  writableLength = 0;
  /** The status and the headers, once they are written. */
  head: [number, Record<string, string>] | null = null;
  isFlushed = false;
  isEnded = false;
  isOpen = true;
  #written = '';
  #read = 0;
  #isStalled = false;

  get writableNeedDrain(): boolean {
    return this.#isStalled;
  }

  writeHead(status: number, headers: Record<string, string>): void {
    this.head = [status, headers];
  }

  flushHeaders(): void {
    this.isFlushed = true;
  }

  write(text: string): void {
    if (this.isEnded) throw new Error('write after end');
    this.#written += text;
    if (this.#isStalled) this.writableLength += text.length;
  }

  end(text: string, done: () => void): void {
    this.write(text);
    this.isEnded = true;
    if (!this.#isStalled) done();
  }

  destroy(): void {
    this.isOpen = false;
    this.emit('close');
  }

  /** All of it. */
  text(): string {
    return this.#written;
  }

  /** Messages since the last call, without the empty lines behind them. */
  messages(): string[] {
    const fresh = this.#written.slice(this.#read);
    this.#read = this.#written.length;
    return fresh.split('\n\n').filter((message) => message !== '');
  }

  /** From now on nothing is taken, until `drain`. */
  stall(): void {
    this.#isStalled = true;
    this.writableLength = 1;
  }

  drain(): void {
    this.#isStalled = false;
    this.writableLength = 0;
    this.emit('drain');
  }
}
