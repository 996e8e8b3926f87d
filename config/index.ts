import { resolve } from 'node:path';
import { VARIABLES, type VariableName } from './variables';

export { VARIABLES, type VariableName } from './variables';
export { temporalConnectionOptions, type TemporalConnectionOptions } from './temporal';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** A bucket of an S3-compatible store. */
export type S3Settings = {
  readonly bucket: string;
  /** Absent: AWS. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Both or neither. */
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  readonly prefix: string;
  readonly pathStyle: boolean;
};

/** Everything that can be set from outside. Made once, at the start of a process, by `loadConfig`. */
export type Config = {
  readonly http: { readonly port: number; readonly host: string };
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** Absent: the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly databaseConnections: number;
  readonly temporal: {
    /** `host:port`; absent: the embedded server. */
    readonly address: string | undefined;
    readonly namespace: string;
    readonly taskQueue: string;
    readonly apiKey: string | undefined;
    readonly cliPath: string | undefined;
    /** Paths of PEM files, and the name expected in the server's certificate. */
    readonly tls: {
      readonly cert: string | undefined;
      readonly key: string | undefined;
      readonly ca: string | undefined;
      readonly serverName: string | undefined;
    };
  };
  readonly logLevel: LogLevel;
  readonly worker: {
    readonly maxCachedWorkflows: number;
    readonly maxWorkflowTasks: number;
    readonly maxActivities: number;
    readonly maxLocalActivities: number;
  };
  readonly shutdownSeconds: number;
  readonly queue: { readonly bound: number; readonly inFlight: number };
  readonly files: {
    /** Bytes of one file at most. */
    readonly limit: number;
    /** Days that a file is kept which nothing names. */
    readonly days: number;
    /** Absent: files are in the data folder. */
    readonly s3: S3Settings | undefined;
  };
  /** The secret that hides who answered a pulse. */
  readonly pulseKey: string | undefined;
  /** Who the command line acts as. */
  readonly token: string | undefined;
  readonly demo: boolean;
};

/** A configuration in which both servers are known: what the worker and the API run with. */
export type ConnectedConfig = Config & {
  readonly databaseUrl: string;
  readonly temporal: Config['temporal'] & { readonly address: string };
};

/** One or more variables are wrong. `problems` has one sentence for each, which begins with the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const MEGABYTE = 1_048_576;

type Environment = Readonly<Record<string, string | undefined>>;
/** Their values are credentials, or hold one: an error message shows none of it. */
const SECRET: ReadonlySet<VariableName> = new Set<VariableName>(['DATABASE_URL', 'TEMPORAL_API_KEY', 'SLUIS_PULSE_KEY', 'SLUIS_S3_SECRET_ACCESS_KEY']);

/**
 * Parses the environment. An empty variable counts as not set.
 * Throws a `ConfigError` that names every variable which is wrong, what is wrong with it and what would be right.
 */
export function loadConfig(env: Environment = process.env): Config {
  const problems: string[] = [];

  function read<N extends VariableName>(name: N): Value<N> | undefined {
    const given = env[name]?.trim();
    if (given === undefined || given === '') return undefined;
    const parsed = VARIABLES[name].schema.safeParse(given);
    if (parsed.success) return parsed.data as Value<N>;
    const shown = SECRET.has(name) ? 'its value' : JSON.stringify(given);
    problems.push(`${name}: ${shown} can't be used. It must be ${VARIABLES[name].right}.`);
    return undefined;
  }

  const databaseUrl = read('DATABASE_URL');
  const temporalAddress = read('TEMPORAL_ADDRESS');
  const tls = {
    cert: read('TEMPORAL_TLS_CERT'),
    key: read('TEMPORAL_TLS_KEY'),
    ca: read('TEMPORAL_TLS_CA'),
    serverName: read('TEMPORAL_TLS_SERVER_NAME'),
  };
  if (tls.cert && !tls.key) {
    problems.push('TEMPORAL_TLS_KEY: it is missing. TEMPORAL_TLS_CERT needs its private key beside it.');
  }
  if (tls.key && !tls.cert) {
    problems.push('TEMPORAL_TLS_CERT: it is missing. TEMPORAL_TLS_KEY needs its certificate beside it.');
  }
  const bucket = read('SLUIS_S3_BUCKET');
  const endpoint = read('SLUIS_S3_ENDPOINT');
  const s3 = {
    endpoint, pathStyle: endpoint !== undefined, region: read('SLUIS_S3_REGION') ?? 'us-east-1', prefix: read('SLUIS_S3_PREFIX') ?? 'files/',
    accessKeyId: read('SLUIS_S3_ACCESS_KEY_ID'), secretAccessKey: read('SLUIS_S3_SECRET_ACCESS_KEY'),
  };
  if ((s3.accessKeyId === undefined) !== (s3.secretAccessKey === undefined)) {
    const [missing, given] = s3.accessKeyId === undefined ? ['SLUIS_S3_ACCESS_KEY_ID', 'SLUIS_S3_SECRET_ACCESS_KEY'] : ['SLUIS_S3_SECRET_ACCESS_KEY', 'SLUIS_S3_ACCESS_KEY_ID'];
    problems.push(`${missing}: it is missing. ${given} needs it beside it.`);
  }
  if (endpoint !== undefined && bucket === undefined) problems.push('SLUIS_S3_BUCKET: it is missing. SLUIS_S3_ENDPOINT needs the name of a bucket beside it.');
  const config: Config = {
    http: { port: read('PORT') ?? 3000, host: read('HOST') ?? '127.0.0.1' },
    dataFolder: resolve(read('SLUIS_DATA') ?? '.sluis'),
    databaseUrl,
    databaseConnections: read('SLUIS_DATABASE_CONNECTIONS') ?? 8,
    temporal: {
      address: temporalAddress,
      namespace: read('TEMPORAL_NAMESPACE') ?? 'default',
      taskQueue: read('SLUIS_TASK_QUEUE') ?? 'sluis',
      apiKey: read('TEMPORAL_API_KEY'),
      cliPath: read('TEMPORAL_CLI_PATH'),
      tls,
    },
    logLevel: read('SLUIS_LOG_LEVEL') ?? 'info',
    worker: {
      maxCachedWorkflows: read('SLUIS_MAX_CACHED_WORKFLOWS') ?? 500,
      maxWorkflowTasks: read('SLUIS_MAX_WORKFLOW_TASKS') ?? 40,
      maxActivities: read('SLUIS_MAX_ACTIVITIES') ?? 20,
      maxLocalActivities: read('SLUIS_MAX_LOCAL_ACTIVITIES') ?? 40,
    },
    shutdownSeconds: read('SLUIS_SHUTDOWN_SECONDS') ?? 8,
    queue: {
      bound: read('SLUIS_QUEUE_BOUND') ?? 200,
      // A Temporal server takes ten updates per workflow by default; the embedded one is started with more.
      inFlight: read('SLUIS_IN_FLIGHT') ?? (temporalAddress === undefined ? 100 : 8),
    },
    files: {
      limit: (read('SLUIS_FILE_MEGABYTES') ?? 50) * MEGABYTE,
      days: read('SLUIS_FILE_DAYS') ?? 30,
      s3: bucket === undefined ? undefined : { bucket, ...s3 },
    },
    pulseKey: read('SLUIS_PULSE_KEY'),
    token: read('SLUIS_TOKEN'),
    demo: read('SLUIS_DEMO') ?? databaseUrl === undefined,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

type Value<N extends VariableName> = (typeof VARIABLES)[N] extends { schema: { _zod: { output: infer T } } } ? T : never;

/**
 * As `loadConfig`, for a process that starts no servers itself (worker, API): also throws a `ConfigError` when
 * DATABASE_URL or TEMPORAL_ADDRESS is not set.
 */
export function loadConnectedConfig(env: Environment = process.env): ConnectedConfig {
  const config = loadConfig(env);
  const { databaseUrl, temporal } = config;
  const problems: string[] = [];
  const hint = 'This process starts no servers of its own; `sluis server` does.';
  if (databaseUrl === undefined) problems.push(`DATABASE_URL: it is not set. It must be ${VARIABLES.DATABASE_URL.right}. ${hint}`);
  if (temporal.address === undefined) {
    problems.push(`TEMPORAL_ADDRESS: it is not set. It must be ${VARIABLES.TEMPORAL_ADDRESS.right}. ${hint}`);
  }
  if (databaseUrl === undefined || temporal.address === undefined) throw new ConfigError(problems);
  return { ...config, databaseUrl, temporal: { ...temporal, address: temporal.address } };
}
