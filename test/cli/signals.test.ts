import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type EndingSignal, watchSignals } from '../../src/cli/signals.js';

function watched(hasTerminal: boolean) {
  const self = new EventEmitter();
  const said: string[] = [];
  const codes: number[] = [];
  const heard: EndingSignal[] = [];
  const turns: (() => void)[] = [];
  const signals = watchSignals({
    process: self as unknown as NodeJS.Process,
    hasTerminal,
    say: (line) => said.push(line),
    end: (code) => codes.push(code),
    later: (run) => turns.push(run),
  });
  return {
    self,
    said,
    codes,
    heard,
    turns,
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
  ])('is left to the system until the event loop turns; terminal: %s', (hasTerminal, counts) => {
    const { self, turns, signals, listen, heard } = watched(hasTerminal);
    listen();
    signals.leaveToSystem();
    expect(names.map((name) => self.listenerCount(name))).toEqual(counts);
    for (const turn of turns) turn();
    expect(names.map((name) => self.listenerCount(name))).toEqual([1, 1, 1]);
    self.emit('SIGTERM', 'SIGTERM');
    expect(heard).toEqual(['SIGTERM']);
  });
});
