import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { wayTo } from '../../src/notify/notice-ways.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';

const never = new AbortController().signal;

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-path`;
}

describe('a URL', () => {
  it('gets a POST of JSON', async () => {
    let got: unknown;
    const url = await serve((request, response) => {
      const { method, headers } = request;
      void text(request).then((body) => {
        got = { method, type: headers['content-type'], path: request.url, body };
        response.writeHead(204).end();
      });
    });
    const way = wayTo(url, {});
    expect(await way.deliver('{"kind":"match"}', never)).toBeNull();
    expect(got).toEqual({
      method: 'POST',
      type: 'application/json',
      path: '/hook/secret-path',
      body: '{"kind":"match"}',
    });
    expect(way.name).toBe(new URL(url).host);
  });

  it('is told off for an answer that is none, and is not followed elsewhere', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 500 : 302, { Location: '/elsewhere' }).end();
    });
    const way = wayTo(url, {});
    expect(await way.deliver('{}', never)).toBe('it answered HTTP 500');
    expect(await way.deliver('{}', never)).toBe('it answered HTTP 302');
    expect(asked).toBe(2);
  });

  it('that does not answer is given up, and one that is not there is said to be', async () => {
    const cut = new AbortController();
    const silent = wayTo(await serve(() => cut.abort()), {});
    expect(await silent.deliver('{}', cut.signal)).toBe('it did not answer in time');
    expect(await wayTo('http://127.0.0.1:9/x', {}).deliver('{}', never)).toMatch(/ECONNREFUSED|bad port/);
  });

  it.each(['ftp://h/x', 'http://', 'https://user:pass@h/x', ' ', ''])('must be one: "%s"', (target) => {
    expect(() => wayTo(target, {})).toThrow(
      expect.objectContaining({ code: 'bad_option', option: 'notify' }),
    );
  });
});

describe('a command', () => {
  const env = { PATH: process.env.PATH };

  it('gets the notice on its standard input, by the shell', async () => {
    const file = join(makeFolder(), 'notice');
    expect(
      await wayTo(`cat > '${file}' && test "$KIND" = x`, { ...env, KIND: 'x' }).deliver('{"a":1}', never),
    ).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe('{"a":1}\n');
  });

  it('has no variables but those that it is given', async () => {
    const file = join(makeFolder(), 'env');
    await wayTo(`env > '${file}'`, env).deliver('{}', never);
    expect(readFileSync(file, 'utf8')).not.toContain('HOME=');
  });

  it.each([
    ['exit 3', 'it ended with 3'],
    ['echo "no such host" >&2; exit 1', 'it ended with 1: no such host'],
    ['kill -9 $$', 'it was ended by SIGKILL'],
  ])('%s is told', async (command, why) => {
    expect(await wayTo(command, env).deliver('{}', never)).toBe(why);
  });

  it('that reads nothing of a large notice has done its part', async () => {
    expect(await wayTo('true', env).deliver(`"${'x'.repeat(1_000_000)}"`, never)).toBeNull();
  });

  it('that floods standard error is ended', async () => {
    const limit = AbortSignal.timeout(2_000);
    expect(await wayTo('yes >&2', env).deliver('{}', limit)).toBe(
      'it wrote more than 1 MB to standard error, and was ended',
    );
    expect(await wayTo('yes | head -c 900000 >&2', env).deliver('{}', never)).toBeNull();
  });

  it('is ended with all that it started when its time is over', async () => {
    const file = join(makeFolder(), 'pid');
    const cut = new AbortController();
    const delivered = wayTo(`sleep 300 & echo $! > '${file}'; wait`, env).deliver('{}', cut.signal);
    await expect.poll(() => readFileSync(file, { encoding: 'utf8', flag: 'a+' })).toMatch(/^\d+\n$/);
    cut.abort();
    expect(await delivered).toBe('it did not end in time');
    const pid = Number(readFileSync(file, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

it('does not listen to what a command leaves in the background', async () => {
  const file = join(makeFolder(), 'said');
  const late = `(trap "" PIPE; sleep 0.2; echo late >&2; echo $? > ${file}) </dev/null >/dev/null &`;
  expect(await wayTo(late, process.env).deliver('{}', never)).toBeNull();
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toBe('1\n');
});
