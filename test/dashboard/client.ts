/** A page without a browser: plain requests, and the stream of what is new. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Changes, Opening } from '../../src/dashboard/page-view.js';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as it is, without the tidying of an URL. */
  rawPath?: string;
}

function open(url: string, { method = 'GET', headers = {}, rawPath }: Asked): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const to = new URL(url);
    const asked = request(
      to,
      { agent: false, method, headers, ...(rawPath !== undefined && { path: rawPath }) },
      resolve,
    );
    asked.on('error', reject);
    asked.end();
  });
}

export async function requestPage(url: string, asked: Asked = {}): Promise<Answer> {
  const response = await open(url, asked);
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** The secret that the page itself knows. */
export async function pageSecret(url: string): Promise<string> {
  const { text } = await requestPage(url);
  return /name="dashboard-secret" content="([^"]+)"/.exec(text)?.[1] ?? '';
}

export interface Stream {
  /** All that came, as it came. */
  text(): string;
  /** Resolves with the first message that fits, also one that came before. */
  message(fits: (changes: Changes, event: string) => boolean): Promise<Changes & Partial<Opening>>;
  /** Resolves when the server has ended it. */
  ended: Promise<void>;
  close(): void;
}

export async function listen(url: string, match?: string): Promise<Stream> {
  const response = await open(`${url}events${match === undefined ? '' : `?match=${match}`}`, {});
  const messages: { event: string; data: Changes }[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    text += part;
    rest += part;
    const whole = rest.split('\n\n');
    rest = whole.pop() ?? '';
    for (const one of whole) {
      const [, event = '', data = '{}'] = /^event: (\w+)\ndata: (.*)$/s.exec(one) ?? [];
      if (event !== '') messages.push({ event, data: JSON.parse(data) as Changes });
    }
    for (const look of Array.from(waiting)) look();
  });
  response.on('error', () => undefined);
  return {
    text: () => text,
    message: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = messages.find(({ event, data }) => fits(data, event));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.data);
        };
        waiting.add(look);
        look();
      }),
    ended: new Promise((resolve) => response.once('close', resolve)),
    close: () => response.destroy(),
  };
}
