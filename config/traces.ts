/**
 * Importing this has stack traces tell lines of the sources, for what the build made. Node can do that by itself (`--enable-source-maps`), but reads the map of every
 * module as it loads it, those of packages as well, and keeps them: 11 MB of the API's memory, and an eighth of the time that it takes to load. Here a map is read when
 * a trace leads through its file.
 */
import { readFileSync, statSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve, sep } from 'node:path';

const BUILD = dirname(__dirname) + sep;
/** A map that was made later is that of another build than the one which runs. */
const SINCE = Date.now();

/** A place in a trace, which says of itself how V8 would write it. */
interface Site extends NodeJS.CallSite {
  toString(): string;
}

const maps = new Map<string, SourceMap | undefined>();

function read(file: string): SourceMap | undefined {
  try {
    return statSync(file).mtimeMs > SINCE ? undefined : new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

/** How a place is written; a file of the build is named by its source. */
function placed(site: Site): string {
  const told = site.toString();
  const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  if (!file?.startsWith(BUILD) || line === null || column === null) return told;
  if (!maps.has(file)) maps.set(file, read(`${file}.map`));
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry)) return told;
  return told.replace(`${file}:${line}:${column}`, () => `${resolve(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
}

/** As Node begins a trace, whatever the error itself takes for a text: its own errors have their code with their name. One may fail to say what it is. */
function nameOf(error: Error & { readonly code?: unknown }): string {
  try {
    const { name, message, code } = error;
    return typeof code === 'string' && code.startsWith('ERR_') ? `${name} [${code}]: ${message}` : Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

Error.prepareStackTrace = (error, sites) => [nameOf(error), ...sites.map((site) => `    at ${placed(site)}`)].join('\n');
