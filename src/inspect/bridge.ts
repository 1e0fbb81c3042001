/** A page on this machine that shows the Stately inspector and passes it what the machines do, without secrets. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnyActorRef, InspectionEvent } from 'xstate';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { isLoopback } from '../protocol/loopback.js';
import { type Clock, timesOf, toWallTime } from '../time/clock.js';
import { createLocalServer } from '../web/local-server.js';
import { pageFiles, pageHeaders } from './page.js';
import { createStage } from './stage.js';
import { createStatelyText } from './stately-text.js';

const defaults = {
  uiUrl: 'https://stately.ai/inspect',
} as const;

/** An open inspector does not keep the process from ending. */
const restingClock: Clock = {
  setTimeout: (fn, timeoutMs) => setTimeout(fn, timeoutMs).unref(),
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
};

/** Options of `createInspectorBridge`. */
export interface InspectorBridgeOptions {
  /** The port of the page. 0, the default, takes any free port. */
  port?: number;
  /** The inspector that the page shows: `https:`, or any page of this machine. Default: https://stately.ai/inspect. */
  uiUrl?: string;
  /** Hides hole cards, and everything that reveals them. Default: false. */
  hideCards?: boolean;
  /** Texts to mask wherever they occur. Whatever looks like a bot's token is always masked. */
  secrets?: readonly string[];
}

const bridgeOptionNames: Readonly<Record<keyof InspectorBridgeOptions, true>> = {
  port: true,
  uiUrl: true,
  hideCards: true,
  secrets: true,
};

/** A running page of the inspector. */
export interface InspectorBridge {
  /** The URL of the page. It contains the secret of the page: whoever has it can watch. */
  readonly url: string;
  readonly port: number;
  /** For the `inspect` option of an agent, of `runBot`, or of any actor: attaches the bridge to it. */
  readonly inspect: (event: InspectionEvent) => void;
  /** Shows the system of this actor, which may be running already. Returns the function that detaches. */
  attach(actor: AnyActorRef): () => void;
  /** Pages that have the inspector open. */
  readonly viewers: number;
  /** How many events were left out because there were too many at once. */
  readonly skipped: number;
  /** Sends the rest to the pages, and ends. */
  close(): Promise<void>;
}

function uiUrlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url !== null && isSafe) return url;
  throw new OptionError('uiUrl', 'The option uiUrl must be an https: URL, or an http: URL of this machine.');
}

/**
 * Opens the page of the inspector on 127.0.0.1. Until the inspector is opened on it, nothing is observed or sent, and
 * the machines are hardly slowed down.
 *
 * @throws {OptionError} when the port cannot be opened, or the inspector's URL is not safe.
 */
export async function createInspectorBridge(options: InspectorBridgeOptions = {}): Promise<InspectorBridge> {
  refuseUnknown(options, bridgeOptionNames, 'createInspectorBridge');
  const { port = 0, hideCards = false, secrets = [] } = options;
  const uiUrl = uiUrlOf(options.uiUrl ?? defaults.uiUrl);
  const files = pageFiles({ uiUrl, hideCards });
  const times = timesOf({});
  const onWallClock = (at: number): number => toWallTime(at, times);
  const stage = createStage({
    textOf: createStatelyText({ secrets, hideCards, onWallClock }),
    clock: restingClock,
    now: times.now,
  });

  function handler({ method, url = '/' }: IncomingMessage, response: ServerResponse): void {
    const [path = ''] = url.split('?');
    const file = files.get(path);
    if (method !== 'GET') {
      response.writeHead(405).end();
    } else if (path === '/events') {
      if (!stage.admit(response)) response.writeHead(503).end();
    } else if (file === undefined) {
      response.writeHead(404).end();
    } else {
      response.writeHead(200, { ...pageHeaders(uiUrl), 'Content-Type': file.type }).end(file.text);
    }
  }

  const server = await createLocalServer({ port, handler, keepsProcess: false });
  return {
    url: server.url,
    port: server.port,
    inspect(event) {
      // Other events come from observing the system, and only while a page is open.
      const actor = event.actorRef as AnyActorRef;
      if (event.type === '@xstate.actor' && actor._parent === undefined) stage.attach(actor);
    },
    attach: (actor) => stage.attach(actor),
    get viewers() {
      return stage.viewers;
    },
    get skipped() {
      return stage.skipped;
    },
    async close() {
      await stage.close();
      await server.close();
    },
  };
}
