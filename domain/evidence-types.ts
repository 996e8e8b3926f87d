/** Shapes of evidence values as they stand in events. Free text stands as a reference to the erasable text beside the log. */

/** Reference to a text kept in the database: the salted digest, which is all that the log knows of it. */
export interface TextRef {
  readonly text: string;
}

/** A text on its way to the database: its reference is the SHA-256 of its salt and itself, in lower-case hex. */
export interface KeptText {
  readonly ref: string;
  readonly salt: string;
  readonly text: string;
}

/** A document: where it is and, when known, the SHA-256 of its content. */
export interface DocumentRef {
  readonly name: TextRef;
  readonly url?: TextRef;
  readonly sha256?: string;
}

/** A table: a value per column in each row. */
export interface TableValue {
  readonly rows: readonly Readonly<Record<string, string | number | boolean | TextRef | DocumentRef>>[];
}

export type EvidenceValue = string | number | boolean | TextRef | DocumentRef | TableValue;
export type Evidence = Readonly<Record<string, EvidenceValue>>;
