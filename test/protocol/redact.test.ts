import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskTokens, printable, redactFrame, redactSecret } from '../../src/protocol/redact.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJ';

describe('redactSecret', () => {
  it('masks every occurrence and leaves an empty secret alone', () => {
    expect(redactSecret(`a ${token} b ${token}`, token)).toBe('a [token] b [token]');
    expect(redactSecret('text', '')).toBe('text');
  });
});

describe('redactFrame', () => {
  it('finds a token that is written in escapes', () => {
    const escaped = Array.from(token, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    expect(JSON.parse(redactFrame(`{"type":"error","message":"bad \\"${escaped}\\""}`, token))).toEqual({
      type: 'error',
      message: 'bad "[token]"',
    });
  });

  it('finds a secret with characters that JSON escapes', () => {
    const secret = 'a/b"c\\d+e=fé';
    expect(redactFrame(JSON.stringify({ m: secret }), secret)).toBe('{"m":"[token]"}');
    expect(redactFrame('{"m":"a\\/b\\"c\\\\d+e=f\\u00E9"}', secret)).toBe('{"m":"[token]"}');
  });

  it('an escape whose letter the secret begins with is not torn apart', () => {
    const text = '{"m":"\\ticket-1 and \\\\ticket-1"}';
    expect(redactFrame(text, 'ticket-1')).toBe('{"m":"\\ticket-1 and \\\\[token]"}');
  });

  it('a backslash that makes no escape of the first letter does not hide the secret', () => {
    expect(redactFrame('C:\\dir\\ and \\cz-1', 'cz-1')).toBe('C:\\dir\\ and \\[token]');
  });

  it('an escaped backslash before a u is no escape', () => {
    const text = '{"m":"\\\\u0063z"}';
    expect(redactFrame(text, 'cz')).toBe(text);
  });

  it('leaves a frame without the token as it came, and never breaks one', () => {
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (json, echoed) => {
        const text = echoed ? `{"x":${json},"y":"${token}\\u0041"}` : json;
        const redacted = redactFrame(text, token);
        if (!echoed) expect(redacted).toBe(text);
        expect(JSON.stringify(JSON.parse(redacted))).not.toContain(token);
      }),
    );
  });
});

describe('maskTokens', () => {
  it('masks each token, known or not, and leaves the rest', () => {
    expect(maskTokens(`--token ${token}, "${token}".`)).toBe('--token [token], "[token]".');
    expect(maskTokens('cz_extbot_ is how they begin')).toBe('cz_extbot_ is how they begin');
  });

  it.each([0, 2, 3, 9, 10, 20])('masks a token with an invisible character behind its letter %i', (at) => {
    const hidden = `${token.slice(0, at)}\u200b\u2060${token.slice(at)}`;
    expect(printable(maskTokens(`<${hidden}>`), 80)).toBe('<[token]>');
  });
});

describe('printable', () => {
  it('drops what a terminal could obey or not show, and cuts without halving a character', () => {
    expect(printable('\u001b[2J\u009bx\u202ey\u2028z\ud800', 20)).toBe('[2Jxyz');
    expect(printable('ab😀', 3)).toBe('ab');
  });
});
