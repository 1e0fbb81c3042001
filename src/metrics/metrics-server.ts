/** The server of the metrics: read only, without a secret, for this machine alone unless it is told otherwise. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostnameOf, isLoopback } from '../protocol/loopback.js';
import { messageOf } from '../protocol/message-of.js';
import { type BoundedServer, openBoundedServer } from '../web/bounded-server.js';
import { originAt } from '../web/own-address.js';
import type { HealthAnswer } from './health.js';

export interface ServedMetrics {
  /** 0 takes any free port. */
  port: number;
  host: string;
  contentType: string;
  /** The text of all metrics. */
  metrics: () => Promise<string>;
  /** By path, what monitors ask for. */
  health: Readonly<Record<string, () => HealthAnswer>>;
}

export interface MetricsServer extends BoundedServer {
  /** `http://127.0.0.1:9464` */
  readonly origin: string;
}

const plain = 'text/plain; charset=utf-8';

function answerHealth(response: ServerResponse, { isWell, line }: HealthAnswer): void {
  response.writeHead(isWell ? 200 : 503, { 'Content-Type': plain }).end(`${line}\n`);
}

/** @throws {OptionError} when the port cannot be opened. */
export async function openMetricsServer({
  port,
  host,
  contentType,
  metrics,
  health,
}: ServedMetrics): Promise<MetricsServer> {
  const index = ['/metrics', ...Object.keys(health)].map((path) => `${path}\n`).join('');

  async function answerMetrics(response: ServerResponse): Promise<void> {
    try {
      const text = await metrics();
      response.writeHead(200, { 'Content-Type': contentType }).end(text);
    } catch (error) {
      response.writeHead(500, { 'Content-Type': plain }).end(`${messageOf(error)}\n`);
    }
  }

  const server = await openBoundedServer({
    port,
    host,
    option: 'metrics',
    keepsProcess: false,
    admit: isLoopback(host) ? admitLoopback : admitScraper,
    handler({ method, url = '/' }, response) {
      if (method !== 'GET' && method !== 'HEAD') {
        response.writeHead(405, { Allow: 'GET, HEAD' }).end();
        return;
      }
      const [path = '/'] = url.split('?');
      const ask = Object.hasOwn(health, path) ? health[path] : undefined;
      if (path === '/metrics') void answerMetrics(response);
      else if (ask !== undefined) answerHealth(response, ask());
      else if (path === '/') response.writeHead(200, { 'Content-Type': plain }).end(index);
      else response.writeHead(404).end();
    },
  });
  return { ...server, origin: originAt(host, server.port) };
}

/** Pages of other sites send where they are from; a scraper does not. */
const admitScraper = ({ headers }: IncomingMessage): 403 | null =>
  headers.origin === undefined ? null : 403;

/** A page of a foreign site can have a name that leads to this machine: then its name is in the request. */
function admitLoopback(request: IncomingMessage): 403 | null {
  const host = hostnameOf(request.headers.host ?? '');
  return host !== null && isLoopback(host) ? admitScraper(request) : 403;
}
