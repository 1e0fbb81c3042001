import type { ToSeat } from './remote-messages.js';

/**
 * The message with all its times moved. Clocks of two machines do not agree: times travel as the milliseconds from
 * now, `shiftTimes(message, -now)` there and `shiftTimes(message, now)` here.
 */
export function shiftTimes(message: ToSeat, byMs: number): ToSeat {
  if (message.type !== 'command') return message;
  const { command } = message;
  const moved =
    command.type === 'bot.decide'
      ? { ...command, deadlineAt: command.deadlineAt + byMs, expiresAt: command.expiresAt + byMs }
      : command;
  return { ...message, command: moved, askedAt: message.askedAt + byMs };
}
