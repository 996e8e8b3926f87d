import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of the product, of its package.json: one folder up from the sources, two from the build. */
export const VERSION: string = (() => {
  const file = ['..', '../..'].map((up) => join(__dirname, up, 'package.json')).find((each) => existsSync(each));
  if (file === undefined) throw new Error('package.json is missing');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
})();
