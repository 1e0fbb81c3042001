import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type EndingSignal, watchSignals } from '../../../src/cli/surroundings/signals.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';

function watched(hasTerminal: boolean, isFirst = false) {
  const self = new EventEmitter();
  const said: string[] = [];
  const codes: number[] = [];
  const heard: EndingSignal[] = [];
  const clock = createVirtualClock();
  const signals = watchSignals({
    process: self as unknown as NodeJS.Process,
    hasTerminal,
    print: (line) => said.push(line),
    end: (code) => codes.push(code),
    clock,
    isFirst,
  });
  return {
    self,
    said,
    codes,
    heard,
    clock,
    signals,
    listen: () => signals.on((signal) => heard.push(signal)),
  };
}

const names: EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

describe('a signal', () => {
  it('ends the process with the code of its number before a command listens, and after it', () => {
    const { self, codes, heard, listen } = watched(true);
    for (const name of names) self.emit(name, name);
    expect(codes).toEqual([130, 143, 129]);
    const forget = listen();
    for (const name of names) self.emit(name, name);
    forget();
    self.emit('SIGINT', 'SIGINT');
    expect({ codes, heard }).toEqual({ codes: [130, 143, 129, 130], heard: names });
  });

  it('of a closed terminal is ignored without a terminal, which is said once', () => {
    const { self, codes, heard, said, listen } = watched(false);
    self.emit('SIGHUP', 'SIGHUP');
    listen();
    for (const name of [...names, ...names]) self.emit(name, name);
    expect({ codes, heard, said }).toEqual({
      codes: [],
      heard: ['SIGINT', 'SIGTERM', 'SIGINT', 'SIGTERM'],
      said: ['SIGHUP: ignored, as under nohup: no standard stream is a terminal. SIGTERM ends this.'],
    });
  });

  it.each([
    [true, [0, 0, 0]],
    [false, [0, 0, 1]],
  ])('is left to the system while a file is loaded; terminal: %s', (hasTerminal, counts) => {
    const { self, clock, signals, listen, heard } = watched(hasTerminal);
    const handlers = () => names.map((name) => self.listenerCount(name));
    listen();
    const back = signals.leaveToSystem();
    expect(handlers()).toEqual(counts);
    back();
    expect(handlers()).toEqual([1, 1, 1]);
    signals.leaveToSystem();
    clock.advance(1_499);
    expect(handlers()).toEqual(counts);
    clock.advance(1);
    expect(handlers()).toEqual([1, 1, 1]);
    self.emit('SIGTERM', 'SIGTERM');
    expect({ heard, pending: clock.pending() }).toEqual({ heard: ['SIGTERM'], pending: 0 });
  });

  it('is never left to the system by the first process of a container, which it would not end', () => {
    const { self, clock, signals, codes } = watched(false, true);
    signals.leaveToSystem()();
    for (const name of names) self.emit(name, name);
    expect({ codes, pending: clock.pending() }).toEqual({ codes: [130, 143], pending: 0 });
  });
});
