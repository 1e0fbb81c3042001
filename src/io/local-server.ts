/** STAND-IN until the real one is there. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export async function createLocalServer({
  port = 0,
  host = '127.0.0.1',
  handler,
}: {
  port?: number;
  host?: string;
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const secret = randomBytes(18).toString('base64url');
  const server = createServer((request, response) => {
    const prefix = `/${secret}`;
    if (!request.url?.startsWith(`${prefix}/`)) {
      response.writeHead(404).end();
      return;
    }
    request.url = request.url.slice(prefix.length);
    handler(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: open } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${open}/${secret}/`,
    port: open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
