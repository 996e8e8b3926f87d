/** The handover document as a PDF: the same content is the same bytes. Fonts are embedded, and nothing is read from anywhere else. */
import { dirname, join } from 'node:path';
import type pdfmake from 'pdfmake';
import type { Instant } from '../../../domain/process';
import type { Language } from '../../http/language';
import { DOCUMENT } from '../../texts/document';
import type { DocumentContent } from './content';

const FOLDER = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto');
const font = (name: string): string => join(FOLDER, `Roboto-${name}.ttf`);
let loaded: Promise<typeof pdfmake> | undefined;

async function load(): Promise<typeof pdfmake> {
  const { default: maker } = await import('pdfmake');
  maker.setFonts({ Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } });
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy((path) => dirname(path) === FOLDER);
  return maker;
}

type Section = DocumentContent['sections'][number];
const LINE = '#cfd6dd';
const layout = { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => LINE, paddingLeft: () => 0, paddingRight: () => 8, paddingTop: () => 3, paddingBottom: () => 3 };
/** Long words such as digests are broken, so that no table is wider than its page. */
const broken = (text: string): string => text.replace(/\S{32}/g, (part) => `${part}\u200b`);

const factsOf = (facts: DocumentContent['facts']): object[] => (facts.length === 0 ? [] : [{
  layout: 'noBorders', table: { widths: [130, '*'], body: facts.map(({ term, value }) => [{ text: term, color: '#51606e' }, broken(value)]) }, margin: [0, 4, 0, 4],
}]);

/** Dates, states and names of one person stay on a line; what is told at length does not. */
const ON_A_LINE = 18;
const cellOf = (text: string, column: number, row: readonly string[]): object => ({ text: broken(text), noWrap: column > 0 && column < row.length - 1 && text.length <= ON_A_LINE });

/** So much stays together on a page, with its title; a longer table goes on on the next. */
const TOGETHER = { rows: 8, characters: 900 };
const isShort = ({ texts, table }: Section): boolean => {
  const rows = table?.rows ?? [];
  return rows.length <= TOGETHER.rows && [...texts, ...rows.flat()].join('').length <= TOGETHER.characters;
};

function sectionOf(section: Section): object {
  const { title, facts, texts, table } = section;
  return { unbreakable: isShort(section), stack: [
    { text: title, style: 'section' }, ...factsOf(facts), ...texts.map((text) => ({ text: broken(text), margin: [0, 2, 0, 2] })),
    ...(table ? [{
      layout, table: {
        headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths: table.head.map((_, index) => (index === 0 ? '*' : index === table.head.length - 1 ? '*' : 'auto')),
        body: [table.head.map((text) => ({ text, bold: true })), ...table.rows.map((row) => row.map((text, column) => cellOf(text, column, row)))],
      },
    }] : []),
  ] };
}

/** @param at when the last of its facts became one: it stands in the file, in place of the moment at which it is made. */
export async function toPdf(content: DocumentContent, language: Language, at: Instant): Promise<Buffer> {
  const words = DOCUMENT[language];
  // It takes 5 MB, and is loaded with the first document; one that could not be loaded, again with the next.
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return (await loaded).createPdf({
    pageSize: 'A4', pageMargins: [48, 48, 48, 56], language, displayTitle: true,
    info: { title: content.title, creator: 'Sluis', producer: 'Sluis', creationDate: new Date(at) },
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.15 }, styles: { title: { fontSize: 18, bold: true }, section: { fontSize: 12, bold: true, margin: [0, 16, 0, 4] } },
    footer: (page: number, pages: number) => ({ columns: [{ width: '*', text: broken(content.footer), color: '#51606e' }, { text: words.page.replace('{page}', String(page)).replace('{pages}', String(pages)), width: 'auto', color: '#51606e' }], fontSize: 8, margin: [48, 16, 48, 0] }),
    content: [{ text: content.title, style: 'title' }, { text: content.state, margin: [0, 4, 0, 8] }, ...factsOf(content.facts), ...content.sections.map(sectionOf)],
  }).getBuffer();
}
