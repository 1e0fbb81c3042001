import xterm from '@xterm/headless';
import type { Screen, ScreenOwner } from '../../../src/cli/surroundings/surroundings.js';
import { type FakeIo, fakeIo } from '../surroundings/fake-surroundings.js';

export interface Emulator {
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** All that can be read, the lines that have scrolled by too. */
  lines(): Promise<string[]>;
  hasCursor(): Promise<boolean>;
}

/** A terminal without a window. */
export function createEmulator(columns: number, rows: number): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true });
  let isCursorShown = true;
  for (const final of ['h', 'l']) {
    terminal.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
      if (params[0] === 25) isCursorShown = final === 'h';
      return false;
    });
  }
  const settled = () => new Promise<void>((resolve) => terminal.write('', resolve));
  return {
    write: (text) => terminal.write(text),
    resize: (to, tall) => terminal.resize(to, tall),
    async lines() {
      await settled();
      const { active } = terminal.buffer;
      const all = Array.from(
        { length: active.length },
        (_, y) => active.getLine(y)?.translateToString().trimEnd() ?? '',
      );
      return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
    },
    async hasCursor() {
      await settled();
      return isCursorShown;
    },
  };
}

export interface FakeTerminal extends FakeIo {
  screen: Screen;
  emulator: Emulator;
  /** What was written while somebody had the screen, write by write. */
  writes: string[];
  owner(): ScreenOwner;
  /** Ctrl-S and Ctrl-Q: what is written in between is taken afterwards. */
  stop(): void;
  resume(): void;
  /** As the window of a terminal would: with its contents, and told to the owner. */
  resize(columns: number, rows: number): void;
}

/** An io on an emulated terminal. Standard output and standard error both go there. */
export function fakeTerminal(columns: number, rows: number, env: NodeJS.ProcessEnv = {}): FakeTerminal {
  const io = fakeIo(env);
  const emulator = createEmulator(columns, rows);
  const writes: string[] = [];
  let size = { columns, rows };
  let owner: ScreenOwner | null = null;
  /** What a terminal that is stopped has not taken; null: it is not. */
  let untaken: string[] | null = null;
  const stream = {
    write(text: string) {
      if (owner === null) emulator.write(text.replaceAll('\n', '\r\n'));
      else owner.onText(text);
    },
  };
  return {
    ...io,
    stdout: stream,
    stderr: stream,
    emulator,
    writes,
    screen: {
      size: () => size,
      take(taker) {
        owner = taker;
        return {
          write(text) {
            writes.push(text);
            if (untaken === null) emulator.write(text);
            else untaken.push(text);
          },
          isBehind: () => untaken !== null && untaken.length > 0,
          release: () => (owner = null),
        };
      },
    },
    stop: () => (untaken ??= []),
    resume() {
      const waited = untaken ?? [];
      untaken = null;
      for (const text of waited) emulator.write(text);
      if (waited.length > 0) owner?.onFlow();
    },
    owner() {
      if (owner === null) throw new Error('nobody has the screen');
      return owner;
    },
    resize(to, tall) {
      size = { columns: to, rows: tall };
      emulator.resize(to, tall);
      owner?.onResize();
    },
  };
}
