#!/usr/bin/env bash
# @nats-io/jetstream 3.3.1 with nats-server 2.9.10 (Debian 12), seen 2026-11-28.
# Guess:  ack_wait is the time that a worker has for one message: jobs of 600 ms are safe under an ack_wait of 1 s.
# Seen:   it runs from when the server sends, and consume() takes up to 100 messages ahead. They wait in the client while their time runs out, and are sent
#         again, also to the only worker there is. Of four matches of 600 ms, each acknowledged in time as the worker sees it, the
#         first is played once and the others two or three times; then the work queue is empty, and nothing looks wrong.
# Hurt:   a queue of matches or of answers for remote bots: the same match is played, rated and paid again, the more so the longer
#         the queue is, and two workers play it at the same time.
# Do:     consume({ max_messages: 1 }) or next(); or an ack_wait above the time of everything that is taken ahead; and working() in long jobs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts @nats-io/transport-node@3.3.1 @nats-io/jetstream@3.3.1 >/dev/null
apt-get download -q -o APT::Sandbox::User=root nats-server=2.9.10-1+b3 >/dev/null
dpkg --extract nats-server_*.deb server
cat > probe.mjs <<'EOF'
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';

const server = spawn('server/usr/sbin/nats-server', ['--addr', '127.0.0.1', '--port', '-1', '--jetstream', '--store_dir', 'store']);
const port = await new Promise((found, failed) => {
  let log = '';
  server.stderr.on('data', (piece) => {
    log += piece;
    const [, number] = /client connections on 127\.0\.0\.1:(\d+)/.exec(log) ?? [];
    if (number !== undefined) found(Number(number));
  });
  server.once('exit', () => failed(new Error(log)));
});
const connection = await connect({ port });
const manager = await jetstreamManager(connection);
const client = jetstream(connection);

/** How often each of four matches is played by one worker that needs 600 ms for one. */
async function play(stream, options) {
  await manager.streams.add({ name: stream, subjects: [stream], retention: RetentionPolicy.Workqueue });
  await manager.consumers.add(stream, { durable_name: 'worker', ack_policy: AckPolicy.Explicit, ack_wait: nanos(1_000) });
  for (const match of [1, 2, 3, 4]) await client.publish(stream, String(match));
  const times = {};
  const messages = await (await client.consumers.get(stream, 'worker')).consume(options);
  const enough = pause(8_000).then(() => messages.stop());
  for await (const message of messages) {
    times[message.string()] = (times[message.string()] ?? 0) + 1;
    await pause(600);
    message.ack();
  }
  await enough;
  return { times: Object.values(times).join(), left: (await manager.streams.info(stream)).state.messages };
}

const [ahead, single] = await Promise.all([play('ahead', {}), play('single', { max_messages: 1 })]);
await connection.close();
const exited = once(server, 'exit');
server.kill();
await exited;
console.log(`@nats-io/jetstream 3.3.1: matches 1 to 4 are played ${ahead.times} times - one message at a time: ${single.times}`);
assert.match(ahead.times, /^1,[23],[23],[23]$/);
assert.equal(single.times, '1,1,1,1');
assert.deepEqual([ahead.left, single.left], [0, 0]);
EOF
node probe.mjs
