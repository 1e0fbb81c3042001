import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent.js';
import { runCli } from '../../src/cli/program.js';
import type { Agent } from '../../src/options.js';
import { createSandbox } from '../../src/sandbox/server.js';
import { fakeIo } from './fake-io.js';

const fold = { decide: () => ({ action: 'fold' }) };

/** What is printed between the two empty lines is a whole `chipzen.toml`. */
function printedConfig(out: string[]): { token: string; url: string } {
  const start = out.indexOf('') + 1;
  const text = out.slice(start, out.indexOf('', start)).join('\n');
  const document: unknown = parse(text);
  if (typeof document === 'object' && document !== null && 'external_api' in document) {
    const { token, url }: { token?: string; url?: string } = { ...Object(document.external_api) };
    if (token !== undefined && url !== undefined) return { token, url };
  }
  throw new Error(`no configuration in ${text}`);
}

describe('sandbox', () => {
  it('prints a chipzen.toml that works, and deals matches to the bot until all are played', async () => {
    let agent: Agent | null = null;
    const io = fakeIo({}, (line) => {
      if (!line.startsWith('A match against')) return;
      agent = createAgent(fold, { ...printedConfig(io.out()), config: null }, { env: {} });
      void agent.start();
    });
    const args = [
      'sandbox',
      '--port',
      '0',
      '--matches',
      '2',
      '--hands',
      '2',
      '--seed',
      'a',
      '--stack',
      '500',
    ];
    expect(await runCli([...args, '--blinds', '1/2'], io)).toBe(0);
    await (agent as Agent | null)?.stop({ graceMs: 0 });
    const played = io.out().slice(-2);
    expect(played).toEqual([
      expect.stringMatching(/^match 1: complete, 2 hands, bot ([+-]\d+|0), calling-station ([+-]\d+|0)$/),
      expect.stringMatching(/^match 2: complete, 2 hands, bot ([+-]\d+|0), calling-station ([+-]\d+|0)$/),
    ]);
    expect(io.listeners()).toBe(0);
  });

  it('ends with Ctrl-C while it waits for the bot', async () => {
    const io = fakeIo({}, (line) => {
      if (line.startsWith('A match against')) setImmediate(() => io.signal('SIGINT'));
    });
    expect(await runCli(['sandbox', '--port', '0'], io)).toBe(0);
    expect(io.err()).toEqual([]);
  });

  it('ends with 2 when its port is taken', async () => {
    const other = await createSandbox({ port: 0 });
    const io = fakeIo();
    expect(await runCli(['sandbox', '--port', String(other.port)], io)).toBe(2);
    await other.close();
    expect(io.err()).toEqual([
      `chipzen-agent: Port ${other.port} is in use. Choose another one with --port.`,
    ]);
  });
});
