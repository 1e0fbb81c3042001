import { isLoopback } from '../protocol/loopback.js';
import { ServerSilence } from './ask-server.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';
import { describeFailureCode } from './network-words.js';

/** Which proxy the environment names, and whether it opens a tunnel to the server. */
export async function checkProxy({
  settings: { proxy, server },
  answers,
}: DoctorContext): Promise<DoctorFinding[]> {
  if (proxy.error !== null) return [{ grade: 'problem', code: proxy.error.code, text: proxy.error.message }];
  if (server === null) return [];
  if (proxy.value === null) {
    const why = isLoopback(server.hostname) ? ': the server is on this machine' : '';
    return [{ grade: 'ok', text: `None is used${why}.` }];
  }
  const { url, variable, authorization } = proxy.value;
  const login = authorization === null ? '' : ', with a user and a password';
  const findings: DoctorFinding[] = [
    { grade: 'note', text: `Everything goes through the proxy ${url}, as ${variable} says${login}.` },
  ];
  try {
    await answers();
    findings.push({ grade: 'ok', text: `It opens tunnels to ${server.host}.` });
  } catch (error) {
    if (!(error instanceof ServerSilence)) throw error;
    if (error.stage === 'proxy') findings.push(refusalOf(error, authorization !== null, variable));
    else findings.push({ grade: 'ok', text: `It opens tunnels to ${server.host}.` });
  }
  return findings;
}

function refusalOf({ reason, message }: ServerSilence, hasLogin: boolean, variable: string): DoctorFinding {
  const { text, advice } = describeFailureCode(reason, message);
  const isLogin = /HTTP 40[17]/.test(message);
  return {
    grade: 'problem',
    code: 'lobby_unreachable',
    text: `It cannot be used: ${text}.`,
    advice: isLogin
      ? `${hasLogin ? 'Check the user and the password' : 'Put USER:PASSWORD@ before the host'} in ${variable}.`
      : `${advice} NO_PROXY takes a host out.`,
  };
}
