/**
 * A gate between an agent and the sandbox: what the agent says goes on at once, what the sandbox says waits until it
 * is let through. So the sandbox behaves as it does, and the test says when.
 */
import { WebSocket } from 'ws';
import type { JsonObject } from '../../src/protocol/frames.js';
import { openSocket } from '../kit/client.js';
import { createMailbox } from '../kit/mailbox.js';
import type { Dial, Line } from './stage.js';

/** What the sandbox said or did on one connection. */
type Said =
  | { kind: 'frame'; frame: JsonObject; text: string }
  | { kind: 'close'; code: number; reason: string };

/** One connection through the gate. */
export interface GatedLine {
  readonly agent: Line;
  /** Lets the next frame that fits through; what came before it is lost on the way. */
  letThrough(fits: (frame: JsonObject) => boolean): Promise<void>;
  /** Lets the end of the sandbox's connection through; frames before it are lost. */
  letClose(): Promise<void>;
  /** The last frame of this type that was let through. */
  last(type: string): JsonObject | undefined;
}

const abnormal = 1006;

/** @param sandboxUrl where its dials go on to. */
export function openGate(dial: Dial, sandboxUrl: string): GatedLine {
  const said = createMailbox<Said>();
  const passed: JsonObject[] = [];
  const early: string[] = [];
  const upstream = openSocket(sandboxUrl + dial.path, { protocols: [...dial.protocols] });
  upstream.on('error', () => undefined);
  upstream.on('open', () => {
    for (const text of early.splice(0)) upstream.send(text);
  });
  upstream.on('message', (data) => {
    const text = (data as Buffer).toString();
    said.push({ kind: 'frame', text, frame: readFrame(text) });
  });
  upstream.on('close', (code, reason) => said.push({ kind: 'close', code, reason: reason.toString() }));

  const agent = dial.accept((text) => {
    if (upstream.readyState === WebSocket.OPEN) upstream.send(text);
    else early.push(text);
  });
  void agent.gone.then(() => upstream.terminate());

  return {
    agent,
    async letThrough(fits) {
      for (;;) {
        const one = await said.next();
        if (one.kind === 'close') throw new Error(`The sandbox closed (${one.code} ${one.reason}).`);
        if (!fits(one.frame)) continue;
        passed.push(one.frame);
        agent.sayText(one.text);
        return;
      }
    },
    async letClose() {
      for (;;) {
        const one = await said.next();
        if (one.kind === 'frame') continue;
        if (one.code === abnormal) agent.drop();
        else agent.close(one.code, one.reason);
        return;
      }
    },
    last: (type) => passed.findLast((frame) => frame.type === type),
  };
}

/** What is no JSON object fits nothing but `garbage`. */
function readFrame(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return { type: 'garbage' };
  }
}
