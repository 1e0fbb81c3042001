import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  configPaths,
  loadChipzenConfig,
  resolveToken,
  resolveUrl,
  withoutSecrets,
} from '../../../src/io/settings/config.js';
import { ConfigError } from '../../../src/protocol/errors.js';

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-config-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function file(text: string | Uint8Array, name = 'chipzen.toml', mode = 0o600): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

function faultOf(path: string): ConfigError {
  try {
    loadChipzenConfig([path]);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('loadChipzenConfig', () => {
  it('reads the three fields and ignores what it does not know', () => {
    const path = file(
      `other = 1\n[external_api]\ntoken = "${token}"\nurl = "wss://h/x"\nbot_id = "b"\nnew_key = [1]\n[more]\n`,
    );
    expect(loadChipzenConfig([path])).toEqual({ path, token, url: 'wss://h/x', botId: 'b' });
  });

  it('gives null for fields that the file does not have', () => {
    const path = file('[external_api]\n');
    expect(loadChipzenConfig([path])).toEqual({ path, token: null, url: null, botId: null });
  });

  it('takes the first file that exists and looks at no other', () => {
    const second = file('[external_api]\nbot_id = "second"\n', 'second.toml');
    const third = file('not toml', 'third.toml');
    const missing = [join(dir, 'none.toml'), join(second, 'below-a-file.toml')];
    expect(loadChipzenConfig([...missing, second, third])?.botId).toBe('second');
  });

  it('gives null when no file exists', () => {
    expect(loadChipzenConfig([join(dir, 'none.toml')])).toBeNull();
  });

  it('reads a file that begins with a byte order mark and has Windows line ends', () => {
    expect(loadChipzenConfig([file('\ufeff[external_api]\r\nbot_id = "b"\r\n')])?.botId).toBe('b');
  });

  it('shows the token neither when inspected nor as JSON, at any depth', () => {
    const config = loadChipzenConfig([file(`[external_api]\ntoken = "${token}"\n`)]);
    const shown = [
      inspect(config),
      inspect({ a: [config] }),
      JSON.stringify({ config }),
      inspect(config, { showHidden: true }),
    ];
    expect(shown.filter((text) => text.includes(token))).toEqual([]);
    expect(shown.filter((text) => text.includes('[hidden]'))).toEqual(shown);
    expect(config?.token).toBe(token);
  });

  it.each([0o640, 0o604, 0o644])('warns when others can read the token (mode %o)', (mode) => {
    const path = file(`[external_api]\ntoken = "${token}"\n`, 'chipzen.toml', mode);
    const warnings: string[] = [];
    loadChipzenConfig([path], { onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([`${path} holds a token and other users can read it. Run: chmod 600 ${path}`]);
  });

  it('does not warn of a private file, nor of one without a token', () => {
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    loadChipzenConfig([file(`[external_api]\ntoken = "${token}"\n`)], { onWarning });
    loadChipzenConfig([file('[external_api]\nbot_id = "b"\n', 'open.toml', 0o644)], { onWarning });
    expect(warnings).toEqual([]);
  });

  it('says where malformed TOML is, without quoting it', () => {
    const path = file(`[external_api]\ntoken = ${token}\n`);
    const fault = faultOf(path);
    expect(Object.assign(Object.create(null), fault, { message: fault.message })).toEqual({
      name: 'ConfigError',
      code: 'bad_config',
      message: `${path} is not valid TOML: look at line 2, column 9. Text values need quotes around them.`,
      path,
      field: undefined,
      results: [],
    });
    expect(fault.cause).toBeUndefined();
  });

  const wrong: [string, string, string][] = [
    ['', 'external_api', 'has no [external_api] table'],
    ['token = "x"', 'external_api', 'has no [external_api] table'],
    ['external_api = "x"', 'external_api', 'must be a table, not a string'],
    ['external_api = 2020-01-01', 'external_api', 'must be a table, not a date'],
    ['[[external_api]]', 'external_api', 'must be a table, not an array'],
    ['[external_api]\ntoken = 5', 'external_api.token', 'must be text, not a number'],
    ['[external_api]\nurl = true', 'external_api.url', 'must be text, not a boolean'],
    ['[external_api]\nbot_id = ["b"]', 'external_api.bot_id', 'must be text, not an array'],
    ['[external_api]\nbot_id = { a = 1 }', 'external_api.bot_id', 'must be text, not a table'],
  ];
  it.each(wrong)('refuses %j, naming file and field', (text, field, why) => {
    const path = file(text);
    const fault = faultOf(path);
    expect({ path: fault.path, field: fault.field }).toEqual({ path, field });
    expect(fault.message).toContain(path);
    expect(fault.message).toContain(why);
  });

  it('refuses a directory, a huge file, and bytes that are no UTF-8', () => {
    mkdirSync(join(dir, 'folder'));
    const faults = [
      faultOf(join(dir, 'folder')),
      faultOf(file(`# ${'x'.repeat(1024 * 1024)}`, 'huge.toml')),
      faultOf(file(Buffer.from([0x23, 0xff, 0xfe]), 'binary.toml')),
    ];
    expect(faults.map((fault) => fault.message.slice(dir.length))).toEqual([
      '/folder is a folder, not a file. Move it away or make it a TOML file.',
      '/huge.toml is too large for a configuration (over 1 MiB). Is it the right file?',
      '/binary.toml is not UTF-8 text. Save it as UTF-8.',
    ]);
  });

  it('says that a file cannot be reached, with the reason', () => {
    const fault = faultOf(join(dir, 'x'.repeat(300)));
    expect(fault.message).toMatch(
      /cannot be read \(ENAMETOOLONG\)\. Let this user read it, or move it away\.$/,
    );
  });

  it('never shows the token, however the file is broken', () => {
    const whole = `[external_api]\ntoken = "${token}"\nbot_id = "b"\n`;
    const damage = fc.tuple(fc.nat(whole.length), fc.nat(12), fc.string({ unit: 'binary', maxLength: 6 }));
    fc.assert(
      fc.property(damage, ([at, cut, put]) => {
        const path = file(whole.slice(0, at) + put + whole.slice(at + cut));
        try {
          expect(JSON.stringify(loadChipzenConfig([path]))).not.toContain('ABCDEFGHIJ');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          expect(inspect(error, { showHidden: true, depth: 9 })).not.toMatch(/ABCDEFGHIJ|UVWXYZ0123/);
        }
      }),
    );
  });
});

describe('configPaths', () => {
  it('looks here, at home and in /etc', () => {
    expect(configPaths({ HOME: '/home/ann' }, 'linux')).toEqual([
      join(process.cwd(), 'chipzen.toml'),
      '/home/ann/.chipzen/chipzen.toml',
      '/etc/chipzen/chipzen.toml',
    ]);
  });

  it('has no place in /etc on Windows', () => {
    expect(configPaths({ USERPROFILE: '/users/ann' }, 'win32')).toEqual([
      join(process.cwd(), 'chipzen.toml'),
      '/users/ann/.chipzen/chipzen.toml',
    ]);
  });
});

describe('resolveToken', () => {
  const config = { path: 'chipzen.toml', token: 'of-file', url: null, botId: null };
  const env = { CHIPZEN_EXTBOT_TOKEN: 'of-env' };

  it('takes the option, then the variable, then the file', () => {
    expect([
      resolveToken('of-option', config, env),
      resolveToken(undefined, config, env),
      resolveToken(null, config, {}),
      resolveToken(undefined, null, {}),
    ]).toEqual(['of-option', 'of-env', 'of-file', null]);
  });

  it('takes an empty option as said, and an empty variable as unset', () => {
    expect(resolveToken('', config, env)).toBe('');
    expect(resolveToken(undefined, config, { CHIPZEN_EXTBOT_TOKEN: '' })).toBe('of-file');
  });
});

describe('resolveToken and resolveUrl as the official SDK calls them', () => {
  const config = { path: 'chipzen.toml', token: 'of-file', url: 'wss://of-file/', botId: null };
  beforeEach(() => {
    vi.stubEnv('CHIPZEN_EXTBOT_TOKEN', '');
    vi.stubEnv('CHIPZEN_LOBBY_URL', '');
  });
  afterEach(() => vi.unstubAllEnvs());

  it('take what is given, then the file, and no token beside a ticket', () => {
    expect([
      resolveToken({ explicitToken: 'given', config }),
      resolveToken({ explicitToken: '', config }),
      resolveToken({ explicitToken: null, explicitTicket: null, config }),
      resolveToken({ explicitTicket: 'ticket', config }),
      resolveToken({ explicitToken: 'given', explicitTicket: 'ticket' }),
      resolveToken({ config: null }),
    ]).toEqual(['given', '', 'of-file', null, 'given', null]);
    expect([
      resolveUrl({ explicitUrl: 'wss://given/', config }),
      resolveUrl({ explicitUrl: null, config }),
      resolveUrl({}),
    ]).toEqual(['wss://given/', 'wss://of-file/', null]);
  });

  it('ask the variables before the file, as a session does', () => {
    vi.stubEnv('CHIPZEN_EXTBOT_TOKEN', 'of-env');
    vi.stubEnv('CHIPZEN_LOBBY_URL', 'wss://of-env/');
    expect([resolveToken({ config }), resolveUrl({ config })]).toEqual(['of-env', 'wss://of-env/']);
    expect(resolveToken({ explicitToken: 'given', config })).toBe('given');
  });
});

describe('withoutSecrets', () => {
  it('leaves out the variables of credentials, in whatever case, and all that have this one in them', () => {
    const env = {
      PATH: '/bin',
      CHIPZEN_BOT_ID: 'b',
      CHIPZEN_EXTBOT_TOKEN: 'another',
      chipzen_ticket: 't',
      CHIPZEN_TOKEN: '',
      COPY: 'Bearer cz_extbot_0123456789',
      EMPTY: undefined,
    };
    expect(withoutSecrets(env, 'cz_extbot_0123456789')).toEqual({
      PATH: '/bin',
      CHIPZEN_BOT_ID: 'b',
      EMPTY: undefined,
    });
    expect(withoutSecrets({ PATH: '/bin' }, '')).toEqual({ PATH: '/bin' });
    // A short one is an ordinary word.
    expect(withoutSecrets({ PATH: '/bin', COPY: 'bin' }, 'bin')).toEqual({ PATH: '/bin' });
  });
});
