import { describe, expect, it } from 'vitest';
import { parseBlinds } from '../../../src/cli/commands/arguments.js';
import { argumentsAgain } from '../../../src/cli/commands/command-again.js';

describe('the arguments of a command once more', () => {
  it('are the flags as they were given', () => {
    const flags = {
      writeConfig: true,
      state: 'a file',
      dashboard: 0,
      blinds: parseBlinds('5/10,21:10/20'),
      opponent: ['equity', 'random'],
      legacy: false,
      limits: undefined,
    };
    expect(argumentsAgain(flags).join('|')).toBe(
      '--write-config|--state|a file|--dashboard|0|--blinds|5/10,21:10/20|--opponent|equity|--opponent|random',
    );
  });

  it('leave out what is so by itself', () => {
    expect(argumentsAgain({ port: 8001, speed: 2, opponent: [] }, { port: 8001, speed: 1 })).toEqual([
      '--speed',
      '2',
    ]);
  });
});
