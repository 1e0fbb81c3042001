import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ServerSilence } from '../../src/doctor/ask-server.js';
import { findingsOf } from '../../src/doctor/finding.js';
import { afterTest } from '../kit/after-test.js';
import { goOnline } from '../kit/client.js';
import { makeFolder } from '../kit/folder.js';
import { freePort } from '../kit/free-port.js';
import { openPlatform } from '../kit/platform.js';
import { startRawServer } from '../kit/raw-server.js';
import { advised, aToken, emptyEnv, examineWith, systemError, toldBy } from './examination.js';

const botId = '01234567-89ab-cdef-0123-456789abcdef';
const answer = {
  status: 200,
  date: null,
  age: 0,
  sentAt: 0,
  receivedAt: 0,
  roundTripMs: 80,
  certificate: null,
};
/** A world in which every server is reached at once. */
const wellWorld = {
  lookup: async () => [{ address: '192.0.2.1', family: 4 as const }],
  connect: async () => undefined,
  askServer: async () => answer,
};

describe('the doctor at a platform of this machine', () => {
  it('finds that all is well', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl, token } = sandbox.addBot();
    const report = await examineWith({ url: lobbyUrl, token });
    expect(findingsOf(report, 'problem')).toEqual([]);
    expect(toldBy(report, 'account')).toEqual([
      'ok: The platform takes the token. Fixtures of a season: none are to come.',
    ]);
    expect(toldBy(report, 'clock')).toEqual([
      expect.stringMatching(/^ok: It agrees with the server's to \d/),
    ]);
    expect(toldBy(report, 'round-trip')).toEqual([
      expect.stringMatching(/^ok: 127\.0\.0\.1:\d+ answers in \d/),
    ]);
    expect(toldBy(report, 'lobby')).toEqual([
      expect.stringMatching(/^ok: The server opens a WebSocket for this bot, in \d+ ms\.$/),
      expect.stringMatching(/^note: Nobody was logged in: that would evict a session/),
    ]);
  });

  it('disturbs no running session, unless it is told to log in', async () => {
    const { sandbox } = await openPlatform();
    const bot = sandbox.addBot();
    const lobby = await goOnline(bot);
    await examineWith({ url: bot.lobbyUrl, token: bot.token });
    expect(await lobby.untaken()).toEqual([]);
    const report = await examineWith({ url: bot.lobbyUrl, token: bot.token, connect: true });
    expect(toldBy(report, 'lobby').at(-1)).toMatch(
      /^ok: The lobby takes this bot: it answered the login in \d+ ms/,
    );
    expect(await lobby.until('evict')).toMatchObject({ type: 'evict' });
  });

  it('tells a token that the platform does not take, and with which code a session would end', async () => {
    const { sandbox } = await openPlatform();
    const { lobbyUrl } = sandbox.addBot();
    const report = await examineWith({ url: lobbyUrl, token: aToken, connect: true });
    expect(toldBy(report, 'account')).toEqual([
      expect.stringMatching(/^problem: The platform does not take the token: .*EXTAPI_INVALID_TOKEN/),
    ]);
    expect(toldBy(report, 'lobby')).toEqual([
      "problem: The lobby ended the connection: close code 4001: the token is wrong, or another bot's. The reason given: auth_failed.",
    ]);
    expect(findingsOf(report, 'problem').map(({ code }) => code)).toEqual([
      'authentication_failed',
      'authentication_failed',
    ]);
  });

  it.each([
    [401, 'authentication_failed', 'the token was refused at the door'],
    [403, 'authentication_failed', 'not let in: by the server, or by something in its place'],
    [404, 'lobby_not_found', 'nothing is at this URL'],
    [503, 'lobby_unreachable', 'the server is closed for the moment'],
    [599, 'lobby_unreachable', null],
  ])('explains a lobby that answers HTTP %i', async (status, code, name) => {
    const { url } = await startRawServer({ refuse: `HTTP/1.1 ${status} X` });
    const report = await examineWith({
      url: `${url}/ws/external/bot/x`,
      token: aToken,
      limits: { serverMs: 200, accountMs: 200 },
    });
    expect(toldBy(report, 'lobby')[0]).toBe(
      `problem: The server does not open a WebSocket: HTTP ${status}${name === null ? '' : `: ${name}`}.`,
    );
    expect(report.sections.find(({ check }) => check === 'lobby')?.findings[0]?.code).toBe(code);
  });

  it('tells a server that takes the connection and is silent', async () => {
    const { url } = await startRawServer({ mute: true });
    const limits = { serverMs: 100, accountMs: 100, lobbyMs: 100 };
    const report = await examineWith({ url: `${url}/x`, token: aToken, limits });
    expect(toldBy(report, 'addresses')[0]).toMatch(/^ok: IPv4 127\.0\.0\.1, port \d+: connected/);
    expect(toldBy(report, 'round-trip')).toEqual([
      expect.stringMatching(/does not answer: it takes the connection and says nothing for 0\.1 s\.$/),
    ]);
    expect(toldBy(report, 'lobby')[0]).toBe('problem: The server does not open a WebSocket within 0.1 s.');
  });

  it('tells a lobby that does not answer the login', async () => {
    const server = await startRawServer();
    const limits = { serverMs: 100, accountMs: 100, lobbyMs: 300 };
    const report = await examineWith({ url: `${server.url}/x`, token: aToken, limits, connect: true });
    expect(toldBy(report, 'lobby')).toEqual([
      'problem: The lobby opens a WebSocket, but does not answer the login within 0.3 s.',
    ]);
  });

  it('tells that nothing listens, and says what to do', async () => {
    const url = `ws://127.0.0.1:${await freePort()}/x`;
    const report = await examineWith({ url, token: aToken });
    expect(toldBy(report, 'addresses')).toEqual([
      expect.stringMatching(
        /^problem: IPv4 127\.0\.0\.1, port \d+: nothing listens there \(ECONNREFUSED\)\.$/,
      ),
    ]);
    expect(advised(report, 'addresses')).toEqual([expect.stringMatching(/chipzen-agent sandbox/)]);
  });

  it('tells a port that speaks something else', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-x\r\n');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    afterTest(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const report = await examineWith({ url: `ws://127.0.0.1:${port}/x`, token: aToken });
    expect(toldBy(report, 'round-trip')).toEqual([
      expect.stringMatching(/does not answer: the answer is not HTTP/),
    ]);
  });
});

describe('the doctor and the network', () => {
  const given = { botId, token: aToken };

  it.each([
    ['ENOTFOUND', 'there is no such name'],
    ['EAI_AGAIN', 'no name server answers'],
  ])('tells a name that leads nowhere: %s', async (code, words) => {
    const lookup = () => Promise.reject(systemError(code));
    const askServer = () => Promise.reject(new ServerSilence('connecting', code, code));
    const report = await examineWith(given, { ...wellWorld, lookup, askServer });
    expect(toldBy(report, 'dns')).toEqual([
      `problem: The name, chipzen.ai, leads nowhere: ${words} (${code}).`,
    ]);
    expect(toldBy(report, 'addresses')).toEqual([]);
    expect(toldBy(report, 'round-trip')).toEqual([]);
  });

  it('does not wait for ever for a name server, nor for an address', async () => {
    const never = () => new Promise<never>(() => undefined);
    const connect = (_host: string, _port: number, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    const silent = await examineWith({ ...given, limits: { lookupMs: 20 } }, { ...wellWorld, lookup: never });
    expect(toldBy(silent, 'dns')).toEqual([
      'problem: The name, chipzen.ai, leads nowhere: the name server is silent (ETIMEOUT).',
    ]);
    const dropped = await examineWith({ ...given, limits: { connectMs: 20 } }, { ...wellWorld, connect });
    expect(toldBy(dropped, 'addresses')[0]).toBe(
      'problem: IPv4 192.0.2.1, port 443: no answer at all (ETIMEDOUT).',
    );
  });

  it('warns of a family that leads nowhere while the other one works', async () => {
    const report = await examineWith(given, {
      ...wellWorld,
      lookup: async () => [
        { address: '2001:db8::1', family: 6 },
        { address: '192.0.2.1', family: 4 },
      ],
      connect: (address) =>
        address.includes(':') ? Promise.reject(systemError('ENETUNREACH')) : Promise.resolve(),
    });
    expect(toldBy(report, 'addresses')).toEqual([
      'warning: IPv6 [2001:db8::1], port 443: this machine has no network of this kind (ENETUNREACH).',
      expect.stringMatching(/^ok: IPv4 192\.0\.2\.1, port 443: connected in \d+ ms\.$/),
    ]);
    expect(findingsOf(report, 'problem').filter(({ text }) => text.includes('IPv'))).toEqual([]);
  });

  it('warns of a clock that is off, and of a server that is far away', async () => {
    const now = Date.parse('2026-03-01T12:00:00.500Z');
    const askServer = async () => ({
      ...answer,
      date: 'Sun, 01 Mar 2026 11:58:00 GMT',
      sentAt: now,
      receivedAt: now + 900,
      roundTripMs: 900,
    });
    const report = await examineWith(given, { ...wellWorld, askServer });
    expect(toldBy(report, 'clock')).toEqual(["warning: It is 120.5 s ahead of the server's."]);
    expect(toldBy(report, 'round-trip')).toEqual(['warning: chipzen.ai answers in 900 ms.']);
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'it has expired', /Check the clock/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'its authority is not known to Node', /NODE_EXTRA_CA_CERTS/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'it is for another name', /Check the host/],
  ])('explains a certificate that is not accepted: %s', async (fault, words, advice) => {
    const certificate = {
      protocol: 'TLSv1.3',
      fault,
      subject: 'elsewhere.test',
      issuer: 'Some Authority',
      altNames: 'DNS:elsewhere.test',
      validFrom: 0,
      validTo: Date.parse('2026-01-01T00:00:00Z'),
    };
    const report = await examineWith(given, {
      ...wellWorld,
      askServer: async () => ({ ...answer, certificate }),
    });
    expect(toldBy(report, 'tls')[0]).toContain(`is not accepted for chipzen.ai: ${words} (${fault})`);
    expect(advised(report, 'tls')[0]).toMatch(advice);
  });
});

describe('the doctor and the settings', () => {
  function home(...files: (readonly [path: string, text: string])[]) {
    const folder = makeFolder();
    mkdirSync(join(folder, '.chipzen'));
    for (const [path, text] of files) writeFileSync(join(folder, path), text, { mode: 0o600 });
    return { folder, env: { HOME: folder } };
  }
  const file = '.chipzen/chipzen.toml';

  it('tells all that is wrong, not the first thing only', async () => {
    const { env, folder } = home([file, '[external_api]\ntoken = "x"\nbotid = "b"\n']);
    chmodSync(join(folder, file), 0o644);
    const report = await examineWith(
      {},
      {
        ...wellWorld,
        env: {
          ...env,
          HTTPS_PROXY: 'socks5://p:1',
          NODE_TLS_REJECT_UNAUTHORIZED: '0',
          CHIPZEN_ENV: 'production',
        },
        runtime: { node: '18.20.0', platform: 'linux', arch: 'x64' },
      },
    );
    expect(findingsOf(report, 'problem').map(({ text }) => text)).toEqual([
      'Node 18.20.0 is too old.',
      expect.stringMatching(/^NODE_TLS_REJECT_UNAUTHORIZED=0/),
      expect.stringMatching(/^CHIPZEN_ENV does not name an environment/),
      expect.stringMatching(/^external_api\.token in ~\/\.chipzen\/chipzen\.toml is too short for a token/),
      expect.stringMatching(/^HTTPS_PROXY names a SOCKS proxy/),
    ]);
    expect(toldBy(report, 'config')).toEqual([
      'ok: ~/.chipzen/chipzen.toml is used.',
      'warning: ~/.chipzen/chipzen.toml holds a token and other users can read it. Run: chmod 600 ~/.chipzen/chipzen.toml',
      'warning: botid under [external_api] in ~/.chipzen/chipzen.toml has no meaning.',
    ]);
    expect(advised(report, 'config')).toEqual(['Did you mean bot_id?']);
  });

  it('tells where each setting is from, and what it hides', async () => {
    const { env } = home([file, `[external_api]\ntoken = "${aToken}"\nbot_id = "of-file"\n`]);
    const report = await examineWith(
      { botId, env: 'staging' },
      {
        ...wellWorld,
        env: { ...env, CHIPZEN_EXTBOT_TOKEN: aToken, CHIPZEN_BOT_ID: 'of-env', CHIPZEN_ENV: 'prod' },
      },
    );
    expect(toldBy(report, 'settings')).toEqual([
      `note: The bot id ${botId} is from --bot-id; not used: CHIPZEN_BOT_ID, bot_id in ~/.chipzen/chipzen.toml.`,
      'note: The deployment staging is from --env; not used: CHIPZEN_ENV.',
      'note: The token is from CHIPZEN_EXTBOT_TOKEN; not used: token in ~/.chipzen/chipzen.toml.',
      `ok: The lobby is wss://staging.chipzen.ai/ws/external/bot/${botId}`,
    ]);
  });

  it('looks at the network even when there is no bot id', async () => {
    const report = await examineWith({}, wellWorld);
    expect(findingsOf(report, 'problem').map(({ code }) => code)).toEqual(['missing_url', 'missing_token']);
    expect(toldBy(report, 'dns')).toEqual(['ok: The name, chipzen.ai, leads to 192.0.2.1.']);
    expect(toldBy(report, 'account')).toEqual([
      'note: Not asked: the settings above have to be mended first.',
    ]);
  });

  it.each([
    [`${aToken} `, 'problem: CHIPZEN_EXTBOT_TOKEN has white space around it.'],
    [`"${aToken}"`, 'problem: CHIPZEN_EXTBOT_TOKEN has characters that no token has.'],
    ['cz_extbot_...', 'problem: CHIPZEN_EXTBOT_TOKEN is the placeholder of the documentation.'],
    ['short', 'problem: CHIPZEN_EXTBOT_TOKEN is too short for a token.'],
    [
      aToken.slice(0, -2),
      'warning: CHIPZEN_EXTBOT_TOKEN is not of the usual shape: it has 30 characters behind cz_extbot_, not 32.',
    ],
    [
      'pk_live_0123456789abcdef',
      'warning: CHIPZEN_EXTBOT_TOKEN is not of the usual shape: it does not begin with cz_extbot_.',
    ],
    [aToken, 'ok: CHIPZEN_EXTBOT_TOKEN has the shape of a token: cz_extbot_ and 32 letters and digits.'],
  ])('tells the shape of the token %j without it', async (token, start) => {
    const env = { ...emptyEnv, CHIPZEN_EXTBOT_TOKEN: token };
    const report = await examineWith({ botId }, { ...wellWorld, env });
    expect(toldBy(report, 'token')[0]?.startsWith(start.slice(0, -1))).toBe(true);
    if (token.length > 16) expect(JSON.stringify(report)).not.toContain(token.trim().replaceAll('"', ''));
  });
});
