import { describe, expect, it } from 'vitest';
import { type RunBotOptions, resolveMatch } from '../../../src/io/settings/known-match.js';
import { DEFAULT_RETRY_POLICY, RetryPolicy } from '../../../src/machines/retry.js';
import {
  ConfigError,
  InsecureUrlError,
  MissingTokenError,
  OptionError,
} from '../../../src/protocol/errors.js';
import { version } from '../../../src/protocol/version.js';

const token = 'token-of-the-match';
const url = 'wss://chipzen.ai/ws/match/m-1/p-1';

function resolve(options: RunBotOptions = {}, env: NodeJS.ProcessEnv = {}, target = url) {
  return resolveMatch(target, options, env);
}

const untyped = (json: string): RunBotOptions => JSON.parse(json);

describe('a known match', () => {
  it('fills in every default', () => {
    expect(resolve({ token })).toEqual({
      credential: { kind: 'token', token },
      userAgent: `chipzen-agent/${version}`,
      proxy: null,
      input: {
        matchId: 'm-1',
        participantId: 'p-1',
        gatewayUrl: url,
        rated: false,
        resume: false,
        announced: false,
        decisionTimeoutMs: null,
        clientName: 'chipzen-agent',
        clientVersion: version,
        supportedGames: null,
        safeMode: true,
        marginMs: null,
        retryPolicy: DEFAULT_RETRY_POLICY,
      },
    });
  });

  it('takes every option', () => {
    const retryPolicy = new RetryPolicy({ maxReconnectAttempts: 1 });
    const { input, userAgent } = resolve({
      ticket: 'ticket-of-the-match',
      matchId: 'other',
      clientName: 'bot',
      clientVersion: '2',
      userAgent: 'bot/2',
      safeMode: false,
      marginMs: 40,
      supportedGames: ['draw27'],
      retryPolicy,
    });
    expect(userAgent).toBe('bot/2');
    expect(input).toEqual({
      matchId: 'other',
      participantId: 'p-1',
      gatewayUrl: url,
      rated: false,
      resume: false,
      announced: false,
      decisionTimeoutMs: null,
      clientName: 'bot',
      clientVersion: '2',
      supportedGames: ['draw27'],
      safeMode: false,
      marginMs: 40,
      retryPolicy,
    });
  });

  it.each<[string, RunBotOptions, NodeJS.ProcessEnv, object]>([
    ['the option token', { token: 'tok-a' }, {}, { kind: 'token', token: 'tok-a' }],
    ['the option ticket', { ticket: 'tic-b' }, {}, { kind: 'ticket', ticket: 'tic-b' }],
    ['CHIPZEN_TOKEN', {}, { CHIPZEN_TOKEN: 'tok-c' }, { kind: 'token', token: 'tok-c' }],
    ['CHIPZEN_TICKET', {}, { CHIPZEN_TICKET: 'tic-d' }, { kind: 'ticket', ticket: 'tic-d' }],
    [
      'CHIPZEN_TICKET beside an empty CHIPZEN_TOKEN',
      {},
      { CHIPZEN_TOKEN: '', CHIPZEN_TICKET: 'tic-d' },
      { kind: 'ticket', ticket: 'tic-d' },
    ],
    [
      'an option before the environment',
      { ticket: 'tic-b' },
      { CHIPZEN_TOKEN: 'tok-c' },
      { kind: 'ticket', ticket: 'tic-b' },
    ],
  ])('is entered with %s', (_what, options, env, credential) => {
    expect(resolve(options, env).credential).toEqual(credential);
  });

  it.each<[string, RunBotOptions, NodeJS.ProcessEnv]>([
    ['none is given', {}, {}],
    ['the environment has empty ones', {}, { CHIPZEN_TOKEN: '', CHIPZEN_TICKET: '' }],
    [
      'the option is empty, whatever the environment has',
      { token: '' },
      { CHIPZEN_TOKEN: 'tok-c', CHIPZEN_TICKET: 'tic-d' },
    ],
  ])('needs a credential: %s', (_what, options, env) => {
    expect(() => resolve(options, env)).toThrow(
      new MissingTokenError(
        'A known match needs a credential: give the option token or ticket, or set CHIPZEN_TOKEN or CHIPZEN_TICKET.',
      ),
    );
  });

  it('takes one credential, not two', () => {
    expect(() => resolve({ token: 'tok-a', ticket: 'tic-b' })).toThrow(
      new OptionError('ticket', 'Give token or ticket, not both: a match takes exactly one of them.'),
    );
  });

  it('says which variables to unset where both are set', () => {
    expect(() => resolve({}, { CHIPZEN_TOKEN: 'tok-a', CHIPZEN_TICKET: 'tic-b' })).toThrow(
      'CHIPZEN_TOKEN and CHIPZEN_TICKET are both set, and a match takes one of them. Unset the other one.',
    );
  });

  it('takes null for a credential that is not given', () => {
    expect(resolve({ token: null, ticket: 't1' }).credential).toEqual({ kind: 'ticket', ticket: 't1' });
    expect(resolve({ token: null, ticket: null }, { CHIPZEN_TOKEN: 'of-env' }).credential).toEqual({
      kind: 'token',
      token: 'of-env',
    });
    expect(() => resolve({ token: null, ticket: null })).toThrow(MissingTokenError);
  });

  it('takes the attempts of maxRetries before those of the retry policy, and leaves the rest of that', () => {
    const retryPolicy = new RetryPolicy({ maxReconnectAttempts: 9, maxBackoffMs: 700 });
    expect(resolve({ token, retryPolicy, maxRetries: 0 }).input.retryPolicy?.named).toEqual({
      maxReconnectAttempts: 0,
      maxBackoffMs: 700,
    });
    expect(resolve({ token, maxRetries: Number.POSITIVE_INFINITY }).input.retryPolicy?.named).toEqual({
      maxReconnectAttempts: Number.POSITIVE_INFINITY,
    });
    for (const maxRetries of [-1, 0.5, Number.NaN, '3' as unknown as number]) {
      expect(() => resolve({ token, maxRetries })).toThrow(OptionError);
    }
  });

  it('does not choose between the two of the environment', () => {
    expect(() => resolve({}, { CHIPZEN_TOKEN: 'tok-c', CHIPZEN_TICKET: 'tic-d' })).toThrow(ConfigError);
  });

  it.each<[string, RunBotOptions, string]>([
    ['the token', { token }, token],
    ['the ticket', { ticket: 'a-ticket-of-m-41' }, 'a-ticket-of-m-41'],
  ])('refuses a URL with %s in it, and does not repeat it', (_what, options, secret) => {
    const leaky = `${url}?key=${secret}`;
    expect(() => resolve(options, {}, leaky)).toThrow(
      new ConfigError('The match URL has a token in it, where it would be shown. A URL needs none.', {
        field: 'The match URL',
      }),
    );
  });

  it.each<[string, string, string]>([
    ['/ws/match/m-1/p-1', 'm-1', 'p-1'],
    ['/ws/match/m-1/bot', 'm-1', ''],
    ['/ws/match/m-1', 'm-1', ''],
    ['/ws/match/m-1/', 'm-1', ''],
    ['/ws/external/match/m-1/p-1?region=eu', 'm-1', 'p-1'],
    ['/proxy/ws/match/m%2F1/p%201', 'm/1', 'p 1'],
    ['/ws/match/m-1/%ff', 'm-1', '%ff'],
  ])('reads the ids out of %s', (path, matchId, participantId) => {
    const { input } = resolve({ token }, {}, `ws://127.0.0.1:8001${path}`);
    expect([input.matchId, input.participantId, input.gatewayUrl]).toEqual([
      matchId,
      participantId,
      `ws://127.0.0.1:8001${path}`,
    ]);
  });

  it('takes the id of the option, then of the environment, then of the URL', () => {
    const idOf = (options: RunBotOptions, env: NodeJS.ProcessEnv) =>
      resolve({ token, ...options }, env).input.matchId;
    expect(idOf({ matchId: 'a' }, { CHIPZEN_MATCH_ID: 'b' })).toBe('a');
    expect(idOf({}, { CHIPZEN_MATCH_ID: 'b' })).toBe('b');
    expect(idOf({}, { CHIPZEN_MATCH_ID: '' })).toBe('m-1');
  });

  it.each(['wss://chipzen.ai/table', 'wss://chipzen.ai/ws/match', 'wss://chipzen.ai/ws/match/'])(
    'needs an id somewhere: %s has none',
    (target) => {
      expect(() => resolve({ token }, {}, target)).toThrow(
        new OptionError('matchId', 'The match URL has no match id in it: give the option matchId.'),
      );
      expect(resolve({ token }, { CHIPZEN_MATCH_ID: 'b' }, target).input).toMatchObject({
        matchId: 'b',
        participantId: '',
      });
    },
  );

  it.each<[string, RunBotOptions, string]>([
    [
      'a matchId that is no text',
      untyped('{ "token": "token-of-the-match", "matchId": 5 }'),
      'matchId must be text.',
    ],
    ['a ticket that is no text', untyped('{ "ticket": [] }'), 'ticket must be text.'],
    [
      'a safeMode that is no flag',
      untyped('{ "token": "token-of-the-match", "safeMode": 1 }'),
      'The option safeMode must be true or false, not 1.',
    ],
  ])('refuses %s', (_what, options, message) => {
    expect(() => resolve(options)).toThrow(OptionError);
    expect(() => resolve(options)).toThrow(message);
  });

  it.each([
    ['tokne', 'playMatch has no option named tokne. Did you mean token?'],
    // An option of a session, and not of one match.
    ['maxMatches', 'playMatch has no option named maxMatches. Did you mean maxRetries?'],
  ])('refuses %s, which is no option', (name, message) => {
    expect(() => resolve(untyped(`{ "token": "token-of-the-match", "${name}": 1 }`))).toThrow(
      new OptionError(name, message),
    );
  });

  it('dials only where the credential may go', () => {
    expect(() => resolve({ token }, {}, 'ws://chipzen.ai/ws/match/m-1/p-1')).toThrow(InsecureUrlError);
    expect(() => resolve({ token }, {}, 'https://chipzen.ai/ws/match/m-1/p-1')).toThrow(ConfigError);
  });
});
