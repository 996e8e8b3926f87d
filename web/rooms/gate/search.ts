/** What of the gate room stands in the address. */
export interface GateSearch {
  /** As it was known at this moment, ISO 8601: read only. */
  readonly asOf?: string;
}

export function readSearch({ asOf }: Record<string, unknown>): GateSearch {
  return typeof asOf === 'string' && !Number.isNaN(Date.parse(asOf)) ? { asOf: new Date(asOf).toISOString() } : {};
}
