/**
 * The public records of the platform, as data that goes over the wire (docs/protocol.md 7). No document describes them:
 * the shapes are those that players' tools read.
 */

/** The most hands of a page. */
export const maxHandsPerPage = 200;

/** The most matches of a page that anybody asked for. */
export const maxMatchesPerPage = 100;

// --- matches ---

/** One seat of a match. */
export interface ParticipantRow {
  seat?: number;
  name: string;
  bot_id?: string;
  /** Null: not over, or without a result. */
  net_chips: number | null;
  /** Only in `GET /api/matches/{id}`; its name is a guess. */
  hands_won?: number;
}

/** One match. It may have more than two participants. */
export interface RecordedMatchRow {
  id: string;
  game_type: string;
  match_type?: string;
  status: string;
  rated: boolean;
  /** ISO 8601, UTC, with microseconds. */
  started_at: string | null;
  participants: ParticipantRow[];
}

/** `GET /api/matches?page=&page_size=&bot_id=`, the newest first. */
export interface MatchesAnswer {
  total: number;
  matches: RecordedMatchRow[];
}

// --- hands ---

/** Cards by the seat as text: `{ "0": ["Qs", "Qd"] }`. */
export type CardsBySeatText = Record<string, string[]>;

/** One action in `/hands`. The amount of a raise is the chips that it adds, unlike on the socket. */
export interface HandActionRow {
  seat: number;
  action: string;
  amount: number;
  phase: string;
}

/** One hand in `/hands`. */
export interface RecordedHandRow {
  hand_number?: number;
  /** What was dealt, in one text without separators: `Qh7c2d`. */
  board: string;
  /** Of everybody, also of whoever folded. Some hands have none. */
  hole_cards?: CardsBySeatText;
  winner_seats?: number[];
  /** In place of `winner_seats`. */
  winner_seat?: number;
  actions: HandActionRow[];
}

/** `GET /api/matches/{id}/hands?page=&page_size=` */
export interface HandsAnswer {
  total: number;
  hands: RecordedHandRow[];
}

// --- the replay, which tells the same match in other words ---

/** One action of a hand in `/replay`. Amounts are chips. */
export interface ReplayActionRow {
  seat: number;
  /** The name of the bot. */
  player: string;
  action_type: string;
  /** Of a raise the total of the street or the chips added: which is not proven. */
  amount: number;
}

/** One street of a hand in `/replay`. */
export interface ReplayStreetRow {
  street: string;
  /** Those dealt when it begins. */
  community_cards: string[];
  pot_after?: number;
  actions: ReplayActionRow[];
}

/** What one seat shows at the end of a hand in `/replay`. */
export interface ReplayShowdownRow {
  seat: number;
  hole_cards: string[];
  hand_rank?: string;
}

/** One hand in `/replay`. Amounts are chips. */
export interface ReplayHandRow {
  hand_number: number;
  starting_stacks: { seat: number; starting_stack: number }[];
  /** By the seat as text. */
  stacks_after: Record<string, number>;
  hole_cards: CardsBySeatText;
  community_cards: string[];
  streets: ReplayStreetRow[];
  showdown?: ReplayShowdownRow[] | null;
}

/** `GET /api/matches/{id}/replay` */
export interface ReplayAnswer {
  metadata: {
    players: { seat: number; name: string }[];
    final_result?: { name: string; net_chips: number }[];
  };
  hands: ReplayHandRow[];
}

// --- bots ---

/** `GET /api/bots/{bot_id}` */
export interface BotRecordAnswer {
  /** Null: never played rated. */
  rating: number | null;
  rating_deviation: number | null;
  matches_played: number;
  wins: number;
  losses: number;
  bb_per_100: number | null;
  bb_hands_counted: number;
  /** `external_api` for a remote bot; other values are not known. */
  bot_kind: string;
  llm_author_model: string | null;
}
