import { isIP } from 'node:net';
import { messageOf } from '../protocol/message-of.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';
import { describeFailureCode } from './network-words.js';

export async function checkDns({ door, addresses }: DoctorContext): Promise<DoctorFinding[]> {
  if (door === null || isIP(door.host) !== 0) return [];
  const whose = door.isProxy ? 'The name of the proxy' : 'The name';
  try {
    const found = (await addresses()).map(({ address }) => address);
    return [{ grade: 'ok', text: `${whose}, ${door.host}, leads to ${found.join(', ')}.` }];
  } catch (error) {
    const { text, advice } = describeFailureCode(reasonOf(error), messageOf(error));
    return [
      {
        grade: 'problem',
        code: 'lobby_unreachable',
        text: `${whose}, ${door.host}, leads nowhere: ${text}.`,
        advice,
      },
    ];
  }
}

function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('reason' in error && typeof error.reason === 'string') return error.reason;
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
