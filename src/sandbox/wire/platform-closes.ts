/** How this platform ends connections: close codes and their reasons (docs/protocol.md 5). */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  /** Never sent: the connection ended without a close frame. */
  abnormal: 1006,
  policyViolation: 1008,
  /** The code of `ws` for a frame over the limit; clients get `messageTooLarge` instead. */
  messageTooBig: 1009,
  serviceRestart: 1012,
  heartbeat: 4000,
  authFailed: 4001,
  tokenRevoked: 4002,
  matchNotFound: 4002,
  gameUnsupported: 4002,
  matchFull: 4003,
  matchStarted: 4004,
  matchEnded: 4005,
  participantNotFound: 4006,
  handshakeTimeout: 4007,
  messageTooLarge: 4008,
  rateLimit: 4009,
  reconnectExpired: 4010,
  serverError: 4011,
  versionMismatch: 4013,
} as const;
