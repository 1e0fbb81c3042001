import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createMask,
  maskTokens,
  maskTokensInJson,
  printable,
  visibleJson,
} from '../../src/protocol/redact.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJKL';
const ticket = 'one-time/ticket "7"\\of=fé😀';
const secrets = [token, ticket];
const mask = createMask(secrets);

/** What is dropped by us or by a terminal, or changes only what stands before it. */
const unseen: [string, string][] = [
  ['a line feed', '\n'],
  ['a carriage return and a tab', '\r\t'],
  ['a null', '\0'],
  ['a delete', '\u007f'],
  ['the next line of C1', '\u0085'],
  ['the CSI of C1, which takes the next letter with it on a terminal', '\u009b'],
  ['a soft hyphen', '\u00ad'],
  ['a zero-width space', '\u200b'],
  ['a joiner and a byte order mark', '\u200d\ufeff'],
  ['a bidi override and its end', '\u202e\u202c'],
  ['a bidi isolate', '\u2066'],
  ['a line separator', '\u2028'],
  ['a combining accent', '\u0301'],
  ['a combining grapheme joiner', '\u034f'],
  ['a Hangul filler', '\u3164'],
  ['a variation selector', '\ufe0f'],
  ['a tag', '\u{e0041}'],
  ['a private character', '\ue000'],
  ['a colour', '\u001b[31m'],
  ['a colour of C1', '\u009b1;31m'],
  ['a movement of the cursor', '\u001b[3;4H'],
  ['the title of the window', '\u001b]0;title\u0007'],
  ['a link', '\u001b]8;;https://example.org\u001b\\'],
  ['many of them', '\u200b\n\u001b[0m'.repeat(50)],
];

/** Each with its number, so that a failure says where. */
const cuts = (secret: string): number[] => [1, 2, 9, 10, 17, Array.from(secret).length - 1];

function inserted(secret: string, at: number, what: string): string {
  const characters = Array.from(secret);
  return characters.slice(0, at).join('') + what + characters.slice(at).join('');
}

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => {
    const hex = text.charCodeAt(index).toString(16).padStart(4, '0');
    return `\\u${index % 2 === 0 ? hex : hex.toUpperCase()}`;
  }).join('');

describe('a mask for secrets', () => {
  it('masks every occurrence of each, and leaves the rest', () => {
    expect(mask.text(`a ${token} b ${ticket}${ticket}.`)).toBe('a [token] b [token][token].');
    expect(mask.text('cz_extbot_ is how they begin, and one-time/ticket')).toBe(
      'cz_extbot_ is how they begin, and one-time/ticket',
    );
  });

  it.each(secrets.flatMap((secret) => unseen.map(([name, what]) => [name, secret, what] as const)))(
    'finds one with %s in it: %j',
    (_name, secret, what) => {
      for (const at of cuts(secret)) {
        const text = `<${inserted(secret, at, what)}>`;
        expect(mask.text(text)).toBe('<[token]>');
        expect(JSON.parse(mask.json(JSON.stringify({ text })))).toEqual({ text: '<[token]>' });
        expect(JSON.parse(mask.json(`{"text":"${escaped(text)}"}`))).toEqual({ text: '<[token]>' });
        expect(printable(text, 80, mask.text)).toBe('<[token]>');
      }
    },
  );

  it('finds one with something of that behind each of its letters', () => {
    const text = `<${Array.from(token).join('\u200b')}> <${Array.from(ticket).join('\u001b[1m')}>`;
    expect(mask.text(text)).toBe('<[token]> <[token]>');
  });

  it('finds one in JSON that is quoted in a text, and one whose first letter makes an escape of a backslash', () => {
    const { text } = createMask(['nine-and-twenty-four']);
    expect(text(`No frame: {"m":"${escaped('nine-and-twenty-four')}"}`)).toBe('No frame: {"m":"[token]"}');
    expect(text('C:\\nine-and-twenty-four')).toBe('C:\\[token]');
  });

  it('finds one that is nothing but what is not shown', () => {
    const hidden = '\u200b\u200c'.repeat(10);
    expect(createMask([hidden]).text(`<${hidden}>`)).toBe('<[token]>');
  });

  it('leaves secrets of fewer than 16 characters alone, which are ordinary words', () => {
    const { text, json } = createMask(['', 'chips', 'a'.repeat(15)]);
    const sentence = `15 chips: ${'a'.repeat(15)}`;
    expect([text(sentence), json(`"${sentence}"`)]).toEqual([sentence, `"${sentence}"`]);
    expect(createMask(['a'.repeat(16)]).text('a'.repeat(16))).toBe('[token]');
  });

  it('leaves JSON without a secret as it came, and never breaks any', () => {
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (json, echoed) => {
        const text = echoed ? `{"x":${json},"y":"${token}\\u0041"}` : json;
        const masked = mask.json(text);
        if (!echoed) expect(masked).toBe(text);
        expect(JSON.stringify(JSON.parse(masked))).not.toContain(token);
      }),
    );
  });

  it('leaves a text without a secret as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(mask.text(text)).toBe(text);
      }),
    );
  });

  it('tears no escape and no string of JSON apart', () => {
    const { json } = createMask(['ticket-of-the-day', '","match_id":"m-1']);
    expect(json('{"m":"\\ticket-of-the-day and \\\\ticket-of-the-day"}')).toBe(
      '{"m":"\\ticket-of-the-day and \\\\[token]"}',
    );
    const frame = '{"type":"x","match_id":"m-1"}';
    expect(json(frame)).toBe(frame);
  });

  it('takes no time that grows with the square of a text', () => {
    const hostile = [
      'c'.repeat(500_000),
      `c${'\u200b'.repeat(500_000)}`,
      'c\\u200b'.repeat(100_000),
      '\u001b['.repeat(250_000),
      'cz_extbot\n'.repeat(50_000),
      '\\'.repeat(500_000),
      ...['\u200b', '\u009b', '\u001b[1m', '\u{e0041}'].map(
        (hidden) => token.slice(1) + hidden.repeat(2_000_000),
      ),
    ];
    const before = process.cpuUsage();
    for (const text of hostile) mask.text(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});

describe('maskTokens', () => {
  it('masks each token, known or not, and leaves the rest', () => {
    expect(maskTokens(`--token ${token}, "${token}".`)).toBe('--token [token], "[token]".');
    expect(maskTokens(`${token}andSomeMore`)).toBe('[token]');
    expect(maskTokens('cz_extbot_ is how they begin')).toBe('cz_extbot_ is how they begin');
    expect(JSON.parse(maskTokensInJson(`{"a\\n":"${escaped(token)}\\n"}`))).toEqual({ 'a\n': '[token]\n' });
  });

  it.each([0, 2, 3, 9, 10, 20])('masks a token with an invisible character behind its letter %i', (at) => {
    const hidden = `${token.slice(0, at)}\u200b\u2060${token.slice(at)}`;
    expect(printable(`<${hidden}>`, 80)).toBe('<[token]>');
  });

  it('leaves the lines behind one as they are', () => {
    expect(maskTokens(`${token}\nnext line`)).toBe('[token]\nnext line');
  });
});

describe('printable', () => {
  it('drops what a terminal could obey or not show, and cuts without halving a character', () => {
    expect(printable('\u001b[2J\u009bx\u202ey\u2028z\ud800', 20)).toBe('[2Jxyz');
    expect(printable('ab😀', 3)).toBe('ab');
  });

  it('masks what is a secret only afterwards, and cuts last: no half of one remains', () => {
    for (let before = 0; before < 60; before++) {
      const text = `${'x'.repeat(before)}${inserted(token, 3, '\n'.repeat(3_000))}`;
      expect(printable(text, 50)).toBe(`${'x'.repeat(before)}[token]`.slice(0, 50));
    }
  });

  it('finds the end of a text behind megabytes of nothing, and loses no character at the seams', () => {
    expect(printable(`${'\u200b'.repeat(2_000_000)}end`, 10)).toBe('end');
    expect(printable(`x${'😀'.repeat(20_000)}`, 40_001)).toBe(`x${'😀'.repeat(20_000)}`);
  });
});

describe('visibleJson', () => {
  it('writes what a terminal could obey or not show as escapes, and says the same', () => {
    const value = {
      '\u202e': ['\u009b31m', '\u0085\u007f', '\u200b\u2066', 'ü é\u0301', '\u{e0041}', '\ud800'],
    };
    const json = JSON.stringify(value);
    expect(visibleJson(`${json}\n`)).toBe(
      '{"\\u202e":["\\u009b31m","\\u0085\\u007f","\\u200b\\u2066","ü é\u0301","\\udb40\\udc41","\\ud800"]}\n',
    );
    expect(JSON.parse(visibleJson(json))).toEqual(value);
  });
});

it('a text that only begins tokens, over and over, is masked at once', () => {
  expect(createMask([]).json(`{"x":"${'cz_extbot_'.repeat(100_000)}"}`)).toBe('{"x":"[token]"}');
});
