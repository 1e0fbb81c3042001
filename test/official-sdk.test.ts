/** The names of the official SDK, and what they mean, are names of this package. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import description from '../package.json' with { type: 'json' };
import * as own from '../src/index.js';
import { officialSdk } from './official-names.js';

const exported: Readonly<Record<string, unknown>> = own;

describe('the official SDK', () => {
  it.each(officialSdk.functions)('has %s, and so has this package', (name) => {
    expect(exported[name]).toBeTypeOf('function');
  });

  it.each(officialSdk.classes)('has the class %s, and so has this package', (name) => {
    expect(String(exported[name])).toMatch(/^class\b/);
  });

  it('has constants, and so has this package', () => {
    expect(Object.fromEntries(officialSdk.constants.map((name) => [name, exported[name]]))).toEqual({
      BOT_TOKEN_SUBPROTOCOL: 'chipzen-bot-token',
      CONFIG_FILENAME: 'chipzen.toml',
      DEFAULT_MAX_UPLOAD_BYTES: 524_288_000,
      DEFAULT_RETRY_POLICY: expect.any(own.RetryPolicy),
      DEFAULT_TIMEOUT_WARN_MS: 100,
      ENV_NAMES: ['prod', 'staging', 'local'],
      ENV_VAR_NAME: 'CHIPZEN_ENV',
      PLATFORM_TIMEOUT_MS: 500,
      SECTION_NAME: 'external_api',
      SUPPORTED_PROTOCOL_VERSIONS: ['1.0'],
      VERSION: description.version,
    });
  });

  it('has types, and a program uses all of them as this package has them', () => {
    const program = readFileSync(new URL('official-types.ts', import.meta.url), 'utf8');
    const [, imported = ''] = /import \{([^}]*)\} from '..\/src\/index.js';/.exec(program) ?? [];
    const types = [...imported.matchAll(/\btype (\w+)/g)].map(([, name]) => name);
    expect(new Set(types)).toEqual(new Set(officialSdk.types));
  });

  it('has the same environments as the options', () => {
    for (const env of own.ENV_NAMES) expect(own.connectToChipzen('b', env, { config: null }).env).toBe(env);
  });

  it('writes cards as it reads them, and refuses what is none', () => {
    for (const rank of own.ranks)
      for (const suit of own.suits) {
        const text = rank + suit;
        expect(own.cardFromString(text)).toEqual({ rank, suit });
        expect(own.cardToString({ rank, suit })).toBe(text);
      }
    for (const text of ['', 'A', 'ah', '10h', 'Ahh', null, 5])
      expect(() => own.cardFromString(text as string)).toThrow(RangeError);
  });
});
