import { describe, expect, it } from 'vitest';
import { createAddressCheck, originAt } from '../../src/web/own-address.js';

describe('the address of a server of this machine', () => {
  it('has a port, but for the one that goes without saying', () => {
    expect([originAt('127.0.0.1', 8080), originAt('127.0.0.1', 80), originAt('::1', 80)]).toEqual([
      'http://127.0.0.1:8080',
      'http://127.0.0.1',
      'http://[::1]',
    ]);
  });

  const cases: [string, number, string | undefined, string | undefined, boolean][] = [
    ['127.0.0.1', 8080, '127.0.0.1:8080', undefined, true],
    ['127.0.0.1', 8080, '127.0.0.1:8080', 'http://127.0.0.1:8080', true],
    ['127.0.0.1', 8080, '127.0.0.1', undefined, false],
    ['127.0.0.1', 8080, '127.0.0.1:80', undefined, false],
    ['127.0.0.1', 80, '127.0.0.1', undefined, true],
    ['127.0.0.1', 80, '127.0.0.1', 'http://127.0.0.1', true],
    ['127.0.0.1', 80, '127.0.0.1:80', 'http://127.0.0.1', true],
    ['127.0.0.1', 80, '127.0.0.1:8080', undefined, false],
    ['127.0.0.1', 80, '127.0.0.1', 'http://evil.example', false],
    ['127.0.0.1', 80, '127.0.0.1', 'https://127.0.0.1', false],
    ['127.0.0.1', 80, '127.0.0.1', 'null', false],
    ['127.0.0.1', 80, 'evil.example', undefined, false],
    ['127.0.0.1', 80, '127.0.0.1.evil.example', undefined, false],
    ['127.0.0.1', 80, 'localhost', undefined, false],
    ['127.0.0.1', 80, '', undefined, false],
    ['127.0.0.1', 80, undefined, undefined, false],
    ['localhost', 80, 'localhost', 'http://localhost', true],
    ['::1', 80, '[::1]', 'http://[::1]', true],
    ['::1', 8080, '[::1]:8080', undefined, true],
  ];
  it.each(cases)('at %s, port %i: Host %s, Origin %s: %s', (host, port, asked, origin, isOurs) => {
    expect(createAddressCheck(host, port)({ host: asked, origin })).toBe(isOurs);
  });
});
