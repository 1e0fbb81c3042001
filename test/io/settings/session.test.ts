import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AgentOptions, ChipzenConfig } from '../../../src/io/settings/agent-options.js';
import { connectToChipzen, resolveSession } from '../../../src/io/settings/session.js';
import { DEFAULT_RETRY_POLICY, RetryPolicy } from '../../../src/machines/retry.js';
import {
  AuthenticationError,
  ChipzenError,
  ConfigError,
  InsecureUrlError,
  MissingTokenError,
  MissingUrlError,
  OptionError,
} from '../../../src/protocol/errors.js';
import { version } from '../../../src/protocol/version.js';

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const lobby = (host: string, bot: string) => `${host}/ws/external/bot/${bot}`;

function fileWith(fields: Partial<ChipzenConfig>): ChipzenConfig {
  return { path: '/x/chipzen.toml', token: null, url: null, botId: null, ...fields };
}

function resolve(options: AgentOptions, env: NodeJS.ProcessEnv = {}) {
  const warnings: string[] = [];
  const session = resolveSession({ config: null, ...options }, env, (message) => warnings.push(message));
  return { ...session, lobbyUrl: session.input.lobbyUrl, warnings };
}

function faultOf(run: () => unknown): ChipzenError {
  try {
    run();
  } catch (error) {
    if (error instanceof ChipzenError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('resolveSession', () => {
  it('fills in every default', () => {
    const lobbyUrl = lobby('wss://chipzen.ai', 'b');
    expect(resolve({ botId: 'b', token })).toEqual({
      lobbyUrl,
      proxy: null,
      token,
      env: 'prod',
      config: null,
      input: {
        lobbyUrl,
        retryPolicy: DEFAULT_RETRY_POLICY,
        lobbyRefusedMs: 600_000,
        clientName: 'chipzen-agent',
        clientVersion: version,
        safeMode: true,
        marginMs: null,
        maxMatches: null,
        supportedGames: null,
        drainGraceMs: 5_000,
      },
      userAgent: `chipzen-agent/${version}`,
      keepResults: 1_000,
      warnings: [],
    });
  });

  it('takes every option', () => {
    const lobbyUrl = lobby('wss://staging.chipzen.ai', 'b');
    const input = {
      retryPolicy: new RetryPolicy({ maxReconnectAttempts: 1 }),
      lobbyRefusedMs: 1_000,
      clientName: 'n',
      clientVersion: 'v',
      safeMode: false,
      marginMs: 40,
      maxMatches: 3,
      supportedGames: [],
      drainGraceMs: 0,
    };
    const rest = { userAgent: 'ua/1 (x)', keepResults: 0 };
    expect(resolve({ botId: 'b', token, env: 'staging', ...input, ...rest })).toEqual({
      ...rest,
      lobbyUrl,
      input: { ...input, lobbyUrl },
      proxy: null,
      token,
      env: 'staging',
      config: null,
      warnings: [],
    });
  });

  it('keeps all results when the number of matches is limited', () => {
    expect(resolve({ botId: 'b', token, maxMatches: 2 }).keepResults).toBe(Infinity);
  });

  it('finds the URL: option, CHIPZEN_LOBBY_URL, file, then the bot id on its environment', () => {
    const config = fileWith({ url: 'wss://file/l', botId: 'of-file' });
    const env = { CHIPZEN_LOBBY_URL: 'wss://var/l', CHIPZEN_BOT_ID: 'of-env' };
    expect([
      resolve({ token, url: 'wss://option/l', config }, env).lobbyUrl,
      resolve({ token, config }, env).lobbyUrl,
      resolve({ config: { ...config, token } }, { CHIPZEN_BOT_ID: 'of-env' }).lobbyUrl,
      resolve(
        { token, botId: 'of-option', config: fileWith({ botId: 'of-file' }) },
        { CHIPZEN_BOT_ID: 'of-env' },
      ).lobbyUrl,
      resolve({ token, config: fileWith({ botId: 'of-file' }) }, { CHIPZEN_BOT_ID: 'of-env' }).lobbyUrl,
      resolve({ token, config: fileWith({ botId: 'of-file' }) }, { CHIPZEN_BOT_ID: '' }).lobbyUrl,
    ]).toEqual([
      'wss://option/l',
      'wss://var/l',
      'wss://file/l',
      lobby('wss://chipzen.ai', 'of-option'),
      lobby('wss://chipzen.ai', 'of-env'),
      lobby('wss://chipzen.ai', 'of-file'),
    ]);
  });

  it('finds the environment: option, CHIPZEN_BASE_URL, CHIPZEN_ENV, then prod', () => {
    const env = { CHIPZEN_ENV: 'local', CHIPZEN_BASE_URL: 'https://self.example' };
    expect([
      resolve({ token, botId: 'b', env: 'staging' }, env).lobbyUrl,
      resolve({ token, botId: 'b' }, env).lobbyUrl,
      resolve({ token, botId: 'b' }, { CHIPZEN_ENV: 'local' }).lobbyUrl,
      resolve({ token, botId: 'b' }, { CHIPZEN_ENV: '' }).lobbyUrl,
    ]).toEqual([
      lobby('wss://staging.chipzen.ai', 'b'),
      lobby('wss://self.example', 'b'),
      lobby('ws://localhost:8001', 'b'),
      lobby('wss://chipzen.ai', 'b'),
    ]);
  });

  it('finds the token: option, CHIPZEN_EXTBOT_TOKEN, file', () => {
    const config = fileWith({ token: 'token-of-the-file' });
    const env = { CHIPZEN_EXTBOT_TOKEN: 'token-of-the-environment' };
    expect([
      resolve({ botId: 'b', token: 'token-of-the-option', config }, env).token,
      resolve({ botId: 'b', config }, env).token,
      resolve({ botId: 'b', config }, { CHIPZEN_EXTBOT_TOKEN: '' }).token,
    ]).toEqual(['token-of-the-option', 'token-of-the-environment', 'token-of-the-file']);
  });

  it('discovers the file unless a configuration or null is given', () => {
    const dir = mkdtempSync(join(tmpdir(), 'chipzen-connect-'));
    const path = join(dir, 'chipzen.toml');
    writeFileSync(path, `[external_api]\ntoken = "${token}"\nbot_id = "b"\n`, { mode: 0o600 });
    expect(resolveSession({}, {}, undefined, [path])).toMatchObject({
      token,
      input: { lobbyUrl: lobby('wss://chipzen.ai', 'b') },
    });
    expect(faultOf(() => resolveSession({ config: null }, {}, undefined, [path]))).toBeInstanceOf(
      MissingUrlError,
    );
    rmSync(dir, { recursive: true });
  });

  it('warns when a URL of the surroundings makes an option useless', () => {
    const config = fileWith({ url: lobby('wss://chipzen.ai', 'other'), token });
    expect(resolve({ botId: 'b', env: 'staging', config }).warnings).toEqual([
      'external_api.url in /x/chipzen.toml comes before botId, and its path does not end in that id. To use botId, remove the URL.',
      'external_api.url in /x/chipzen.toml comes before env, and is not of staging. To use env, remove the URL.',
    ]);
    expect(resolve({ token, botId: 'other', env: 'prod', config }).warnings).toEqual([]);
  });

  it('takes one name of this machine for another', () => {
    const config = fileWith({ url: lobby('ws://127.0.0.1:8001', 'mine') });
    expect(resolve({ token, env: 'local', config }).warnings).toEqual([]);
  });

  it.each([
    ['maxMatch', ' Did you mean maxMatches?'],
    ['toString', ''],
  ])('refuses %s, which is no option', (name, meant) => {
    expect(() => resolve(Object.assign({ token, botId: 'b' }, { [name]: 1 }))).toThrow(
      new OptionError(name, `A session has no option named ${name}.${meant}`),
    );
  });

  it('says that there is no token, and when the one given is empty', () => {
    const faults = [{}, { token: '' }].map((options) => faultOf(() => resolve({ botId: 'b', ...options })));
    expect(faults.every((fault) => fault instanceof MissingTokenError)).toBe(true);
    const mend =
      'Set CHIPZEN_EXTBOT_TOKEN, put token under [external_api] in chipzen.toml, or give the option token.';
    expect(faults.map((fault) => fault.message)).toEqual([
      `There is no token. ${mend}`,
      `There is no token: the one given is empty. ${mend}`,
    ]);
  });

  it.each([{}, { botId: '' }, { botId: ' ' }])('says that there is no bot id in %j', (options) => {
    expect(faultOf(() => resolve({ token, ...options }))).toBeInstanceOf(MissingUrlError);
  });

  it('takes null for an option that is not given, as the official SDK does', () => {
    const config = fileWith({ token, botId: 'b' });
    const given = resolve({ token: null, env: null, maxMatches: null, config }, { CHIPZEN_ENV: 'staging' });
    expect(given).toEqual(resolve({ config }, { CHIPZEN_ENV: 'staging' }));
  });

  it('refuses to send the token in the clear', () => {
    expect(faultOf(() => resolve({ token, url: 'ws://play.example/x' }))).toBeInstanceOf(InsecureUrlError);
    expect(
      faultOf(() => resolve({ token, botId: 'b' }, { CHIPZEN_BASE_URL: 'http://play.example' })),
    ).toBeInstanceOf(InsecureUrlError);
    expect(resolve({ token, url: 'ws://127.0.0.1:1/x' }).lobbyUrl).toBe('ws://127.0.0.1:1/x');
  });

  it.each([
    ['option', { url: 'nonsense' }, {}, 'The option url'],
    ['variable', {}, { CHIPZEN_LOBBY_URL: 'nonsense' }, 'CHIPZEN_LOBBY_URL'],
    ['file', { config: fileWith({ url: 'nonsense' }) }, {}, 'external_api.url in /x/chipzen.toml'],
    ['environment', { botId: 'b' }, { CHIPZEN_ENV: 'nonsense' }, 'CHIPZEN_ENV'],
  ])('names the %s that is at fault', (_, options, env, what) => {
    const fault = faultOf(() => resolve({ token, ...options }, env));
    expect(fault.code).toBe('bad_config');
    expect(fault.message.startsWith(`${what} `)).toBe(true);
  });

  it.each([
    ['in the option', { token: `${token}\n` }, {}, 'The option token has white space around it.'],
    [
      'in the variable',
      {},
      { CHIPZEN_EXTBOT_TOKEN: ` ${token}` },
      'CHIPZEN_EXTBOT_TOKEN has white space around it.',
    ],
    [
      'in the file',
      { config: fileWith({ token: `${token},x` }) },
      {},
      'external_api.token in /x/chipzen.toml has characters that no token has.',
    ],
    ['that is too long', { token: token.repeat(60) }, {}, 'The option token is too long for a token.'],
    [
      'in a URL',
      { token, url: `wss://h/x?t=${token}` },
      {},
      'The option url has a token in it, where it would be shown.',
    ],
    ['pasted as a URL', { url: token }, {}, 'The option url has a token in it, where it would be shown.'],
    ['as a bot id', { token, botId: token }, {}, 'The lobby URL has a token in it, where it would be shown.'],
  ])('refuses an unfit token %s without showing it', (_, options, env, message) => {
    const fault = faultOf(() => resolve({ botId: 'b', ...options }, env));
    expect(fault.code).toBe('bad_config');
    expect(fault.message.startsWith(message)).toBe(true);
    expect(inspect(fault, { showHidden: true })).not.toContain('ABCDEFGHIJ');
  });

  const unfit: [string, unknown, string][] = [
    ['botId', 5, 'text, not 5'],
    ['env', 'production', 'prod, staging, local, not this string'],
    ['env', 'toString', 'prod, staging, local, not this string'],
    ['url', new URL('wss://h'), 'text, not this object'],
    ['token', 5, 'text, not 5'],
    ['config', 'chipzen.toml', 'what loadChipzenConfig returns, or null, not this string'],
    ['config', { token: 5 }, 'what loadChipzenConfig returns, or null, not this object'],
    ['retryPolicy', { maxReconnectAttempts: 5 }, 'a RetryPolicy, not this object'],
    ['clientName', 'x'.repeat(65), 'text of at most 64 characters, not this string'],
    ['clientVersion', 'x'.repeat(33), 'text of at most 32 characters, not this string'],
    ['safeMode', 'no', 'true or false, not this string'],
    ['isolate', 'thread', 'process, worker or none, not this string'],
    ['workerMemoryMb', 15, 'an integer from 16 on, not 15'],
    ['workerMemoryMb', 64.5, 'an integer from 16 on, not 64.5'],
    ['marginMs', -1, 'a number of milliseconds from 0 to 2147483647, not -1'],
    ['maxMatches', 0, 'an integer from 1 on, not 0'],
    ['maxMatches', Number.NaN, 'an integer from 1 on, not NaN'],
    ['userAgent', '', 'printable ASCII text that is not empty, not empty text'],
    ['notify', ' ', 'a URL or a command, or a list of them, not empty text'],
    ['notify', ['true', ''], 'a URL or a command, or a list of them, not a list with empty text in it'],
    ['notify', ['true', 5], 'a URL or a command, or a list of them, not a list like this one'],
    ['userAgent', 'a\r\nX: y', 'printable ASCII text that is not empty, not this string'],
    ['supportedGames', ['a', 1], 'a list of texts, not a list like this one'],
    ['drainGraceMs', -1, 'a number of milliseconds from 0 to 2147483647, not -1'],
    ['drainGraceMs', Infinity, 'a number of milliseconds from 0 to 2147483647, not Infinity'],
    ['keepResults', 1.5, 'an integer from 0 on, or Infinity, not 1.5'],
    ['signal', {}, 'an AbortSignal, not this object'],
    ['inspect', 'yes', 'a function or an observer, not this string'],
    ['inspect', [], 'a function or an observer, not a list like this one'],
    ['config', [], 'what loadChipzenConfig returns, or null, not a list like this one'],
    ['onEvent', {}, 'a function, not this object'],
    ['onFrame', {}, 'a function, not this object'],
  ];
  it.each(unfit)('refuses %s: %o', (option, value, sentence) => {
    const fault = faultOf(() => resolve({ [option]: value }));
    expect(fault).toMatchObject({ code: 'bad_option', option });
    expect(fault.message).toBe(`The option ${option} must be ${sentence}.`);
  });
});

describe('a URL, a token and the name of a bot that are not of one place', () => {
  const url = lobby('wss://chipzen.ai', 'mine');
  interface Parts {
    options?: AgentOptions;
    env?: NodeJS.ProcessEnv;
    file?: Partial<ChipzenConfig>;
  }
  const urls: Record<string, Parts> = {
    'the option': { options: { url } },
    'the variable': { env: { CHIPZEN_LOBBY_URL: url } },
    'the file': { file: { url } },
  };
  const tokens: Record<string, Parts & { isOfFile: boolean }> = {
    'an option': { options: { token }, isOfFile: false },
    'a variable': { env: { CHIPZEN_EXTBOT_TOKEN: token }, isOfFile: false },
    'an option, before that of the file': {
      options: { token },
      file: { token: `${token}2` },
      isOfFile: false,
    },
    'a variable, before that of the file': {
      env: { CHIPZEN_EXTBOT_TOKEN: token },
      file: { token: `${token}2` },
      isOfFile: false,
    },
    'the file': { file: { token }, isOfFile: true },
    'a variable, the same as that of the file': {
      env: { CHIPZEN_EXTBOT_TOKEN: token },
      file: { token },
      isOfFile: true,
    },
  };
  /** `says` what is told of it; left out when it agrees with the URL. */
  const namings: Record<string, Parts & { says?: string }> = {
    nothing: {},
    'this bot by an option': { options: { botId: 'mine' } },
    'this bot by a variable': { env: { CHIPZEN_BOT_ID: ' mine ' } },
    'no bot by an empty variable': { env: { CHIPZEN_BOT_ID: '' } },
    'another bot by the file': { file: { botId: 'another' } },
    'this deployment by an option': { options: { env: 'prod' } },
    'this deployment by an address': { env: { CHIPZEN_BASE_URL: 'https://chipzen.ai/' } },
    'this deployment by a variable': { env: { CHIPZEN_ENV: 'prod' } },
    'no deployment by a broken address': { env: { CHIPZEN_BASE_URL: 'nonsense' } },
    'this bot by an option, another one by a variable': {
      options: { botId: 'mine' },
      env: { CHIPZEN_BOT_ID: 'another' },
    },
    'this deployment by an option, others by variables': {
      options: { env: 'prod' },
      env: { CHIPZEN_ENV: 'staging', CHIPZEN_BASE_URL: 'https://self.example' },
    },
    'another bot by an option': {
      options: { botId: 'another' },
      says: 'the option botId names the bot "another"',
    },
    'another bot by a variable': {
      env: { CHIPZEN_BOT_ID: 'another' },
      says: 'CHIPZEN_BOT_ID names the bot "another"',
    },
    'another deployment by an option': { options: { env: 'staging' }, says: 'the option env names staging' },
    'another deployment by an address': {
      env: { CHIPZEN_BASE_URL: 'https://self.example' },
      says: 'CHIPZEN_BASE_URL names wss://self.example',
    },
    'another deployment by a variable': { env: { CHIPZEN_ENV: 'local' }, says: 'CHIPZEN_ENV names local' },
  };
  const joins = Object.entries(urls).flatMap(([urlOf, urlParts]) =>
    Object.entries(tokens).flatMap(([tokenOf, tokenParts]) =>
      Object.entries(namings).map(([named, naming]) => {
        const isOther = naming.says !== undefined;
        const isRefused = isOther && urlOf === 'the file' && !tokenParts.isOfFile;
        const isOption = naming.options !== undefined;
        const isWarnedOf = isOther && (urlOf === 'the file' || (urlOf === 'the variable' && isOption));
        const outcome = isRefused ? 'refused' : isWarnedOf ? 'warned of' : 'taken';
        return { urlOf, tokenOf, named, naming, parts: [urlParts, tokenParts, naming], outcome };
      }),
    ),
  );

  it.each(joins)(
    'a URL of $urlOf, a token of $tokenOf, and $named: $outcome',
    ({ naming, parts, outcome, tokenOf }) => {
      const merged = (key: keyof Parts) => Object.assign({}, ...parts.map((part) => part[key]));
      const options = { ...merged('options'), config: fileWith(merged('file')) };
      const run = () => resolve(options, merged('env'));
      if (outcome !== 'refused') {
        const { lobbyUrl, token: used, warnings } = run();
        expect([lobbyUrl, used, warnings.length]).toEqual([url, token, outcome === 'taken' ? 0 : 1]);
        return;
      }
      const fault = faultOf(run);
      const place = tokenOf.startsWith('an option') ? 'the option token' : 'CHIPZEN_EXTBOT_TOKEN';
      expect([fault.code, fault.message]).toEqual([
        'bad_config',
        `external_api.url in /x/chipzen.toml is ${url}, ${naming.says}, and ${place} may be of either. ` +
          'Take one of the two out, or give the whole URL (--url, CHIPZEN_LOBBY_URL).',
      ]);
    },
  );
});

describe('a token that the platform has not made', () => {
  const mend = 'Put the token there that the platform gave your bot: cz_extbot_ and 32 letters and digits.';
  const unmade: [string, AgentOptions, NodeJS.ProcessEnv, string][] = [
    ['an option', { token: 'x'.repeat(15) }, {}, 'The option token is too short for a token.'],
    ['a variable', {}, { CHIPZEN_EXTBOT_TOKEN: 'secret' }, 'CHIPZEN_EXTBOT_TOKEN is too short for a token.'],
    [
      'the file',
      { config: fileWith({ token: 'secret' }) },
      {},
      'external_api.token in /x/chipzen.toml is too short for a token.',
    ],
    [
      'the README',
      {},
      { CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_...' },
      'CHIPZEN_EXTBOT_TOKEN is the placeholder of the documentation.',
    ],
    [
      'the README, with more dots',
      { token: 'cz_extbot_..........' },
      {},
      'The option token is the placeholder of the documentation.',
    ],
  ];
  it.each(unmade)(
    'and is of %s is refused, unless the lobby is on this machine',
    (_of, options, env, sentence) => {
      for (const where of [{ botId: 'b' }, { url: 'wss://play.example/x' }]) {
        const fault = faultOf(() => resolve({ ...where, ...options }, env));
        expect(fault).toBeInstanceOf(AuthenticationError);
        expect(fault.message).toBe(`${sentence} ${mend}`);
      }
      for (const here of ['ws://127.0.0.1:1/x', 'ws://localhost:1/x', 'wss://[::1]:1/x']) {
        expect(resolve({ url: here, ...options }, env).lobbyUrl).toBe(here);
      }
    },
  );

  it('is taken from 16 characters on', () => {
    expect(resolve({ botId: 'b', token: 'x'.repeat(16) }).token).toBe('x'.repeat(16));
  });
});

describe('connectToChipzen', () => {
  const processEnv = {};

  it('makes a connection from a bot id alone', () => {
    expect(connectToChipzen('b', undefined, { config: null, processEnv })).toEqual({
      url: lobby('wss://chipzen.ai', 'b'),
      token: null,
      retryPolicy: DEFAULT_RETRY_POLICY,
      env: 'prod',
      config: null,
    });
  });

  it('takes environment, policy and configuration', () => {
    const retryPolicy = new RetryPolicy({ maxReconnectAttempts: 1 });
    const config = fileWith({ token });
    expect(connectToChipzen('b', 'local', { config, processEnv, retryPolicy })).toEqual({
      url: lobby('ws://localhost:8001', 'b'),
      token,
      retryPolicy,
      env: 'local',
      config,
    });
  });

  it("prefers the file's URL", () => {
    const config = fileWith({ url: 'wss://h/l' });
    expect(connectToChipzen('b', 'local', { config, processEnv }).url).toBe('wss://h/l');
  });

  it('hides the token when shown', () => {
    const connection = connectToChipzen('b', 'local', {
      config: null,
      processEnv: { CHIPZEN_EXTBOT_TOKEN: token },
    });
    expect(connection.token).toBe(token);
    expect(inspect(connection) + JSON.stringify(connection)).not.toContain(token);
  });
});

describe('a proxy of the environment', () => {
  const env = { HTTPS_PROXY: 'http://bob:secret@proxy.lan:3128' };

  it('is for both legs of the session', () => {
    const { proxy } = resolveSession({ botId: 'b', token, config: null }, env);
    expect(proxy).toMatchObject({ url: 'http://proxy.lan:3128', variable: 'HTTPS_PROXY' });
  });

  it('is not for a platform on this machine', () => {
    const options = { url: 'ws://localhost:8001/x', token, config: null };
    expect(resolveSession(options, env).proxy).toBeNull();
  });

  it('that is none is refused', () => {
    const socks = { ALL_PROXY: 'socks5://proxy.lan' };
    expect(() => resolveSession({ botId: 'b', token, config: null }, socks)).toThrow(ConfigError);
  });
});
