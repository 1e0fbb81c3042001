import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { freePort } from '../../kit/free-port.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function doctor(args: string[], env: NodeJS.ProcessEnv = {}) {
  const io = fakeIo(env);
  const code = await runCli(['doctor', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

function configFile(text: string): string {
  const path = join(makeFolder(), 'my.toml');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

describe('chipzen-agent doctor', () => {
  it('ends with 0 where a session can be played, with a report that can be read', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl, token } = sandbox.addBot();
    const config = configFile(`[external_api]\nurl = "${lobbyUrl}"\ntoken = "${token}"\n`);
    const { code, out, err } = await doctor(['--config', config]);
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out[0]).toMatch(/^chipzen-agent \d+\.\d+\.\d+, \d{4}-/);
    for (const line of ['Node', 'Settings', 'Token at the platform', 'Lobby']) expect(out).toContain(line);
    expect(out).toContain('All is well.');
  });

  it('says before it logs in that this evicts a session', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl, token } = sandbox.addBot();
    const { code, err } = await doctor(['--url', lobbyUrl, '--connect'], { CHIPZEN_EXTBOT_TOKEN: token });
    expect({ code, err }).toEqual({
      code: 0,
      err: [
        'chipzen-agent: --connect logs in to the lobby. A session of this bot that runs now is evicted, and has to be started again.',
      ],
    });
  });

  it('ends as run would: settings before the network', async () => {
    const url = `ws://127.0.0.1:${await freePort()}/x`;
    const dead = await doctor(['--url', url], { CHIPZEN_EXTBOT_TOKEN: 'any-text-for-here' });
    expect({ code: dead.code, last: dead.out.at(-1) }).toEqual({
      code: 4,
      last: '2 problems, 0 warnings. chipzen-agent run would end with exit code 4.',
    });
    const { code, out } = await doctor(['--url', url, '--config', '/nonexistent/x.toml']);
    expect(code).toBe(2);
    expect(out.join('\n')).toContain('There is no configuration file ~/x.toml.');
  });

  it('prints a report for programs', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl } = sandbox.addBot();
    const { code, out, err } = await doctor(['--json', '--url', lobbyUrl]);
    expect({ code, err }).toEqual({ code: 2, err: [] });
    const report = JSON.parse(out.join('\n'));
    expect(report).toMatchObject({ exitCode: 2, node: process.versions.node });
    expect(report.sections.find(({ check }: { check: string }) => check === 'token')).toMatchObject({
      findings: [{ grade: 'problem', code: 'missing_token' }],
    });
  });

  it.each([
    ['4001', /^close code 4001: the token is wrong/],
    ['403', /^HTTP 403: not let in/],
    ['1006', /^close code 1006: lost without a goodbye/],
    ['4999', /^close code 4999$/],
  ])('explains %s without looking at anything', async (number, first) => {
    const { code, out } = await doctor(['--explain', number]);
    expect(code).toBe(0);
    expect(out[0]).toMatch(first);
    expect(out.slice(1).join('\n')).toMatch(/A session /);
  });

  it('explains all codes of the table of the protocol', async () => {
    const out = (await doctor(['--explain'])).out.join('\n');
    for (const number of [401, 403, 404, 429, 1000, 1008, 4000, 4001, 4002, 4013])
      expect(out).toContain(` ${number}:`);
  });

  it.each(['--json', '--no-json-given'])('shows no secret, wherever it is (%s)', async (flag) => {
    const secret = (n: number) => `cz_extbot_SECRET${n}BCDEFGHIJKLMNOPQRSTUVWX`;
    const config = configFile(
      `[external_api]\ntoken = "${secret(1)}"\nurl = "wss://u:${secret(2)}@h.test/x?token=${secret(3)}"\n`,
    );
    const port = await freePort();
    const places: [string[], NodeJS.ProcessEnv][] = [
      [['--config', config], {}],
      [['--token', secret(4), '--url', `wss://u:pw5678@h.invalid/x?k=geheim`], {}],
      [['--url', `ws://127.0.0.1:${port}/${secret(5)}`], { CHIPZEN_EXTBOT_TOKEN: secret(5) }],
      [
        ['--bot-id', secret(6)],
        { CHIPZEN_EXTBOT_TOKEN: secret(6), CHIPZEN_BASE_URL: 'https://u:pw5678@h.invalid' },
      ],
      [
        ['--bot-id', 'x', '--url', 'wss://h.invalid/x'],
        { CHIPZEN_EXTBOT_TOKEN: secret(7), HTTPS_PROXY: `http://u:pw5678@127.0.0.1:${port}` },
      ],
      [['--url', 'wss://h.invalid/x'], { CHIPZEN_EXTBOT_TOKEN: secret(7), HTTPS_PROXY: 'u:pw5678@:::' }],
      [
        ['--nats', `nats://u:pw5678@127.0.0.1:${port}`],
        { CHIPZEN_TOKEN: secret(8), CHIPZEN_LOBBY_URL: `ws://127.0.0.1:${port}/?t=geheim` },
      ],
      [['--nats', `nats://${secret(9)}@127.0.0.1:${port}`], { CHIPZEN_TICKET: 'a-ticket-of-one-time' }],
      [['--nats', `pw5678`], {}],
    ];
    for (const [args, env] of places) {
      const { out, err } = await doctor(flag === '--json' ? [...args, flag] : args, env);
      const said = [...out, ...err].join('\n');
      expect(said.length).toBeGreaterThan(200);
      for (const hidden of [/SECRET/, /pw5678/, /geheim/, /a-ticket/, /dTpwdzU2Nzg/])
        expect(said).not.toMatch(hidden);
    }
  });
});
