/** A file, looked at without leaving the page: pictures, PDF by the browser's own viewer, text as text. */
import { Button, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { labelOf } from '../label';
import { sizeText } from '../size';
import classes from './task.module.css';

interface Props {
  readonly href: string;
  readonly name: string;
  /** Media type, which the product judged by the content. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

const TEXTS = new Set(['text/plain', 'text/csv', 'text/markdown', 'application/json', 'application/yaml']);
/** Of a text, so much is shown; the rest is in the file. */
const TEXT_BYTES = 64_000;
/** What is larger is for the disk, not for a page. */
const PDF_BYTES = 30_000_000;

const kindOf = ({ type, size }: Props): 'pdf' | 'text' | undefined =>
  (TEXTS.has(type) ? 'text' : type === 'application/pdf' && navigator.pdfViewerEnabled && size <= PDF_BYTES ? 'pdf' : undefined);

/** The bytes of a PDF, or the beginning of a text. */
async function contentOf(href: string, kind: 'pdf' | 'text', signal: AbortSignal): Promise<Blob | string> {
  const response = await fetch(href, { signal });
  if (!response.ok) throw new Error(String(response.status));
  const blob = await response.blob();
  return kind === 'pdf' ? blob : blob.slice(0, TEXT_BYTES).text();
}

/** The product gives files as attachments, never to be opened in its name; the viewer gets the bytes, declared as what they are. */
function Pdf({ blob, name }: { readonly blob: Blob; readonly name: string }): React.JSX.Element | null {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blob], { type: 'application/pdf' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url === undefined ? null : <iframe src={url} title={name} className={classes['pdf']} />;
}

function PlainText({ text, size }: { readonly text: string; readonly size: number }): React.JSX.Element {
  const { t } = useTranslation('task');
  return (
    <>
      <pre className={classes['text']} tabIndex={0}>{text}</pre>
      {size > TEXT_BYTES && <Text size="sm" c="dimmed">{t('first-part', { part: sizeText(TEXT_BYTES), whole: sizeText(size) })}</Text>}
    </>
  );
}

function Content({ href, name, size, kind }: Props & { readonly kind: 'pdf' | 'text' }): React.JSX.Element {
  const { t } = useTranslation('task');
  const { data, error } = useQuery({ queryKey: ['file', href], queryFn: ({ signal }) => contentOf(href, kind, signal), staleTime: Infinity, gcTime: 60_000 });
  if (error) return <Text size="sm" c="var(--off-course)" role="alert">{t('not-shown')}</Text>;
  if (data === undefined) return <Structure />;
  return typeof data === 'string' ? <PlainText text={data} size={size} /> : <Pdf blob={data} name={name} />;
}

/** Offers to look at a file here; nothing for types that no browser shows. */
export function FilePreview(props: Props): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const [isOpen, setIsOpen] = useState(false);
  const kind = kindOf(props);
  if (kind === undefined) return null;
  return (
    <>
      <Button variant="subtle" size="compact-sm" className="no-print" onClick={() => setIsOpen(true)} aria-label={`${labelOf(t('look'))} ${props.name}`}>{t('look')}</Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={<span className="said">{props.name}</span>} size="min(1000px, 96vw)" closeButtonProps={{ 'aria-label': t('close') }}>
        <Content {...props} kind={kind} />
      </Modal>
    </>
  );
}
