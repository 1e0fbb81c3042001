import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { chartSource } from '../../../src/inspect/chart-source.js';
import { lobbyMachine } from '../../../src/machines/lobby.js';
import { matchMachine } from '../../../src/machines/match.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function charts(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['charts', ...args], io);
  return { code, out: io.out().join('\n'), err: io.err().join('\n') };
}

describe('charts', () => {
  it.each<[string[], string]>([
    [[], chartSource({ lobby: lobbyMachine, match: matchMachine }, 'ts')],
    [['lobby'], chartSource({ lobby: lobbyMachine }, 'ts')],
    [['match', '--format', 'mermaid'], chartSource({ match: matchMachine }, 'mermaid')],
    [['match', '--json'], chartSource({ match: matchMachine }, 'json')],
  ])('prints what was asked for with %j', async (args, out) => {
    expect(await charts(...args)).toEqual({ code: 0, out, err: '' });
  });

  it.each([
    [['table'], /lobby, match/],
    [['--format', 'svg'], /ts, json, mermaid/],
  ])('refuses %j, and says what there is', async (args, sentence) => {
    const { code, out, err } = await charts(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  it('has examples in its help', async () => {
    expect((await charts('--help')).out).toContain('chipzen-agent charts match > match.ts');
  });
});
