/** A file, looked at without leaving the page: pictures, PDF by the browser's own viewer, text as text. */
import { Button, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
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

async function contentOf(href: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(href, { signal });
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
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

function PlainText({ blob }: { readonly blob: Blob }): React.JSX.Element {
  const { t } = useTranslation('task');
  const { data } = useQuery({ queryKey: ['text', blob.size, blob], queryFn: () => blob.slice(0, TEXT_BYTES).text(), gcTime: 0 });
  return (
    <>
      <pre className={classes['text']} tabIndex={0}>{data}</pre>
      {blob.size > TEXT_BYTES && <Text size="sm" c="dimmed">{t('first-part', { part: sizeText(TEXT_BYTES), whole: sizeText(blob.size) })}</Text>}
    </>
  );
}

function Content(props: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const content = useQuery({ queryKey: ['file', props.href], queryFn: ({ signal }) => contentOf(props.href, signal), staleTime: Infinity, gcTime: 60_000 });
  if (content.error) return <Text size="sm" c="var(--off-course)" role="alert">{t('not-shown')}</Text>;
  if (!content.data) return <Structure />;
  return kindOf(props) === 'pdf' ? <Pdf blob={content.data} name={props.name} /> : <PlainText blob={content.data} />;
}

/** Offers to look at a file here; nothing for types that no browser shows. */
export function FilePreview(props: Props): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const [isOpen, setIsOpen] = useState(false);
  if (kindOf(props) === undefined) return null;
  return (
    <>
      <Button variant="subtle" size="compact-sm" className="no-print" onClick={() => setIsOpen(true)} aria-label={`${t('look')}: ${props.name}`}>{t('look')}</Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={<span className="said">{props.name}</span>} size="min(1000px, 96vw)" closeButtonProps={{ 'aria-label': t('close') }}>
        <Content {...props} />
      </Modal>
    </>
  );
}
