/** The queue keeper's way to the platform: one request for each command, and one answer for each request. */
import { fromCallback } from 'xstate';
import type { DeskCommand, DeskEvent } from '../machines/queue.context.js';
import type { DeskLogic } from '../machines/queue.setup.js';
import type { PlatformClient } from '../platform/platform-client.js';
import {
  PlatformAnswerError,
  PlatformRefusedError,
  PlatformUnreachableError,
} from '../platform/platform-error.js';
import type { QueuePlace } from '../platform/read-answers.js';
import { messageOf } from '../protocol/message-of.js';

type Desk = Pick<PlatformClient, 'queue' | 'challenges'>;

export function defineDesk(platform: Desk): DeskLogic {
  return fromCallback<DeskCommand, undefined>(({ receive, sendBack }) => {
    const over = new AbortController();
    receive((command) => {
      ask(platform, command, over.signal).then(
        (event) => !over.signal.aborted && sendBack(event),
        (error: unknown) => !over.signal.aborted && sendBack(refusalFrom(error, command)),
      );
    });
    return () => over.abort(new DOMException('The queue keeper has ended.', 'AbortError'));
  });
}

async function ask(
  { queue, challenges }: Desk,
  command: DeskCommand,
  signal: AbortSignal,
): Promise<DeskEvent> {
  switch (command.type) {
    case 'desk.join':
      return placed(await queue.join({ signal }));
    case 'desk.leave':
      return placed(await queue.leave({ signal }));
    case 'desk.look': {
      const { inbound } = await challenges.list({ signal });
      const open = inbound.filter(({ status }) => status === 'pending');
      return {
        type: 'desk.listed',
        offers: open.map(({ challengeId, opponentName, opponentBotId, expiresInMs }) => ({
          challengeId,
          opponent: opponentName ?? opponentBotId,
          expiresInMs,
        })),
      };
    }
    case 'desk.accept': {
      const { status } = await challenges.accept(command.challengeId, { signal });
      return { type: 'desk.answered', status };
    }
    case 'desk.decline': {
      const { status } = await challenges.decline(command.challengeId, { signal });
      return { type: 'desk.answered', status };
    }
  }
}

const placed = ({ status, position, ttlMs }: QueuePlace): DeskEvent => ({
  type: 'desk.placed',
  status,
  position,
  ttlMs,
});

function refusalFrom(error: unknown, { type }: DeskCommand): DeskEvent {
  const message = messageOf(error);
  const none = { type: 'desk.refused', httpStatus: null, code: null, retryAfterMs: null, message } as const;
  if (error instanceof PlatformRefusedError) {
    const { request, status, errorCode, retryAfterMs } = error;
    return { ...none, request, httpStatus: status, code: errorCode, retryAfterMs };
  }
  // The platform has done what it was asked for, or has not: its answer does not tell.
  if (error instanceof PlatformAnswerError || error instanceof PlatformUnreachableError)
    return { ...none, request: error.request };
  return { ...none, request: type };
}
