/** Serves a dashboard: the page, its data, and its buttons. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import { findOwnFile } from '../files/own-files.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { maskTokensInJson } from '../protocol/redact.js';
import { type Clock, systemClock, timesOf } from '../time/clock.js';
import { createLocalServer } from '../web/local-server.js';
import { ownPagePolicy } from '../web/page-policy.js';
import type { Button } from './page-view.js';
import type { Source } from './source.js';
import { createStreams } from './stream.js';

const defaults = {
  port: 0,
  secretBytes: 24,
  secretPlace: '%DASHBOARD_SECRET%',
  secretHeader: 'x-dashboard-secret',
  maxMatchIdLength: 200,
} as const;

/** In addition to those of every local server. */
const headers = {
  'Content-Security-Policy': ownPagePolicy(),
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** Options of `createDashboard` and `createSandboxDashboard`. */
export interface DashboardOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /**
   * Masks secrets in the JSON that the page gets. It should contain none. Default: whatever looks like a token is
   * masked.
   */
  redact?: (json: string) => string;
  /**
   * The functions of the page's buttons, after a confirmation: `drain`, `stop`. A button without a function is not
   * shown.
   */
  controls?: { readonly [C in Button]?: () => void };
  /** Timers of the updates. Default: the process's. */
  clock?: Clock;
  /** Epoch milliseconds that do not jump, for clocks and durations. Default: the process's own time. */
  now?: () => number;
  /**
   * Epoch milliseconds of the wall clock, for the times of events. Default: `now` where that is given, else
   * `Date.now`.
   */
  wallNow?: () => number;
}

const dashboardOptionNames: Readonly<Record<keyof DashboardOptions, true>> = {
  port: true,
  redact: true,
  controls: true,
  clock: true,
  now: true,
  wallNow: true,
};

/** A running page. */
export interface Dashboard {
  /** The URL of the page. It contains the secret of the page: whoever has it can watch and press the buttons. */
  readonly url: string;
  readonly port: number;
  /** Sends the last state to the pages, and ends. */
  close(): Promise<void>;
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

/** @throws {OptionError} when the port cannot be used. */
export async function serveDashboard(source: Source, options: DashboardOptions = {}): Promise<Dashboard> {
  refuseUnknown(options, dashboardOptionNames, 'A dashboard');
  const { port = defaults.port, redact = maskTokensInJson, controls = {} } = options;
  const { clock = systemClock } = options;
  const { now, wallNow } = timesOf(options);
  const secret = randomBytes(defaults.secretBytes).toString('base64url');
  // As `npm run build` made it.
  const pageFolder = findOwnFile('dist/dashboard/page/', 'dashboard');
  const page = readFileSync(`${pageFolder}index.html`, 'utf8').replace(defaults.secretPlace, secret);
  const reportPage = findOwnFile('dist/report/page/report.html', 'dashboard');
  const assets = sirv(pageFolder, { etag: false, maxAge: 0 });
  const streams = createStreams({
    source,
    controls: (['drain', 'stop'] as const).filter((control) => controls[control] !== undefined),
    redact,
    clock,
    now,
  });

  function knowsSecret({ headers: sent }: IncomingMessage): boolean {
    const given = Buffer.from(String(sent[defaults.secretHeader] ?? ''));
    const expected = Buffer.from(secret);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  function press(control: string, request: IncomingMessage, response: ServerResponse): void {
    if (!knowsSecret(request)) return answer(response, 403);
    const action = control === 'drain' || control === 'stop' ? controls[control] : undefined;
    if (action === undefined) return answer(response, 404);
    answer(response, 202);
    action();
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // With a host, so that a path like //x is not read as one.
    const { pathname, searchParams } = new URL(`http://dashboard${request.url ?? '/'}`);
    const [, name = '', control = ''] = pathname.split('/');
    if (request.method === 'POST' && name === 'control') return press(control, request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405);
    if (name === 'events' && request.method === 'GET') {
      const watched = searchParams.get('match')?.slice(0, defaults.maxMatchIdLength) ?? null;
      if (!streams.add(response, watched)) answer(response, 503);
      return;
    }
    if (pathname === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
      return;
    }
    // Plain text: the page makes files of it, and shows none.
    if (name === 'report-page') {
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(readFileSync(reportPage));
      return;
    }
    if (name === 'hands') {
      const data = source.hands.pageData('Hands of this session', wallNow());
      const json = redact(JSON.stringify(data));
      response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(json);
      return;
    }
    if (name !== 'assets' && name !== 'icon.svg') return answer(response, 404);
    assets(request, response, () => answer(response, 404));
  }

  const server = await createLocalServer({ port, handler: handle });
  return {
    url: server.url,
    port: server.port,
    async close() {
      await streams.close();
      source.release();
      await server.close();
    },
  };
}
