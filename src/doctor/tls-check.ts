import { timesOf } from '../time/clock.js';
import { type Certificate, ServerSilence } from './ask-server.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';
import { describeCertificateFault, describeFailureCode } from './network-words.js';

const dayMs = 86_400_000;
const defaults = { soonDays: 14 } as const;

export async function checkTls({
  settings: { server },
  ports,
  answers,
}: DoctorContext): Promise<DoctorFinding[]> {
  if (server === null) return [];
  if (server.protocol === 'ws:') {
    return [{ grade: 'note', text: 'None: the URL begins with ws://, as it may on this machine.' }];
  }
  try {
    const [first] = await answers();
    const certificate = first?.certificate ?? null;
    return certificate === null ? [] : [gradeOf(certificate, server.host, timesOf(ports.clock).wallNow())];
  } catch (error) {
    if (!(error instanceof ServerSilence)) throw error;
    if (error.stage !== 'tls') return [];
    const { text, advice } = describeFailureCode(error.reason, error.message);
    return [
      {
        grade: 'problem',
        code: 'lobby_unreachable',
        text: `There is no TLS with ${server.host}: ${text}.`,
        advice,
      },
    ];
  }
}

function gradeOf(certificate: Certificate, host: string, wallNow: number): DoctorFinding {
  const { protocol, fault, subject, issuer, altNames, validTo } = certificate;
  const until = Number.isNaN(validTo) ? '' : `, valid until ${new Date(validTo).toISOString().slice(0, 10)}`;
  const text = `The certificate is for "${subject}" by "${issuer}"${until} (${protocol})`;
  const facts = { subject, issuer, protocol, fault };
  if (fault !== null) {
    const { text: why, advice } = describeCertificateFault(fault);
    const names = fault === 'ERR_TLS_CERT_ALTNAME_INVALID' ? ` (its names: ${altNames || subject})` : '';
    return {
      grade: 'problem',
      code: 'lobby_unreachable',
      text: `${text}, and is not accepted for ${host}: ${why}${names}.`,
      advice: `${advice} Never set NODE_TLS_REJECT_UNAUTHORIZED=0: the token would go to whoever answers.`,
      facts,
    };
  }
  const days = Math.floor((validTo - wallNow) / dayMs);
  return days < defaults.soonDays
    ? {
        grade: 'warning',
        text: `${text}: ${days} days are left.`,
        advice: 'Only whoever runs the server can renew it.',
        facts,
      }
    : { grade: 'ok', text: `${text}.`, facts };
}
