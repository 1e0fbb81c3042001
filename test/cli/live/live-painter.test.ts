import { describe, expect, it } from 'vitest';
import { createPainter } from '../../../src/cli/live/live-painter.js';
import { createEmulator } from './live-emulator.js';

describe('a painter', () => {
  it('leaves nothing of a drawing that was wider or higher', async () => {
    const emulator = createEmulator(20, 10);
    const painter = createPainter(emulator.write);
    painter.draw(['a long line', 'another long line', 'a third one'], ['above']);
    painter.draw(['short', 'short too'], []);
    expect(await emulator.lines()).toEqual(['above', 'short', 'short too']);
    painter.draw(['one'], ['more above']);
    expect(await emulator.lines()).toEqual(['above', 'more above', 'one']);
  });

  it('stays at the bottom when what is above fills the terminal', async () => {
    const emulator = createEmulator(20, 4);
    const painter = createPainter(emulator.write);
    for (let i = 0; i < 10; i += 1) painter.draw(['first', `second ${i}`], [`line ${i}`]);
    const above = Array.from({ length: 10 }, (_, i) => `line ${i}`);
    expect(await emulator.lines()).toEqual([...above, 'first', 'second 9']);
  });
});
