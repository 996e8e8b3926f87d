export const BARE_QUEUE = 'bare';

/** What both processes are told. */
export interface BareEnvironment {
  readonly address: string;
  readonly port: number;
}

export const readEnvironment = (): BareEnvironment => ({ address: process.env['BARE_ADDRESS'] ?? '', port: Number(process.env['BARE_PORT']) });
