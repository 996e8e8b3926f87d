import { z } from 'zod';

/** One environment variable: how it is parsed, and what to tell a person about it. */
export type Variable<T> = {
  schema: z.ZodType<T, string>;
  /** What a right value looks like; shown when the one given is wrong. */
  right: string;
  /** The value in force when the variable is not set, as text for the documentation. */
  fallback: string;
  /** What it is for, for the documentation. */
  about: string;
};

const text = z.string().trim().min(1);

/** A whole number within bounds. */
function whole(least: number, most: number) {
  return text.regex(/^\d+$/).transform(Number).pipe(z.number().int().min(least).max(most));
}

const flag = text.toLowerCase().pipe(z.enum(['on', 'off', 'true', 'false', '1', '0', 'yes', 'no']))
  .transform((value) => ['on', 'true', '1', 'yes'].includes(value));

const address = text.regex(/^(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5}$/i);
const postgresUrl = text.refine((value) => {
  return URL.canParse(value) && ['postgres:', 'postgresql:'].includes(new URL(value).protocol);
});

const httpUrl = text.refine((value) => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol));

function variable<T>(schema: z.ZodType<T, string>, right: string, fallback: string, about: string): Variable<T> {
  return { schema, right, fallback, about };
}

/** Every variable that the product reads. The table in docs/configuration.md is checked against this one. */
export const VARIABLES = {
  PORT: variable(whole(1, 65_535), 'a whole number from 1 to 65535, such as 3000', '3000', 'Port of the API.'),
  HOST: variable(text, 'a host name or an IP address, such as 127.0.0.1', '127.0.0.1',
    'Address on which the API listens; `0.0.0.0` makes it reachable from other machines.'),
  SLUIS_DATA: variable(text, 'a folder', '.sluis',
    'Data folder of the embedded product: both databases, files, keys, logs.'),
  DATABASE_URL: variable(postgresUrl, 'a PostgreSQL address, such as postgresql://user:password@host:5432/sluis', '(embedded)',
    'A PostgreSQL server in place of the embedded one.'),
  SLUIS_DATABASE_CONNECTIONS: variable(whole(1, 200), 'a whole number from 1 to 200', '8',
    'Connections to the database that each process keeps; from six on, an API has three in eight of them for what requests ask first.'),
  TEMPORAL_ADDRESS: variable(address, 'host:port, such as temporal.example.org:7233', '(embedded)',
    'A Temporal server elsewhere; none is started then.'),
  TEMPORAL_NAMESPACE: variable(text, 'the name of a namespace', 'default', 'Temporal namespace.'),
  TEMPORAL_API_KEY: variable(text, 'the key as Temporal Cloud gave it', '(none)',
    'API key for Temporal Cloud; switches TLS on.'),
  TEMPORAL_TLS_CERT: variable(text, 'the path of a PEM file', '(none)', 'Client certificate for mutual TLS with Temporal.'),
  TEMPORAL_TLS_KEY: variable(text, 'the path of a PEM file', '(none)', 'Private key of that certificate.'),
  TEMPORAL_TLS_CA: variable(text, 'the path of a PEM file', '(none)',
    'Certificate authority that signed the certificate of the Temporal server; switches TLS on.'),
  TEMPORAL_TLS_SERVER_NAME: variable(text, 'a host name', '(none)',
    'Name expected in the certificate of the Temporal server, where it differs from the address; switches TLS on.'),
  TEMPORAL_CLI_PATH: variable(text, 'the path of the `temporal` program', '(searched)',
    'The Temporal CLI that the embedded product starts.'),
  SLUIS_TASK_QUEUE: variable(text, 'a name', 'sluis', 'Temporal task queue that API and workers share.'),
  SLUIS_LOG_LEVEL: variable(text.toLowerCase().pipe(z.enum(['silent', 'error', 'warn', 'info', 'debug'])),
    'one of silent, error, warn, info, debug', 'info', 'How much API and worker write to their logs.'),
  SLUIS_MAX_CACHED_WORKFLOWS: variable(whole(10, 100_000), 'a whole number from 10 to 100000', '500',
    'Workflows that a worker keeps in memory; the others are replayed when something happens to them.'),
  SLUIS_MAX_WORKFLOW_TASKS: variable(whole(1, 1000), 'a whole number from 1 to 1000', '40',
    'Workflow tasks that a worker handles at once.'),
  SLUIS_MAX_ACTIVITIES: variable(whole(1, 1000), 'a whole number from 1 to 1000', '20',
    'Activities that a worker runs at once.'),
  SLUIS_MAX_LOCAL_ACTIVITIES: variable(whole(1, 1000), 'a whole number from 1 to 1000', '40',
    'Local activities (projections, mostly) that a worker runs at once.'),
  SLUIS_SHUTDOWN_SECONDS: variable(whole(1, 600), 'a whole number of seconds from 1 to 600', '8',
    'Time that a worker gives running tasks, and the API gives open requests, to finish when asked to end.'),
  SLUIS_QUEUE_BOUND: variable(whole(1, 10_000), 'a whole number from 1 to 10000', '200',
    'Commands that may wait for one workflow in the API; beyond it clients get 503 with Retry-After.'),
  SLUIS_IN_FLIGHT: variable(whole(1, 1000), 'a whole number from 1 to 1000', '100 (embedded), 8 (TEMPORAL_ADDRESS)',
    'Commands per workflow that the API has with Temporal at once; keep it below `history.maxInFlightUpdates` of the server.'),
  SLUIS_FILE_MEGABYTES: variable(whole(1, 1024), 'a whole number of megabytes from 1 to 1024', '50',
    'How large a file may be that is uploaded as evidence.'),
  SLUIS_FILE_DAYS: variable(whole(1, 3650), 'a whole number of days from 1 to 3650', '30',
    'How long a file is kept that was uploaded and that nothing in its project names.'),
  SLUIS_S3_BUCKET: variable(text, 'the name of a bucket', '(data folder)',
    'A bucket of an S3-compatible store for the content of files, in place of the data folder.'),
  SLUIS_S3_ENDPOINT: variable(httpUrl, 'an address, such as https://s3.example.org', '(AWS)',
    'Where that store is, when it is not at AWS; it is then addressed by path.'),
  SLUIS_S3_REGION: variable(text, 'the name of a region, such as eu-west-1', 'us-east-1', 'Region of the bucket.'),
  SLUIS_S3_ACCESS_KEY_ID: variable(text, 'the id of an access key', '(environment)',
    'Access key for the bucket; without one, credentials come from the environment as the AWS SDK looks for them.'),
  SLUIS_S3_SECRET_ACCESS_KEY: variable(text, 'the secret of that key', '(environment)', 'Secret of that access key.'),
  SLUIS_S3_PREFIX: variable(text.regex(/^[\w.-]+(\/[\w.-]+)*\/$/), 'a prefix that ends in a slash, such as sluis/', 'files/',
    'What the keys of all objects in the bucket begin with.'),
  SLUIS_PULSE_KEY: variable(text.min(32), 'a secret of at least 32 characters', '(data folder)',
    'Hides who answered the pulse of a team; the same for all APIs, and nowhere in the database or its backups. Without one, servers of your own take no pulses.'),
  SLUIS_TOKEN: variable(text, 'a sign-in token', '(demo person)',
    'Who the command line acts as towards the API, where it speaks to it.'),
  SLUIS_DEMO: variable(flag, 'on or off', 'on (embedded), off (DATABASE_URL)',
    'Whether demo people are made, one per role, with a sign-in token each. Without them the first people come in by `sluis people add`, with `--token`.'),
};

export type VariableName = keyof typeof VARIABLES;
