/** Contents in a bucket of any S3-compatible store. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Settings } from '../../config';
import { type FileStore, FilesAway, Verified, reach } from './store';

/** Parts that are under way at once, of 5 MB each: what an upload takes of memory. */
const PARTS_AT_ONCE = 2;

const isMissing = (error: unknown): boolean => {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404;
};

/** @param settings where the bucket is; without keys, credentials come from the environment as the AWS SDK looks for them. */
export function openS3Store({ bucket, endpoint, region, accessKeyId, secretAccessKey, prefix, pathStyle }: S3Settings, incoming: string): FileStore {
  const client = new S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKeyId !== undefined && secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 60_000 },
    // Not every store knows the checksums that the SDK would add by itself; what is read is verified by its digest anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const at = (sha256: string) => ({ Bucket: bucket, Key: `${prefix}${sha256}` });

  async function sizeOf(sha256: string): Promise<number | undefined> {
    try {
      return (await client.send(new HeadObjectCommand(at(sha256)))).ContentLength;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    incoming,
    put: (sha256, path) => reach('a file can not be kept', async () => {
      const { size } = await stat(path);
      if (await sizeOf(sha256) === size) return;
      await new Upload({ client, params: { ...at(sha256), Body: createReadStream(path), ContentType: 'application/octet-stream' }, queueSize: PARTS_AT_ONCE }).done();
      const kept = await sizeOf(sha256);
      if (kept !== size) throw new FilesAway(`the store has ${kept ?? 'nothing'} in place of ${size} bytes`);
    }),
    open: (sha256) => reach('a file can not be read', async () => {
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand(at(sha256)));
        if (!Body || ContentLength === undefined) throw new FilesAway('the store gave no content');
        return { size: ContentLength, stream: pipeline(Body as Readable, new Verified(sha256), () => undefined) };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    }),
    remove: (sha256) => reach('a file can not be removed', async () => { await client.send(new DeleteObjectCommand(at(sha256))); }),
    check: () => reach('the bucket', async () => { await client.send(new HeadBucketCommand({ Bucket: bucket })); }),
  };
}
