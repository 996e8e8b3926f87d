/**
 * Stack traces that tell lines of the sources, for what the build made. Node can do that by itself (`--enable-source-maps`), but reads the map of every module as it
 * loads it, those of packages as well, and keeps them: 11 MB of the API's memory, and an eighth of the time that it takes to load. Here a map is read when a trace
 * leads through its file.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve, sep } from 'node:path';

const BUILD = dirname(__dirname);

/** A place in a trace, which says of itself how V8 would write it. */
interface Site extends NodeJS.CallSite {
  toString(): string;
}

/** How a place is written; a file of the build is named by its source. */
type Placed = (site: Site) => string;

function placedIn(folder: string): Placed {
  const maps = new Map<string, SourceMap | undefined>();
  const read = (file: string): SourceMap | undefined => {
    try {
      return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
    } catch {
      return undefined;
    }
  };
  return (site) => {
    const told = site.toString();
    const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
    if (!file?.startsWith(folder + sep) || line === null || column === null) return told;
    if (!maps.has(file)) maps.set(file, read(file));
    const entry = maps.get(file)?.findEntry(line - 1, column - 1);
    if (!entry || !('originalSource' in entry)) return told;
    return told.replace(`${file}:${line}:${column}`, () => `${resolve(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
  };
}

/** As V8 begins a trace, whatever the error itself takes for a text; one may fail to say what it is. */
function nameOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

/** From now on, in this process. @param folder where the build is. */
export function traceToSources(folder = BUILD): void {
  const placed = placedIn(folder);
  Error.prepareStackTrace = (error, sites) => [nameOf(error), ...sites.map((site) => `    at ${placed(site)}`)].join('\n');
}
