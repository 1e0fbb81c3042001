/** A page in the place of https://stately.ai/inspect, of another origin than the bridge, on this machine. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const entry = fileURLToPath(new URL('./stand-in-page.ts', import.meta.url));

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { input: entry } },
  });
  const [result] = [built].flat();
  const chunk = result !== undefined && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error('nothing was built');
  return chunk.code;
}

export interface StandIn {
  url: string;
  /** Where the requests for the page said that they came from. */
  referrers: (string | undefined)[];
  close(): void;
}

export async function serveStandIn(): Promise<StandIn> {
  const script = await bundle();
  const referrers: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
      return;
    }
    if (request.url === '/inspect') referrers.push(request.headers.referer);
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<!doctype html><title>stand-in</title><script type="module" src="/page.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inspect`,
    referrers,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
