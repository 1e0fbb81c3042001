/** Reads the bodies of requests, with limits of size and time. */
import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';
import type { HttpLimits } from './limits.js';
import type { HttpPlatform } from './platform.js';

const defaults = {
  /**
   * How much of a body that is too large is still read: a client that is cut off while it writes would miss the
   * answer.
   */
  maxDrainedBytes: 1024 * 1024,
} as const;

type After = HttpPlatform['after'];

/** Whether the head announces a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * The body as text; null when there is none.
 *
 * @throws {HttpError} for a body whose type is not JSON, or that is too large, too slow or not UTF-8.
 */
export async function readBody(
  request: IncomingMessage,
  limits: HttpLimits,
  after: After,
): Promise<string | null> {
  if (!hasBody(request)) return null;
  requireJson(request);
  const bytes = await collect(request, limits, after);
  if (bytes.length === 0) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpError('REQUEST_BAD_JSON', 'The body is not UTF-8.');
  }
}

/** A web page can send other types to this machine without a CORS preflight. */
function requireJson({ headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? '';
  const isJson = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type);
  if (isJson && headers['content-encoding'] === undefined) return;
  throw new HttpError(
    'REQUEST_BAD_CONTENT_TYPE',
    'Send the body as Content-Type: application/json, uncoded.',
  );
}

function collect(
  request: IncomingMessage,
  { maxBodyBytes, bodyTimeoutMs }: HttpLimits,
  after: After,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let refused = false;

    const refuse = (error: HttpError): void => {
      refused = true;
      chunks.length = 0;
      reject(error);
    };
    const refuseSize = (): void =>
      refuse(new HttpError('REQUEST_TOO_LARGE', `A body has at most ${maxBodyBytes} bytes.`));
    const timer = after(bodyTimeoutMs, () => {
      if (refused) request.destroy();
      else {
        refuse(
          new HttpError('REQUEST_TIMEOUT', `A body has to be here within ${bodyTimeoutMs} ms.`, {
            connection: 'close',
          }),
        );
      }
    });

    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes && !refused) chunks.push(chunk);
      else if (!refused) refuseSize();
      if (size > defaults.maxDrainedBytes) request.destroy();
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => {
      timer.cancel();
      reject(new Error('The client hung up.'));
    });
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) refuseSize();
  });
}
