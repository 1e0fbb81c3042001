import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainedCodes, explainRefusal } from '../../src/platform/error-codes.js';
import { refusalOf } from '../../src/platform/refusal.js';
import { createMask } from '../../src/protocol/redact.js';
import { botToken } from './fake-endpoint.js';

const read = (body: unknown, more: object = {}) =>
  refusalOf(
    {
      request: 'POST /api/external-api/matchmaking/join',
      status: 409,
      requestIdHeader: null,
      retryAfterMs: null,
      body,
      ...more,
    },
    createMask([botToken]).text,
  );

const own = { error_code: 'EXT_BOT_OFFLINE', message: 'Bot is offline.', request_id: 'r-1' };

it.each(explainedCodes)('%s is explained in one sentence that begins with the code', (code) => {
  const { message, errorCode } = read({ ...own, error_code: code });
  expect(errorCode).toBe(code);
  expect(message).toBe(
    `${code}: ${explainRefusal(code, 409)} (POST /api/external-api/matchmaking/join, HTTP 409, request r-1) ` +
      'The platform says: Bot is offline.',
  );
  expect(explainRefusal(code, 409)).toMatch(/^[A-Z](?!.*\. ).*[^.]\.$/);
});

it('no code of the local platform is without an explanation', () => {
  const source = readFileSync(new URL('../../src/sandbox/http/http-error.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \d{3},$/gm)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(25);
  expect(codes.filter((code) => !explainedCodes.includes(code))).toEqual([]);
});

describe('a code', () => {
  it.each([
    ['at the top', own],
    ['below detail', { detail: own }],
    ['below error', { error: own, message: 'other' }],
    ['deep down', { detail: { error: [own] } }],
    ['under another name', { code: own.error_code, message: own.message, request_id: own.request_id }],
  ])('is found %s', (_title, body) => {
    expect(read(body)).toMatchObject({
      code: 'platform_refused',
      errorCode: 'EXT_BOT_OFFLINE',
      requestId: 'r-1',
    });
    expect(read(body).message).toContain('The platform says: Bot is offline.');
  });

  it.each([
    ['an empty body', undefined],
    ['a body that is no JSON', null],
    ['a text in its place', { error_code: 'no code, but a sentence' }],
    ['a list', []],
    ['nothing known', { detail: { detail: { detail: { detail: { detail: { detail: own } } } } } }],
  ])('is not found in %s, and the status is explained', (_title, body) => {
    const error = read(body, { status: 401, requestIdHeader: 'r-2' });
    expect(error).toMatchObject({ errorCode: null, status: 401, requestId: 'r-2' });
    expect(error.message).toContain('This request needs a login');
  });

  it('that is not known has the sentence of its status, and is told', () => {
    const error = read({ error_code: 'NEW_CODE_7', message: 'Something new.' }, { status: 429 });
    expect(error).toMatchObject({ errorCode: 'NEW_CODE_7' });
    expect(error.message).toBe(
      'NEW_CODE_7: Too many requests: wait before the next one. (POST /api/external-api/matchmaking/join, HTTP 429) ' +
        'The platform says: Something new.',
    );
  });
});

it('a status without a sentence of its own has one, too', () => {
  expect([418, 501, 599].map((status) => explainRefusal(null, status))).toEqual([
    'The platform refused the request.',
    'The platform had an error of its own; try again later.',
    'The platform had an error of its own; try again later.',
  ]);
  expect(explainRefusal('toString', 404)).toContain('There is nothing');
});

it('a message may be text, or a list of what is wrong with fields', () => {
  expect(read({ detail: 'Not Found' }).message).toContain('says: Not Found');
  expect(read({ detail: [{ loc: ['body', 'x'], msg: 'extra fields not permitted' }] }).message).toContain(
    'says: extra fields not permitted',
  );
});

it('a penalty is told', () => {
  const body = { error_code: 'RATE_001', message: 'Slow down.', penalty_level: 'blocked', violations: 60 };
  for (const shape of [body, { detail: body }]) {
    expect(read(shape, { status: 429, retryAfterMs: 900_000 })).toMatchObject({
      penaltyLevel: 'blocked',
      violations: 60,
      retryAfterMs: 900_000,
    });
  }
});

it('what the platform says is short, printable and without the token', () => {
  const error = read({ message: `\u001b[31m${botToken} ${'x'.repeat(500)}`, request_id: `r\n${botToken}` });
  expect(JSON.stringify(error) + error.message).not.toContain(botToken);
  expect(error.message).toContain('[token]');
  expect(error.message).not.toContain('\u001b');
  expect(error.message.length).toBeLessThan(600);
  expect(error.requestId).toBe('r[token]');
});
