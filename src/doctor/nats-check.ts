import { connectBus } from '../io/hosting/remote/bus.js';
import { ChipzenError } from '../protocol/errors.js';
import { timesOf } from '../time/clock.js';
import { within } from '../time/time-limit.js';
import { ServerSilence } from './ask-server.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';

/** The way to the workers, when a NATS server is named. */
export async function checkNats({
  settings: { given },
  ports,
  limits,
}: DoctorContext): Promise<DoctorFinding[]> {
  const { nats } = given;
  if (nats === undefined) return [];
  const { now } = timesOf(ports.clock);
  const began = now();
  const connecting = connectBus(nats, 'chipzen-agent doctor');
  // A connection that comes too late is closed all the same.
  const closing = connecting.then((bus) => bus.close()).catch(() => undefined);
  try {
    const late = () => new ServerSilence('connecting', null, `no answer within ${limits.natsMs / 1_000} s`);
    const { server, maxPayload } = await within(limits.natsMs, ports.clock, connecting, late);
    const ms = Math.round(now() - began);
    await closing;
    return [
      {
        grade: 'ok',
        text: `${server} takes this connection, in ${ms} ms; messages of up to ${Math.floor(maxPayload / 1024)} KiB.`,
        facts: { connectMs: ms, maxPayload },
      },
    ];
  } catch (error) {
    if (error instanceof ChipzenError) return [{ grade: 'problem', code: error.code, text: error.message }];
    if (error instanceof ServerSilence) {
      return [
        { grade: 'problem', code: 'nats_unavailable', text: `The NATS server gives ${error.message}.` },
      ];
    }
    throw error;
  }
}
