import type { JsonObject } from '../../src/protocol/frames.js';
import type { GatedLine } from './gate.js';
import { botId, inOrder, platformIdOf, type SandboxWorld } from './sandbox-world.js';
import type { Line } from './stage.js';

const pingIntervalMs = 15_000;

/** The lobby of the sandbox, behind the gate. */
export function lobbyLine(world: SandboxWorld, { agent, letThrough, letClose }: GatedLine): Line {
  const { sandbox, clock, names, token } = world;
  const { control } = sandbox;
  const next = inOrder();
  const online = world.listenFor((event) => event.type === 'lobby.online');

  async function announce({ match_id: name, gateway_ws_url: url, resume }: JsonObject): Promise<void> {
    let id = platformIdOf(world, String(name));
    const isNew = id === undefined;
    if (id === undefined) {
      ({ matchId: id } = await sandbox.dispatch(botId));
      names.set(id, String(name));
    }
    const isForeign = String(url).startsWith('wss:');
    const overrides = { ...(isForeign && { gateway_ws_url: url }), ...(resume === true && { resume }) };
    if (!isNew || Object.keys(overrides).length > 0) control.announce(botId, id, overrides);
    await letThrough(
      (frame) =>
        frame.type === 'matched' &&
        frame.match_id === id &&
        (!isForeign || frame.gateway_ws_url === url) &&
        (resume !== true || frame.resume === true),
    );
  }

  return {
    ...agent,
    say(frame) {
      next(async () => {
        const said = frame as JsonObject;
        if (said.type !== 'hello') await online;
        if (said.type === 'matched') return announce(said);
        if (said.type === 'ping') clock.advance(pingIntervalMs);
        else if (said.type === 'evict') control.evict(botId);
        else if (said.type !== 'hello') control.sendLobby(botId, JSON.stringify(said));
        await letThrough(({ type }) => type === said.type);
      });
    },
    sayText(text) {
      next(async () => {
        await online;
        control.sendLobby(botId, text);
        await letThrough(({ type }) => type === 'garbage');
      });
    },
    close(code, reason) {
      next(async () => {
        await online;
        if (code === 4000) control.evict(botId);
        else if (code === 4002) control.revoke(token);
        else control.dropLobby(botId, code, reason);
        await letClose();
      });
    },
    drop() {
      next(async () => {
        await online;
        control.dropLobby(botId);
        await letClose();
      });
    },
  };
}
