/** The handover document of a service, on a terminal and as the file whose digest stands in the record. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { isLanguage, LANGUAGES } from '../client/language';
import { print, printJson } from '../terminal/print';
import { refuseToReplace, save } from '../terminal/save';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { UsageError } from '../terminal/usage-error';
import { servicePath } from './ref';

export interface DocumentOptions extends ApiOptions {
  /** The language of the document; that of the terminal when not given. */
  readonly lang?: string;
  /** Where the PDF is saved; left out: the document is shown. */
  readonly pdf?: string;
}

/** Shows the handover document of a service, or saves its PDF and compares that with the record. @throws UsageError, ApiProblem, and Error when the file is not the one of the record */
export async function runDocument(config: Config, named: string, { lang, pdf, ...options }: DocumentOptions): Promise<void> {
  if (lang !== undefined && !isLanguage(lang)) throw new UsageError(`--lang takes ${LANGUAGES.join(', ')}, not ${JSON.stringify(lang)}.`);
  if (pdf !== undefined) refuseToReplace(pdf);
  const path = servicePath(named);
  const api = connect(config, options, lang);
  const document = await api.get(`${path}/document`);
  const { language, content, sealed } = document;
  if (pdf !== undefined) {
    const kept = sealed.find((each) => each.language === language);
    const saved = await save(await api.download(`${path}/document.pdf`), pdf, kept?.sha256);
    if (options.json) printJson({ file: pdf, language, ...saved, sealed: kept !== undefined });
    else print(`${style.green('saved')}  ${pdf}  sha256 ${saved.sha256}, ${kept ? 'as it stands in the record' : 'not sealed yet'}`);
    return;
  }
  if (options.json) {
    printJson(document);
    return;
  }
  const facts = (of: typeof content.facts): void => { for (const { term, value } of of) print(`${term}: ${value}`); };
  print(`${style.bold(content.title)}  ${content.state}`);
  facts(content.facts);
  for (const { title, facts: own, texts, table } of content.sections) {
    print('');
    print(style.bold(title));
    facts(own);
    for (const text of texts) print(text);
    if (table) print(textTable(table.head, table.rows));
  }
  print('');
  print(content.footer);
  for (const each of sealed) print(`${each.language}  sha256 ${each.sha256}`);
}
