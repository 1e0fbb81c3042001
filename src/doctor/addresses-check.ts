import { isIP } from 'node:net';
import { messageOf } from '../protocol/message-of.js';
import { timesOf } from '../time/clock.js';
import type { DoctorContext } from './doctor-context.js';
import type { HostAddress } from './doctor-ports.js';
import type { DoctorFinding } from './finding.js';
import { describeFailureCode } from './network-words.js';

const defaults = { maxAddresses: 8 } as const;

/** Each address by itself: where one of the two families leads nowhere, every dial first waits for it in vain. */
export async function checkAddresses(context: DoctorContext): Promise<DoctorFinding[]> {
  const { door, addresses } = context;
  // A name that is not found is told of by the check of names.
  const found = door === null ? [] : await addresses().catch(() => []);
  if (found.length === 0) return [];
  const tried = await Promise.all(
    found.slice(0, defaults.maxAddresses).map((address) => tryAddress(context, address)),
  );
  const isReached = tried.some(({ grade }) => grade === 'ok');
  const families = new Set(found.map(({ family }) => family));
  const findings = tried.map((finding): DoctorFinding => {
    if (finding.grade === 'ok' || !isReached) return finding;
    const { code: _code, ...rest } = finding;
    return {
      ...rest,
      grade: 'warning',
      advice:
        'The agent goes on with the other address after 2.5 s, and then remembers the family that works.',
    };
  });
  if (families.size === 1 && isIP(door?.host ?? '') === 0) {
    const [family] = families;
    findings.push({
      grade: 'note',
      text: `There is no address of IPv${family === 6 ? 4 : 6}; none is needed.`,
    });
  }
  return findings;
}

async function tryAddress(
  { door, ports, limits, signal }: DoctorContext,
  { address, family }: HostAddress,
): Promise<DoctorFinding> {
  const { now } = timesOf(ports.clock);
  const began = now();
  const own = new AbortController();
  const timer = ports.clock.setTimeout(() => own.abort(), limits.connectMs);
  const name = `IPv${family} ${family === 6 ? `[${address}]` : address}, port ${door?.port}`;
  try {
    await ports.connect(address, door?.port ?? 0, AbortSignal.any([own.signal, signal]));
    const ms = Math.round(now() - began);
    return { grade: 'ok', text: `${name}: connected in ${ms} ms.`, facts: { address, connectMs: ms } };
  } catch (error) {
    const code = own.signal.aborted
      ? 'ETIMEDOUT'
      : error instanceof Error && 'code' in error
        ? String(error.code)
        : null;
    const { text, advice } = describeFailureCode(code, messageOf(error));
    return {
      grade: 'problem',
      code: 'lobby_unreachable',
      text: `${name}: ${text}.`,
      advice,
      facts: { address },
    };
  } finally {
    ports.clock.clearTimeout(timer);
  }
}
