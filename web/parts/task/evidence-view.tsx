/** What a task delivered, to look at. */
import { Anchor, Box, Group, Image, Stack, Table, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LOCALES, language } from '../../app/i18n';
import { sizeText } from '../size';
import { dayText } from '../when';
import { FilePreview } from './file-preview';
import { type Field, isTable, type Column, type Shown, type Task } from './values';
import classes from './task.module.css';

type ShownCell = Exclude<Shown, { rows: unknown }>;

const IMAGES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

function DocumentCell({ value }: { readonly value: Extract<ShownCell, object> }): React.JSX.Element {
  const { t } = useTranslation('task');
  const name = value.name ?? t('erased');
  const { file } = value;
  if (file) {
    return (
      <Stack gap={4} align="flex-start">
        <Anchor href={file.href} download className="said">{name}</Anchor>
        <Group gap="xs"><Text size="xs" c="dimmed">{file.type} · {sizeText(file.size)}</Text><FilePreview href={file.href} name={name} type={file.type} size={file.size} /></Group>
        {IMAGES.has(file.type) && <a href={file.href} download aria-label={name}><Image src={file.href} alt={name} className={classes['preview']} loading="lazy" /></a>}
      </Stack>
    );
  }
  return value.url ? <Anchor href={value.url} target="_blank" rel="noreferrer noopener" className="said">{name}</Anchor> : <Text component="span" className="said">{name}</Text>;
}

/** A value of evidence. @param field says of which type it is; a value of a field that is not known any more is shown as it is. */
export function EvidenceValue({ field, value }: { readonly field: Field | Column | undefined; readonly value: Shown | undefined }): React.JSX.Element {
  const { t } = useTranslation('task');
  if (value === undefined) return <Text component="span" c="dimmed">–</Text>;
  if (value === null) return <Text component="span" c="dimmed">{t('erased')}</Text>;
  if (isTable(value)) return <RowsView columns={(field && 'columns' in field && field.columns) || []} rows={value.rows as unknown as Readonly<Record<string, ShownCell>>[]} />;
  if (typeof value === 'object') return <DocumentCell value={value as Extract<ShownCell, object>} />;
  if (typeof value === 'boolean') return value ? <span><IconCheck size={16} aria-hidden /> {t('yes')}</span> : <span><IconX size={16} aria-hidden /> {t('no')}</span>;
  if (typeof value === 'number') return <span>{new Intl.NumberFormat(LOCALES[language()]).format(value)}</span>;
  if (field?.type === 'date' && !Number.isNaN(Date.parse(value))) return <time dateTime={value}>{dayText(value)}</time>;
  if (field?.type === 'link') return <Anchor href={value} target="_blank" rel="noreferrer noopener" className="said">{value}</Anchor>;
  return <span className="said">{field?.choices?.find(({ key }) => key === value)?.name ?? value}</span>;
}

function RowsView({ columns, rows }: { readonly columns: readonly Column[]; readonly rows: readonly Readonly<Record<string, ShownCell>>[] }): React.JSX.Element {
  return (
    <Table.ScrollContainer minWidth={Math.min(640, columns.length * 120)}>
      <Table withTableBorder verticalSpacing={4}>
        <Table.Thead><Table.Tr>{columns.map(({ key, name }) => <Table.Th key={key}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
        {/* oxlint-disable-next-line react/no-array-index-key -- rows are what stands in them, at their place */}
        <Table.Tbody>{rows.map((row, place) => <Table.Tr key={place}>{columns.map((column) => <Table.Td key={column.key}><EvidenceValue field={column} value={row[column.key]} /></Table.Td>)}</Table.Tr>)}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** All that a task delivered; what of it is optional and missing is left out. */
export function EvidenceView({ task }: { readonly task: Pick<Task, 'fields' | 'evidence'> }): React.JSX.Element | null {
  const { fields, evidence } = task;
  const given = fields.filter(({ key }) => evidence !== null && key in evidence);
  const former = Object.keys(evidence ?? {}).filter((key) => !fields.some((field) => field.key === key));
  if (given.length === 0 && former.length === 0) return null;
  return (
    <Box component="dl" className={classes['evidence']}>
      {given.map((field) => <div key={field.key}><dt>{field.name}</dt><dd><EvidenceValue field={field} value={evidence?.[field.key]} /></dd></div>)}
      {former.map((key) => <div key={key}><dt>{key}</dt><dd><EvidenceValue field={undefined} value={evidence?.[key]} /></dd></div>)}
    </Box>
  );
}
