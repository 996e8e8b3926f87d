/** Large data on its way to the Temporal server: compressed, and the same again on the way back. */
import { randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { payloadCodec } from '../../config/payloads';

const payloadOf = (value: unknown) => defaultPayloadConverter.toPayload(value);
const encodingOf = (payload: { readonly metadata?: Record<string, Uint8Array> | null }): string => Buffer.from(payload.metadata?.['encoding'] ?? []).toString();
const LARGE = { services: Array.from({ length: 4_000 }, (_, index) => ({ name: `Dienst ${index} à Liège`, signed: true })) };

test('what is small stays as it is, and what came uncompressed is read', async () => {
  const small = [payloadOf({ a: 1 }), payloadOf('x'.repeat(100_000)), payloadOf(undefined)];
  expect(await payloadCodec.encode(small)).toEqual(small);
  expect(await payloadCodec.decode(small)).toEqual(small);
  const large = payloadOf(LARGE);
  expect(await payloadCodec.decode([large])).toEqual([large]);
  expect(await payloadCodec.decode(await payloadCodec.encode([]))).toEqual([]);
});

test('what is large is compressed and comes back as it was, also beside what is small', async () => {
  const before = [payloadOf(1), payloadOf(LARGE), payloadOf('b')];
  const sent = await payloadCodec.encode(before);
  expect(sent.map(encodingOf)).toEqual(['json/plain', 'binary/zlib', 'json/plain']);
  expect(sent[1]?.data?.length).toBeLessThan((before[1]?.data?.length ?? 0) / 10);
  expect((await payloadCodec.decode(sent)).map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([1, LARGE, 'b']);
});

test('the compressed form is that of the codec of the SDK for Go: the whole payload as a message, under zlib', async () => {
  const [sent] = await payloadCodec.encode([payloadOf(LARGE)]);
  const inside = temporal.api.common.v1.Payload.decode(inflateSync(sent?.data ?? new Uint8Array()));
  expect(encodingOf(inside)).toBe('json/plain');
  expect(defaultPayloadConverter.fromPayload(inside)).toEqual(LARGE);
});

test('what is damaged is refused, not taken for something else', async () => {
  const [sent] = await payloadCodec.encode([payloadOf(LARGE)]);
  await expect(payloadCodec.decode([{ metadata: sent?.metadata ?? {}, data: randomBytes(1_000) }])).rejects.toThrow();
});
