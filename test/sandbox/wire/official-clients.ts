/**
 * What the platform's own clients send, byte for byte: facts about other programs, with client and version, read from
 * their public sources (github.com/chipzen-ai/chipzen-sdk, seen in October 2026). JavaScript writes JSON without spaces,
 * Python with them, and Rust sorts the names of fields.
 *
 * In the texts MATCH, TOKEN, REQUEST, ACTION and PARAMS stand for what a client fills in.
 */

/** The two frames with which a client takes a seat, and what it calls itself in `User-Agent`. */
interface Handshake {
  authenticate: string;
  hello: string;
}

export interface OfficialClient {
  client: string;
  version: string;
  userAgent: string;
  lobby: {
    authenticate: string;
    pong: string;
    /** It leaves the lobby when it was told of a match. */
    leaves?: true;
  };
  /** Remote play, over the gateway. */
  remote: Handshake;
  /** On the leg of uploaded bots, with a token; null for a client that cannot be uploaded. */
  uploaded: Handshake | null;
  turnAction: string;
  pong: string;
  /** It drops frames whose `seq` is not above that of the frame before. */
  dropsOldFrames: boolean;
}

export const officialClients: readonly OfficialClient[] = [
  {
    client: 'JavaScript SDK',
    version: '0.3.0',
    userAgent: 'chipzen-sdk-js/0.3.0',
    lobby: { authenticate: '{"type":"authenticate","token":"TOKEN"}', pong: '{"type":"pong"}' },
    remote: {
      authenticate:
        '{"type":"authenticate","match_id":"MATCH","client_name":"chipzen-sdk-js","client_version":"0.3.0"}',
      hello: '{"type":"hello","match_id":"MATCH","supported_versions":["1.0"]}',
    },
    uploaded: {
      authenticate:
        '{"type":"authenticate","match_id":"MATCH","client_name":"chipzen-sdk","client_version":"0.3.0","token":"TOKEN"}',
      hello: '{"type":"hello","match_id":"MATCH","supported_versions":["1.0"]}',
    },
    turnAction:
      '{"type":"turn_action","match_id":"MATCH","request_id":"REQUEST","action":"ACTION","params":PARAMS}',
    pong: '{"type":"pong","match_id":"MATCH"}',
    dropsOldFrames: true,
  },
  {
    client: 'Rust SDK',
    version: '0.2.0',
    userAgent: 'chipzen-sdk-rust/0.2.0',
    lobby: { authenticate: '{"token":"TOKEN","type":"authenticate"}', pong: '{"type":"pong"}' },
    remote: {
      authenticate:
        '{"client_name":"chipzen-sdk-rust","client_version":"0.2.0","match_id":"MATCH","token":"","type":"authenticate"}',
      hello: '{"match_id":"MATCH","supported_versions":["1.0"],"type":"hello"}',
    },
    uploaded: {
      authenticate:
        '{"client_name":"chipzen-sdk","client_version":"0.2.0","match_id":"MATCH","token":"TOKEN","type":"authenticate"}',
      hello: '{"match_id":"MATCH","supported_versions":["1.0"],"type":"hello"}',
    },
    turnAction:
      '{"action":"ACTION","match_id":"MATCH","params":PARAMS,"request_id":"REQUEST","type":"turn_action"}',
    pong: '{"match_id":"MATCH","type":"pong"}',
    dropsOldFrames: true,
  },
  {
    // It has no lobby of its own; with the gateway's URL its `run_bot` sends this.
    client: 'Python SDK',
    version: '0.2.0',
    userAgent: 'Python/3.12 websockets/13.1',
    lobby: { authenticate: '{"type": "authenticate", "token": "TOKEN"}', pong: '{"type": "pong"}' },
    remote: {
      authenticate: '{"type": "authenticate", "match_id": "MATCH", "token": ""}',
      hello:
        '{"type": "hello", "match_id": "MATCH", "supported_versions": ["1.0"], "client_name": "chipzen-sdk", "client_version": "0.2.0"}',
    },
    uploaded: {
      authenticate: '{"type": "authenticate", "match_id": "MATCH", "token": "TOKEN"}',
      hello:
        '{"type": "hello", "match_id": "MATCH", "supported_versions": ["1.0"], "client_name": "chipzen-sdk", "client_version": "0.2.0"}',
    },
    turnAction:
      '{"type": "turn_action", "match_id": "MATCH", "request_id": "REQUEST", "action": "ACTION", "params": PARAMS}',
    pong: '{"type": "pong", "match_id": "MATCH"}',
    dropsOldFrames: false,
  },
  {
    client: 'Python SDK',
    version: '0.4.0',
    userAgent: 'chipzen-sdk-python/0.4.0',
    lobby: { authenticate: '{"type": "authenticate", "token": "TOKEN"}', pong: '{"type": "pong"}' },
    remote: {
      authenticate: '{"type": "authenticate", "match_id": "MATCH", "token": ""}',
      hello:
        '{"type": "hello", "match_id": "MATCH", "supported_versions": ["1.0"], "client_name": "chipzen-sdk-python", "client_version": "0.4.0"}',
    },
    uploaded: {
      authenticate: '{"type": "authenticate", "match_id": "MATCH", "token": "TOKEN"}',
      hello:
        '{"type": "hello", "match_id": "MATCH", "supported_versions": ["1.0"], "client_name": "chipzen-sdk", "client_version": "0.4.0"}',
    },
    turnAction:
      '{"type": "turn_action", "match_id": "MATCH", "request_id": "REQUEST", "action": "ACTION", "params": PARAMS}',
    pong: '{"type": "pong", "match_id": "MATCH"}',
    dropsOldFrames: false,
  },
  {
    client: 'Python SDK, games declared',
    version: '0.4.0',
    userAgent: 'chipzen-sdk-python/0.4.0',
    lobby: { authenticate: '{"type": "authenticate", "token": "TOKEN"}', pong: '{"type": "pong"}' },
    remote: {
      authenticate: '{"type": "authenticate", "match_id": "MATCH", "token": ""}',
      hello:
        '{"type": "hello", "match_id": "MATCH", "supported_versions": ["1.0"], "client_name": "chipzen-sdk-python", "client_version": "0.4.0", "supported_games": ["poker", "draw27"]}',
    },
    uploaded: null,
    turnAction:
      '{"type": "turn_action", "match_id": "MATCH", "request_id": "REQUEST", "action": "ACTION", "params": PARAMS}',
    pong: '{"type": "pong", "match_id": "MATCH"}',
    dropsOldFrames: false,
  },
  {
    client: 'Python example',
    version: '0.1.0',
    userAgent: 'Python/3.12 websockets/13.1',
    lobby: {
      authenticate: '{"type": "authenticate", "token": "TOKEN"}',
      pong: '{"type": "pong"}',
      leaves: true,
    },
    remote: {
      authenticate: '{"type": "authenticate", "match_id": "MATCH", "token": ""}',
      hello:
        '{"type": "hello", "match_id": "MATCH", "supported_versions": ["1.0"], "client_name": "chipzen-extapi-reference", "client_version": "0.1.0"}',
    },
    uploaded: null,
    turnAction:
      '{"type": "turn_action", "match_id": "MATCH", "request_id": "REQUEST", "action": "ACTION", "params": PARAMS}',
    pong: '{"type": "pong", "match_id": "MATCH"}',
    dropsOldFrames: false,
  },
];
