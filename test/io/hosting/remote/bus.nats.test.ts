import { describe, expect, it } from 'vitest';
import { connectBus, NoReplyError } from '../../../../src/io/hosting/remote/bus.js';
import { NatsUnavailableError, OptionError } from '../../../../src/protocol/errors.js';
import { freePort } from '../../../kit/free-port.js';
import { startNatsServer } from './nats-server.js';

describe('the connection to a NATS server', () => {
  it('is refused with a sentence when the package is not installed', async () => {
    const load = () => Promise.reject(new Error('Cannot find package'));
    const attempt = connectBus('nats://127.0.0.1', 'x', load);
    await expect(attempt).rejects.toThrow(OptionError);
    await expect(attempt).rejects.toThrow('npm install @nats-io/transport-node');
  });

  it('is refused with a sentence when nobody is there, without the password', async () => {
    const port = await freePort();
    const attempt = connectBus(`nats://me:geheim@127.0.0.1:${port}`, 'x');
    await expect(attempt).rejects.toThrow(NatsUnavailableError);
    await expect(attempt).rejects.toThrow(`The NATS server nats://127.0.0.1:${port} cannot be reached`);
    await expect(attempt).rejects.not.toThrow('geheim');
  });

  it('is let in with the credentials of the URL, and with no others', async () => {
    const server = await startNatsServer('--user', 'me', '--pass', 'geheim');
    try {
      const host = server.url.slice('nats://'.length);
      await (await connectBus(`nats://me:geheim@${host}`, 'x')).close();
      const wrong = connectBus(`nats://me:falsch@${host}`, 'x');
      await expect(wrong).rejects.toThrow(NatsUnavailableError);
      await expect(wrong).rejects.not.toThrow('falsch');
    } finally {
      await server.stop();
    }
  });

  it('leaves no request open when it is closed, also while the server is away', async () => {
    const server = await startNatsServer();
    try {
      for (const isAway of [false, true]) {
        const bus = await connectBus(server.url, 'x');
        bus.subscribe('silent', () => undefined);
        const request = bus.request('silent', Buffer.from('x'), { timeoutMs: 600_000 });
        request.catch(() => undefined);
        if (isAway) await server.kill();
        await bus.close();
        await expect(request).rejects.toThrow(NoReplyError);
        await expect(request).rejects.toThrow('the connection was closed');
      }
    } finally {
      await server.stop();
    }
  });
});
