import type { LookupAddress } from 'node:dns';
import net from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openConnection } from '../../src/io/sockets/connection.js';
import { rememberFamilies } from '../../src/network/address-families.js';

const six = { address: '2001:db8::1', family: 6 };
const four = { address: '192.0.2.1', family: 4 };

function remembering() {
  const families = rememberFamilies((_host, _options, callback) => callback(null, [six, four]));
  const addressesOf = (host: string) =>
    new Promise((resolve) => {
      families.lookup(host, { all: true }, (_error, addresses) => resolve(addresses));
    });
  return { families, addressesOf };
}

describe('addresses of a host', () => {
  it('come as the system has them, and then with the family first that was reached last', async () => {
    const { families, addressesOf } = remembering();
    expect(await addressesOf('a.test')).toEqual([six, four]);
    families.reached('a.test', 'IPv4');
    expect(await addressesOf('a.test')).toEqual([four, six]);
    expect(await addressesOf('b.test')).toEqual([six, four]);
    families.reached('a.test', undefined);
    expect(await addressesOf('a.test')).toEqual([four, six]);
    families.reached('a.test', 'IPv6');
    expect(await addressesOf('a.test')).toEqual([six, four]);
  });

  it('of a hundred hosts are remembered', async () => {
    const { families, addressesOf } = remembering();
    for (let host = 0; host <= 100; host++) families.reached(`${host}.test`, 'IPv4');
    expect([await addressesOf('0.test'), await addressesOf('1.test')]).toEqual([
      [six, four],
      [four, six],
    ]);
  });

  it('that are not found, and a single one, are handed on', () => {
    const found: unknown[] = [];
    const fault = new Error('no such host');
    const answers: [Error | null, string | LookupAddress[], number?][] = [
      [fault, ''],
      [null, '192.0.2.1', 4],
    ];
    const families = rememberFamilies((_host, _options, callback) =>
      callback(...(answers.shift() ?? [fault, ''])),
    );
    families.reached('a.test', 'IPv6');
    for (let times = 0; times < 2; times++) {
      families.lookup('a.test', {}, (error, address, family) => found.push([error, address, family]));
    }
    expect(found).toEqual([
      [fault, '', undefined],
      [null, '192.0.2.1', 4],
    ]);
  });
});

describe('an attempt at one of several addresses', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has 2.5 s: round trips of a second and a lost packet fit in, and half of a match’s dial is left for the next', () => {
    const connect = vi.spyOn(net, 'connect');
    const connection = openConnection(
      { url: 'ws://localhost:1/', userAgent: 'tester/1.0', secret: '' },
      { onOpen() {}, onText() {}, onBinary() {}, onClosed() {} },
    );
    connection.abandon();
    expect(connect.mock.calls).toMatchObject([
      [{ host: 'localhost', autoSelectFamilyAttemptTimeout: 2_500 }],
    ]);
  });
});
