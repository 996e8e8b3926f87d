// An S3-compatible server on a folder: takes the folder and the name of a bucket, tells its port to whoever forked it.
import S3rver from 's3rver';

const [directory, bucket] = process.argv.slice(2);
const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: bucket }] });
const { port } = await server.run();
process.send({ port });
process.on('disconnect', () => process.exit(0));
