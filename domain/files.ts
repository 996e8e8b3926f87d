/** Files as evidence: which types are taken, by what their names end, and how their content is told. */

/** How content shows that it is of a type; `store/files/content.ts` looks. */
export type ContentRule =
  /** Bytes in hex at the beginning; `..` stands for any byte. One of these. */
  | { readonly kind: 'magic'; readonly begins: readonly string[] }
  /** A ZIP archive that holds all of these entries. */
  | { readonly kind: 'zip'; readonly entries: readonly string[] }
  /** A ZIP archive that says of itself, first of all, that it is of this type. */
  | { readonly kind: 'open-document' }
  /** UTF-8 without control characters that does not begin as a page or a drawing would; with `begins`, by one of these characters. */
  | { readonly kind: 'text'; readonly begins?: string };

export interface FileType {
  readonly type: string;
  /** Lower case, with the dot; the first is the usual one. */
  readonly extensions: readonly string[];
  readonly content: ContentRule;
}

const magic = (type: string, extensions: readonly string[], ...begins: string[]): FileType => ({ type, extensions, content: { kind: 'magic', begins } });
const office = (type: string, extension: string, main: string): FileType =>
  ({ type: `application/vnd.${type}`, extensions: [extension], content: { kind: 'zip', entries: ['[Content_Types].xml', main] } });
const openDocument = (type: string, extension: string): FileType =>
  ({ type: `application/vnd.oasis.opendocument.${type}`, extensions: [extension], content: { kind: 'open-document' } });
const text = (type: string, extensions: readonly string[], begins?: string): FileType =>
  ({ type, extensions, content: { kind: 'text', ...(begins !== undefined && { begins }) } });

/**
 * The types that are taken. What a browser or a desktop would execute is not among them: HTML, SVG, XML, scripts, programs, documents with
 * macros, and the old binary office formats, whose macros can't be told from outside.
 */
export const FILE_TYPES: readonly FileType[] = [
  magic('application/pdf', ['.pdf'], '255044462d'),
  magic('image/png', ['.png'], '89504e470d0a1a0a'),
  magic('image/jpeg', ['.jpg', '.jpeg'], 'ffd8ff'),
  magic('image/gif', ['.gif'], '474946383761', '474946383961'),
  magic('image/webp', ['.webp'], '52494646........57454250'),
  magic('image/tiff', ['.tif', '.tiff'], '49492a00', '4d4d002a'),
  office('openxmlformats-officedocument.wordprocessingml.document', '.docx', 'word/document.xml'),
  office('openxmlformats-officedocument.spreadsheetml.sheet', '.xlsx', 'xl/workbook.xml'),
  office('openxmlformats-officedocument.presentationml.presentation', '.pptx', 'ppt/presentation.xml'),
  office('ms-visio.drawing', '.vsdx', 'visio/document.xml'),
  openDocument('text', '.odt'),
  openDocument('spreadsheet', '.ods'),
  openDocument('presentation', '.odp'),
  openDocument('graphics', '.odg'),
  { type: 'application/zip', extensions: ['.zip'], content: { kind: 'zip', entries: [] } },
  text('text/plain', ['.txt', '.log']),
  text('text/csv', ['.csv']),
  text('text/markdown', ['.md']),
  text('application/json', ['.json'], '{["-0123456789tfn'),
  text('application/yaml', ['.yaml', '.yml']),
];

/** The end of a name from its last dot, in lower case; empty when there is none. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at).toLowerCase();
}

/** A type that is taken, by its media type without parameters; undefined for any other. */
export function findFileType(type: string): FileType | undefined {
  return FILE_TYPES.find((each) => each.type === type.toLowerCase());
}

/** The type that a file of this name is of, by its extension. */
export function typeForName(name: string): FileType | undefined {
  const extension = extensionOf(name);
  return FILE_TYPES.find((each) => each.extensions.includes(extension));
}
