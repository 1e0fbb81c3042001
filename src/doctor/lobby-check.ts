import { userAgentOf } from '../io/settings/common-input.js';
import { type Closed, openConnection } from '../io/sockets/connection.js';
import { verdictOf } from '../protocol/close-codes.js';
import { decodeLobbyFrame } from '../protocol/decode.js';
import { encodeFrame } from '../protocol/encode.js';
import { timesOf } from '../time/clock.js';
import { codeOfVerdict, describeVerdict, nameEnd } from './close-words.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';

/**
 * Opens the lobby's WebSocket. Without `connects` no token is sent, and the connection is closed as soon as it is
 * open: a lobby knows a bot by its token alone, so a running session of this bot is not disturbed.
 */
export async function checkLobby(context: DoctorContext): Promise<DoctorFinding[]> {
  const { settings, connects } = context;
  const { server, lobby, token, proxy } = settings;
  if (server === null || proxy.error !== null) return [];
  const isReady = lobby.error === null && token.error === null;
  if (!isReady) {
    return [{ grade: 'note', text: 'Not tried: the settings above have to be mended first.' }];
  }
  const ended = await (connects
    ? logIn(context, lobby.value, token.value.value)
    : knock(context, lobby.value));
  return connects ? ended : [...ended, notTried];
}

const notTried: DoctorFinding = {
  grade: 'note',
  text: 'Nobody was logged in: that would evict a session of this bot that runs elsewhere. --connect does it.',
};

/** How far a login came before the connection ended. */
interface Progress {
  isOpen: boolean;
  lastError: string | null;
}

function knock(context: DoctorContext, url: string): Promise<DoctorFinding[]> {
  return converse(context, url, null, (end, beganAt) => ({
    onOpen: () => end([openedFinding(context, beganAt)]),
    onText: () => undefined,
  }));
}

function openedFinding({ ports }: DoctorContext, beganAt: number): DoctorFinding {
  const ms = Math.round(timesOf(ports.clock).now() - beganAt);
  return {
    grade: 'ok',
    text: `The server opens a WebSocket for this bot, in ${ms} ms.`,
    facts: { openMs: ms },
  };
}

function logIn(context: DoctorContext, url: string, token: string): Promise<DoctorFinding[]> {
  const { now, wallNow } = timesOf(context.ports.clock);
  return converse(context, url, token, (end, beganAt, progress, send) => {
    let opened: DoctorFinding | null = null;
    let sentAt = now();
    return {
      onOpen() {
        opened = openedFinding(context, beganAt);
        const encoded = encodeFrame({ type: 'authenticate', token });
        sentAt = now();
        if (encoded.ok) send(encoded.text);
      },
      onText(text) {
        const decoded = decodeLobbyFrame(text);
        if (!decoded.ok) return;
        const { frame } = decoded;
        if (frame.type === 'error') {
          progress.lastError = frame.code ?? null;
          return;
        }
        if (frame.type !== 'hello' && frame.type !== 'ping' && frame.type !== 'matched') return;
        const ms = Math.round(now() - sentAt);
        const welcome: DoctorFinding = {
          grade: 'ok',
          text: `The lobby takes this bot: it answered the login in ${ms} ms. The connection was closed again.`,
          facts: {
            loginMs: ms,
            ...(frame.type === 'hello' &&
              frame.serverTimeMs !== undefined && {
                clockOffsetMs: Math.round(wallNow() - ms / 2 - frame.serverTimeMs),
              }),
          },
        };
        end(opened === null ? [welcome] : [opened, welcome]);
      },
    };
  });
}

interface Listeners {
  onOpen: () => void;
  onText: (text: string) => void;
}

type End = (findings: DoctorFinding[]) => void;

function converse(
  { settings, ports, limits, signal }: DoctorContext,
  url: string,
  secret: string | null,
  listen: (end: End, beganAt: number, progress: Progress, send: (text: string) => void) => Listeners,
): Promise<DoctorFinding[]> {
  return new Promise((resolve) => {
    const progress: Progress = { isOpen: false, lastError: null };
    const end: End = (findings) => {
      ports.clock.clearTimeout(timer);
      connection.abandon();
      resolve(findings);
    };
    const { now, wallNow } = timesOf(ports.clock);
    const listeners = listen(end, now(), progress, (text) => void connection.send(text));
    const connection = openConnection(
      {
        url,
        userAgent: userAgentOf({}),
        secret: secret ?? settings.token.value?.value ?? '',
        proxy: settings.proxy.value,
        clock: ports.clock,
        now,
        wallNow,
        signal,
      },
      {
        onOpen() {
          progress.isOpen = true;
          listeners.onOpen();
        },
        onText: listeners.onText,
        onBinary: () => undefined,
        onClosed: (closed) => end([findingOfEnd(closed, progress)]),
      },
    );
    const timer = ports.clock.setTimeout(() => end([silence(progress, limits.lobbyMs)]), limits.lobbyMs);
  });
}

function silence({ isOpen }: Progress, limitMs: number): DoctorFinding {
  return {
    grade: 'problem',
    code: 'lobby_unreachable',
    text: isOpen
      ? `The lobby opens a WebSocket, but does not answer the login within ${limitMs / 1_000} s.`
      : `The server does not open a WebSocket within ${limitMs / 1_000} s.`,
    advice: 'Something else than the lobby may be at this URL; if the URL is right, try again later.',
  };
}

function findingOfEnd({ code, reason, httpStatus }: Closed, { isOpen, lastError }: Progress): DoctorFinding {
  const ending = {
    leg: 'lobby' as const,
    code,
    reason,
    lastError,
    ...(httpStatus !== undefined && { httpStatus }),
  };
  const verdict = verdictOf(ending);
  const when = isOpen ? 'The lobby ended the connection' : 'The server does not open a WebSocket';
  const said =
    reason === '' || httpStatus !== undefined ? '' : ` The reason given: ${reason.replace(/\.$/, '')}.`;
  return {
    grade: 'problem',
    code: codeOfVerdict(verdict),
    text: `${when}: ${nameEnd(ending)}.${said}`,
    advice: describeVerdict(verdict),
    facts: { closeCode: code, httpStatus: httpStatus ?? null },
  };
}
