// The protocol by hand, with a WebSocket and nothing else: plays until the lobby closes. It does not reconnect.
//
//   node examples/without-the-agent.js LOBBY_URL TOKEN
import { WebSocket } from 'ws';

const [lobbyUrl, token] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);
const options = { headers: { 'user-agent': 'without-the-agent/1.0' } };

function onFrames(socket, answers) {
  const send = (frame) => socket.send(JSON.stringify(frame));
  socket.on('open', () => send(answers.open()));
  socket.on('message', (data) => {
    const frame = JSON.parse(data);
    const answer = answers[frame.type]?.(frame);
    if (answer) send(answer);
  });
  socket.on('error', (error) => say(error.message));
  socket.on('close', (code, reason) => say(`closed: ${code} ${reason}`));
}

function play({ match_id, gateway_ws_url }) {
  const url = new URL(gateway_ws_url, lobbyUrl);
  if (url.origin !== new URL(lobbyUrl).origin) return; // The token goes nowhere else.
  onFrames(new WebSocket(url, ['chipzen-bot-token', token], options), {
    open: () => ({ type: 'authenticate', match_id, token: '' }),
    hello: () => ({ type: 'hello', match_id, supported_versions: ['1.0'] }),
    turn_request({ request_id, valid_actions }) {
      const action = valid_actions.includes('check') ? 'check' : 'call';
      return { type: 'turn_action', match_id, request_id, action };
    },
    match_end({ reason, results = [] }) {
      say(`${reason}: ${results.map(({ name, net_chips }) => `${name} ${net_chips}`).join(', ')}`);
    },
  });
}

onFrames(new WebSocket(lobbyUrl, options), {
  open: () => ({ type: 'authenticate', token }),
  ping: () => ({ type: 'pong' }),
  matched: play,
});
