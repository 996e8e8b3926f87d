/**
 * How large data travels to the Temporal server, which takes at most 2 MiB in one piece: compressed. It is done outside the workflows, which know nothing of it, so that replays
 * compute what they did; what came uncompressed is read as before. The form is that of the codec `zlib` of Temporal's SDK for Go: its codec server reads it, too.
 */
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

const { Payload: Message } = temporal.api.common.v1;
const compress = promisify(deflate);
const expand = promisify(inflate);

const ENCODING = 'binary/zlib';
/** Smaller ones stay as they are: nearly all, so that people read them in Temporal's own pages. */
const LARGE = 128 * 1024;

async function pack(payload: Payload): Promise<Payload> {
  if ((payload.data?.length ?? 0) < LARGE) return payload;
  return { metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING) }, data: await compress(Message.encode(payload).finish()) };
}

async function unpack(payload: Payload): Promise<Payload> {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  if (!encoding || Buffer.from(encoding).toString() !== ENCODING) return payload;
  return Message.decode(await expand(payload.data ?? new Uint8Array()));
}

export const payloadCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(pack)),
  decode: (payloads) => Promise.all(payloads.map(unpack)),
};

/** For each client, worker and replay. */
export const dataConverter: DataConverter = { payloadCodecs: [payloadCodec] };
