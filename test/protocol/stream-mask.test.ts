import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask } from '../../src/protocol/redact.js';
import { createStreamMask } from '../../src/protocol/stream-mask.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJKL';
const ticket = 'the quick brown fox';
const mask = createMask([token, ticket]);

/** What came out for each piece, and at the end. */
function through(...pieces: string[]): string[] {
  const stream = createStreamMask(mask);
  return [...pieces.map((piece) => stream.push(piece)), stream.end()];
}

describe('a stream whose secrets are masked', () => {
  it('shows each piece at once that is nobody’s secret', () => {
    expect(through('a line\n', 'half ', 'a line, c', '\n', 'the')).toEqual([
      'a line\n',
      'half ',
      'a line, c',
      '\n',
      'the',
      '',
    ]);
  });

  it('masks what is whole in one piece, at once', () => {
    expect(through(`a ${token} b\n`, `${ticket}\n`)).toEqual(['a [token] b\n', '[token]\n', '']);
  });

  it('holds the beginning of a secret back until it is known what it is', () => {
    expect(through('a cz_extbot_01', '23 b\n')).toEqual(['a ', '[token] b\n', '']);
    expect(through('a the quick', ' brown bear\n')).toEqual(['a ', 'the quick brown bear\n', '']);
  });

  it('puts together what comes in pieces of any size', () => {
    for (const secret of [token, ticket]) {
      for (let size = 1; size < secret.length; size++) {
        const pieces = `<${secret}>`.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const told = through(...pieces).join('');
        expect(told).toMatch(/^<.{0,4}\[token\]>$/);
      }
    }
  });

  it('puts it together over lines and over all that is not shown', () => {
    expect(through('a cz_\n', 'ext\u001b[1m', '\u200b', `bot_${token.slice(10)} b\n`).join('')).toBe(
      'a cz_\n[token] b\n',
    );
    expect(through(`${token.slice(0, 30)}\n`, '\r\n', token.slice(30), '\n').join('')).toBe('[token]\n');
  });

  it('holds nothing back for ever: at the end comes what is too little to tell anything', () => {
    expect(through('a cz_extb')).toEqual(['a ', 'cz_extb']);
    expect(through(`a ${token.slice(0, -1)}`)).toEqual(['a ', '[token]']);
    expect(through(token.slice(0, 3), token.slice(3, -1))).toEqual(['cz_', '', '[token]']);
  });

  it('never shows a secret, in whatever pieces, and loses nothing else', () => {
    const words = fc.constantFrom(token, ticket, 'c', 'cz_', 'the ', 'cz_ext', '\n', 'x', ' ');
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 12 }),
        fc.array(fc.nat(20), { maxLength: 40 }),
        (parts, sizes) => {
          const text = parts.join('|');
          const pieces: string[] = [];
          let at = 0;
          for (const size of sizes) pieces.push(text.slice(at, (at += size)));
          pieces.push(text.slice(at));
          const told = through(...pieces).join('');
          expect(told).not.toContain(token);
          expect(told).not.toContain(ticket);
          const others = (line: string) => line.split('|').filter((part) => !/oken|cz_e|the q/.test(part));
          const expected = others(text).filter((part) => part !== ticket && part !== token);
          expect(others(told).filter((part) => expected.includes(part)).length).toBeGreaterThanOrEqual(
            expected.length,
          );
        },
      ),
    );
  });
});
