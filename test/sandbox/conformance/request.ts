/** One HTTP request of a bot's owner. */
import type { Json } from '../../kit/client.js';
import type { Opened } from './platform.js';

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Json;
}

export async function request(
  open: Opened,
  method: string,
  path: string,
  { token, body }: { token?: string; body?: unknown } = {},
): Promise<HttpAnswer> {
  const response = await fetch(open.url.replace(/^ws/, 'http') + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let read: Json = {};
  try {
    read = JSON.parse(text) as Json;
  } catch {
    read = { text };
  }
  return { status: response.status, headers: response.headers, body: read };
}
