/** How a notice gets to somebody: posted to a URL, or given to a command. */
import { spawn } from 'node:child_process';
import { proxyFor } from '../network/environment-proxy.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { createHttpExchange } from '../platform/http-exchange.js';
import { OptionError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';

const defaults = {
  maxAnswerBytes: 65_536,
  /** Of what a command writes to standard error: kept, and read at all, on the thread that plays. */
  maxSaidBytes: 1_000,
  maxErrorBytes: 1_000_000,
} as const;

export interface NoticeWay {
  /** For a sentence. A path may be a secret, as that of a webhook is: only the host of a URL is named. */
  readonly name: string;
  /**
   * @param json the notice.
   * @param signal ends it, wherever it is.
   * @returns why it did not get there; null: it did.
   */
  deliver(json: string, signal: AbortSignal): Promise<string | null>;
}

/**
 * The way to this target.
 *
 * @param env of a command, and for the proxy of a URL. It has no secret in it.
 * @throws {OptionError} for what is neither.
 */
export function wayTo(target: string, env: EnvironmentVariables): NoticeWay {
  if (target.trim() === '') throw new OptionError('notify', 'Name a URL or a command to notify.');
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(target)) return wayToCommand(target, env);
  if (!/^https?:/i.test(target) || !URL.canParse(target)) {
    throw new OptionError(
      'notify',
      'A URL to notify must be a whole one that begins with https:// or http://.',
    );
  }
  const url = new URL(target);
  if (url.username !== '' || url.password !== '') {
    throw new OptionError('notify', 'A URL to notify must have no user and no password in it.');
  }
  return wayToUrl(url, env);
}

function wayToUrl(url: URL, env: EnvironmentVariables): NoticeWay {
  const exchange = createHttpExchange({
    proxy: proxyFor(url.href, env),
    maxBytes: defaults.maxAnswerBytes,
  });
  return {
    name: url.host,
    async deliver(json, signal) {
      try {
        const { status } = await exchange.ask({
          method: 'POST',
          url: url.href,
          headers: { 'Content-Type': 'application/json', 'User-Agent': 'chipzen-agent' },
          body: json,
          signal,
        });
        return status >= 200 && status < 300 ? null : `it answered HTTP ${status}`;
      } catch (error) {
        return signal.aborted ? 'it did not answer in time' : messageOf(causeOf(error));
      }
    },
  };
}

/** `fetch failed` says nothing; what the network had is behind it. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error;

/** By the shell, as it was typed. Its standard input is the notice, its output is left alone. */
function wayToCommand(command: string, env: EnvironmentVariables): NoticeWay {
  return {
    name: 'the command',
    deliver: (json, signal) =>
      new Promise((resolve) => {
        const hasGroups = process.platform !== 'win32';
        const child = spawn(command, {
          shell: true,
          env,
          // What it starts itself is to end with it.
          detached: hasGroups,
          stdio: ['pipe', 'ignore', 'pipe'],
        });
        let said = '';
        let errorBytes = 0;
        const kill = (): void => {
          try {
            if (hasGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
            else child.kill();
          } catch {
            // It has ended by itself.
          }
        };
        const end = (why: string | null): void => {
          signal.removeEventListener('abort', kill);
          // What it left in the background may have the other end for long.
          child.stderr.destroy();
          resolve(signal.aborted ? 'it did not end in time' : why);
        };
        signal.addEventListener('abort', kill, { once: true });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          if (said.length < defaults.maxSaidBytes) said += text;
          errorBytes += Buffer.byteLength(text);
          if (errorBytes <= defaults.maxErrorBytes) return;
          kill();
          end('it wrote more than 1 MB to standard error, and was ended');
        });
        // A command that does not read its input ends before it was written.
        child.stdin.on('error', () => undefined);
        child.stdin.end(`${json}\n`);
        child.once('error', (error) => end(messageOf(error)));
        child.once('exit', (code, by) => {
          const [line = ''] = said.trim().split('\n');
          const how = code === null ? `it was ended by ${by}` : `it ended with ${code}`;
          end(code === 0 ? null : `${how}${line === '' ? '' : `: ${line}`}`);
        });
      }),
  };
}
