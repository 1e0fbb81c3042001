/**
 * The keys of every frame of a match, as the newest documents have them: facts read from TRANSPORT-PROTOCOL 1.0.0-draft
 * (sections 8.1 to 8.11 and Appendix A) and POKER-GAME-STATE-PROTOCOL 1.0 (sections 3.1 to 3.9), both of them last checked
 * against the server on 2026-10-07. EXTERNAL-API-BOT-PROTOCOL (sections 3 and 4) has those of the lobby.
 */

/** The type of a value: what JSON can say of it. A list has the type of its entries. */
export type Shape =
  | 'text'
  | 'number'
  | 'whole'
  | 'flag'
  | 'null'
  | readonly [Shape]
  | { readonly [key: string]: Shape };

const envelope = { type: 'text', match_id: 'text', seq: 'whole', server_ts: 'text' } as const;

const action = { seat: 'whole', action: 'text', amount: 'whole', phase: 'text', is_timeout: 'flag' } as const;

export const documentedFrames: Readonly<Record<string, { readonly [key: string]: Shape }>> = {
  hello: {
    ...envelope,
    supported_versions: ['text'],
    selected_version: 'text',
    server_name: 'text',
    game_type: 'text',
    capabilities: ['text'],
  },
  match_start: {
    ...envelope,
    seats: [{ seat: 'whole', display_name: 'text', participant_id: 'text', is_self: 'flag' }],
    game_config: {
      variant: 'text',
      starting_stack: 'whole',
      small_blind: 'whole',
      big_blind: 'whole',
      ante: 'whole',
      num_players: 'whole',
    },
    turn_timeout_ms: 'whole',
    your_seat: 'whole',
  },
  round_start: {
    ...envelope,
    round_id: 'text',
    round_number: 'whole',
    state: {
      hand_number: 'whole',
      dealer_seat: 'whole',
      your_hole_cards: ['text'],
      pot: 'whole',
      post_blind_stacks: ['whole'],
      stacks: ['whole'],
      deck_commitment: 'text',
    },
  },
  turn_request: {
    ...envelope,
    seat: 'whole',
    request_id: 'text',
    timeout_ms: 'whole',
    turn_duration_ms: 'whole',
    deadline_ts: 'whole',
    valid_actions: ['text'],
    state: {
      hand_number: 'whole',
      phase: 'text',
      board: ['text'],
      your_hole_cards: ['text'],
      pot: 'whole',
      your_stack: 'whole',
      opponent_stacks: ['whole'],
      to_call: 'whole',
      min_raise: 'whole',
      max_raise: 'whole',
      action_history: [action],
    },
  },
  turn_result: {
    ...envelope,
    seat: 'whole',
    details: { action: 'text', amount: 'whole', pot: 'whole', stacks: ['whole'], is_timeout: 'flag' },
  },
  phase_change: { ...envelope, state: { phase: 'text', board: ['text'] } },
  round_result: {
    ...envelope,
    round_id: 'text',
    round_number: 'whole',
    result: {
      hand_number: 'whole',
      winner_seats: ['whole'],
      pot: 'whole',
      payouts: [{ seat: 'whole', amount: 'whole' }],
      showdown: [{ seat: 'whole', hole_cards: ['text'], hand_rank: 'text', best_hand: ['text'] }],
      action_history: [action],
      stacks: ['whole'],
      deck_commitment: 'text',
      deck_reveal: 'null',
    },
  },
  action_rejected: {
    ...envelope,
    request_id: 'text',
    reason: 'text',
    message: 'text',
    details: { valid_actions: ['text'] },
    submitted_action: 'text',
    remaining_ms: 'whole',
    valid_actions: ['text'],
  },
  error: { ...envelope, code: 'text', message: 'text' },
  match_end: {
    ...envelope,
    reason: 'text',
    results: [
      {
        seat: 'whole',
        name: 'text',
        net_chips: 'whole',
        hands_won: 'whole',
        final_stack: 'whole',
        // Its entries have keys of their own, which no document names.
        bot_errors: [{}],
        decision_latency_samples_ms: ['number'],
      },
    ],
    total_hands_played: 'whole',
    mode: 'text',
    finishing_order: [{ place: 'whole', seat: 'whole', name: 'text' }],
    terminal_status: 'text',
  },
};

/** Keys of the two frames that come on the lobby with a content. */
export const documentedLobby: Readonly<Record<string, { readonly [key: string]: Shape }>> = {
  hello: {
    ...envelope,
    supported_versions: ['text'],
    selected_version: 'text',
    server_name: 'text',
    endpoint: 'text',
  },
  matched: {
    type: 'text',
    match_id: 'text',
    participant_id: 'text',
    gateway_ws_url: 'text',
    rated: 'flag',
  },
};

/** What `matched` has besides: the clock of a match that a token asked for, and that it goes on. */
export const documentedMatchedExtras = { decision_timeout_ms: 'whole', resume: 'flag' } as const;

/** Texts that the documents give the form of. */
export const documentedForms: readonly { frame: string; field: string; form: RegExp }[] = [
  { frame: 'round_start', field: 'round_id', form: /^r_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  { frame: 'turn_request', field: 'request_id', form: /^req_[0-9a-f]{12}$/ },
  { frame: 'match_start', field: 'server_ts', form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ },
];

/** Frames that the documents say are not sent to bots any more. */
export const documentedAsNotSent = [
  'session_token',
  'action_timeout',
  'session_control',
  'ping',
  'reconnected',
];
