import { readFileSync } from 'node:fs';
import type { Config } from './index';

/** What `Connection.connect` and `NativeConnection.connect` both take. */
export type TemporalConnectionOptions = {
  address: string;
  apiKey?: string;
  tls?: true | {
    serverNameOverride?: string;
    serverRootCACertificate?: Buffer;
    clientCertPair?: { crt: Buffer; key: Buffer };
  };
};

/** Options to reach the Temporal server of this configuration. Throws when a PEM file can't be read, naming the variable. */
export function temporalConnectionOptions(
  temporal: Config['temporal'] & { readonly address: string },
): TemporalConnectionOptions {
  const { cert, key, ca, serverName } = temporal.tls;
  const base = temporal.apiKey === undefined ? {} : { apiKey: temporal.apiKey };
  const address = temporal.address;
  if (!cert && !ca && !serverName) {
    return temporal.apiKey === undefined ? { address } : { address, ...base, tls: true };
  }
  return {
    address,
    ...base,
    tls: {
      ...(serverName ? { serverNameOverride: serverName } : {}),
      ...(ca ? { serverRootCACertificate: readPem('TEMPORAL_TLS_CA', ca) } : {}),
      ...(cert && key
        ? { clientCertPair: { crt: readPem('TEMPORAL_TLS_CERT', cert), key: readPem('TEMPORAL_TLS_KEY', key) } }
        : {}),
    },
  };
}

function readPem(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`${variable}: ${path} can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). ` +
      'It must be the path of a PEM file.', { cause: error });
  }
}
