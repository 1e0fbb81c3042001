/** The tables of the index: plain columns, no keys and no constraints, so that its log always replays. */
import type { LedgerHand, LedgerRow, LeftOutHand } from './ledger-row.js';

/** A change of it makes indexes of before be rebuilt. */
export const indexSchema = 4;

export const columnTypes = {
  text: 'VARCHAR',
  count: 'INTEGER',
  chips: 'BIGINT',
  real: 'DOUBLE',
  flag: 'BOOLEAN',
  /** Epoch milliseconds outside, UTC inside. */
  time: 'TIMESTAMP',
  /** A list of texts outside. */
  texts: 'VARCHAR[]',
} as const;

export type ColumnType = keyof typeof columnTypes;

/** What a column of this type holds outside; null everywhere. */
export type ColumnValue = string | number | boolean | readonly string[] | null;

export interface IndexColumn<Row> {
  readonly name: string;
  /** Of a row outside. */
  readonly field: string;
  readonly type: ColumnType;
  readonly of: (row: Row) => ColumnValue;
}

export interface IndexTable<Row> {
  readonly name: string;
  readonly columns: readonly IndexColumn<Row>[];
}

/** A column that bears the name of a field, in the manner of SQL. */
function field<Row>(name: keyof Row & string, type: ColumnType): IndexColumn<Row> {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { name: snake, field: name, type, of: (row) => row[name] as ColumnValue };
}

export const matchesTable: IndexTable<LedgerRow> = {
  name: 'matches',
  columns: [
    field('matchId', 'text'),
    field('participantId', 'text'),
    field('source', 'text'),
    field('startedAt', 'time'),
    field('hash', 'text'),
    field('label', 'text'),
    field('git', 'text'),
    field('isMixed', 'flag'),
    field('bot', 'text'),
    field('env', 'text'),
    field('package', 'text'),
    field('opponents', 'texts'),
    field('format', 'text'),
    field('rated', 'flag'),
    field('outcome', 'text'),
    field('toldBy', 'text'),
    field('net', 'chips'),
    field('hands', 'count'),
    field('handNet', 'chips'),
    field('levelHands', 'count'),
    field('levelNet', 'real'),
    field('levelAdjusted', 'real'),
    field('adjustedHands', 'count'),
    field('showdowns', 'count'),
    field('showdownsWon', 'count'),
    field('unfinished', 'count'),
    field('leftOut', 'count'),
    field('turns', 'count'),
    field('answeredFor', 'count'),
    field('timeouts', 'count'),
    field('corrections', 'count'),
    field('rejections', 'count'),
    field('errors', 'count'),
    field('resumes', 'count'),
  ],
};

export const handsTable: IndexTable<LedgerHand> = {
  name: 'hands',
  columns: [
    field('matchId', 'text'),
    field('participantId', 'text'),
    field('handNumber', 'count'),
    field('startedAt', 'time'),
    field('seat', 'count'),
    field('players', 'count'),
    field('smallBlind', 'chips'),
    field('bigBlind', 'chips'),
    field('ante', 'chips'),
    field('stack', 'chips'),
    field('net', 'chips'),
    field('adjustedNet', 'real'),
    field('pot', 'chips'),
    field('street', 'text'),
    field('isShowdown', 'flag'),
    field('hasFolded', 'flag'),
    field('cards', 'text'),
    field('board', 'text'),
  ],
};

export const leftOutTable: IndexTable<LeftOutHand> = {
  name: 'left_out',
  columns: [
    field('matchId', 'text'),
    field('handNumber', 'count'),
    field('code', 'text'),
    field('why', 'text'),
  ],
};

/** A match that is in the index, and the results that it was read with. */
export interface SeenMatchRow {
  readonly matchId: string;
  readonly results: string;
  readonly torn: number;
  readonly damaged: number;
}

export const seenTable: IndexTable<SeenMatchRow> = {
  name: 'seen',
  columns: [
    field('matchId', 'text'),
    field('results', 'text'),
    field('torn', 'count'),
    field('damaged', 'count'),
  ],
};

/** A file as it was when it was read. */
export interface IndexedFile {
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
  /** Null: it is no recording of a match. */
  readonly matchId: string | null;
  /** Why it could not be read; null: it could. */
  readonly why: string | null;
}

export const filesTable: IndexTable<IndexedFile> = {
  name: 'files',
  columns: [
    field('path', 'text'),
    field('bytes', 'chips'),
    field('changedAt', 'real'),
    field('matchId', 'text'),
    field('why', 'text'),
  ],
};

const created = <Row>({ name, columns }: IndexTable<Row>): string =>
  `CREATE TABLE ${name} (${columns.map((one) => `${one.name} ${columnTypes[one.type]}`).join(', ')})`;

export const createStatements: readonly string[] = [
  created(matchesTable),
  created(handsTable),
  created(leftOutTable),
  created(seenTable),
  created(filesTable),
  `CREATE TABLE about AS SELECT ${indexSchema} AS schema`,
];
