/** One field of evidence, by its type. */
import { ActionIcon, Button, Checkbox, Group, Input, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../date-field';
import { labelOf, listOf } from '../label';
import { NumberField } from '../number-field';
import { FileDrop } from './file-drop';
import { type Cell, type Column, type Document, type Field, isDocument, isTable, type Row, type Value } from './values';

interface Props {
  readonly project: string;
  readonly field: Field;
  readonly value: Value | undefined;
  readonly change: (value: Value | undefined) => void;
  /** By pointer below the field; `''` is the field itself. */
  readonly errors: ReadonlyMap<string, string>;
}

function DocumentField({ project, label, required, value, change, error }: {
  readonly project: string; readonly label: string; readonly required: boolean; readonly value: Document | undefined; readonly change: (value: Document | undefined) => void; readonly error: string | undefined;
}): React.JSX.Element {
  const { t } = useTranslation('task');
  const set = (more: Partial<Document>): void => change({ name: '', ...value, ...more });
  return (
    <Input.Wrapper component="fieldset" label={label} labelElement="div" required={required} error={error} style={{ border: 0, margin: 0, padding: 0 }}>
      {value?.sha256 === undefined ? (
        <Stack gap="xs" mt={4}>
          <FileDrop project={project} label={label} done={({ name, sha256 }) => change({ name, sha256 })} />
          <Group gap="xs" grow wrap="wrap" preventGrowOverflow={false}>
            <TextInput aria-label={`${labelOf(label)} ${t('document-name')}`} placeholder={t('document-name')} value={value?.name ?? ''} onChange={(event) => set({ name: event.currentTarget.value })} />
            <TextInput type="url" aria-label={`${labelOf(label)} ${t('document-link')}`} placeholder={t('document-link')} value={value?.url ?? ''} onChange={(event) => set({ url: event.currentTarget.value })} />
          </Group>
        </Stack>
      ) : (
        <Group gap="xs" mt={4}>
          <Text size="sm" className="said">{value.name}</Text>
          <Button size="compact-sm" variant="subtle" onClick={() => change(undefined)}>{t('another-file')}</Button>
        </Group>
      )}
    </Input.Wrapper>
  );
}

function CellField({ project, field, value, change, error, row }: {
  readonly project: string; readonly field: Field | Column; readonly value: Cell | undefined; readonly change: (value: Cell | undefined) => void; readonly error: string | undefined;
  /** Of a table: its name stands above, and it is called by its row, the first is 1. */
  readonly row?: number;
}): React.JSX.Element {
  const { t } = useTranslation('task');
  const bare = row !== undefined;
  const label = bare ? undefined : field.name;
  const called = bare ? t('cell', { column: field.name, row }) : undefined;
  const shared = { label, 'aria-label': called, required: field.required, error, withAsterisk: field.required && !bare };
  const text = typeof value === 'string' ? value : '';
  switch (field.type) {
    case 'document': return <DocumentField project={project} label={called ?? field.name} required={field.required} value={isDocument(value) ? value : undefined} change={change} error={error} />;
    case 'text': return <Textarea {...shared} autosize minRows={bare ? 1 : 2} maxRows={12} value={text} onChange={(event) => change(event.currentTarget.value)} />;
    case 'link': return <TextInput {...shared} type="url" inputMode="url" placeholder="https://…" value={text} onChange={(event) => change(event.currentTarget.value)} />;
    case 'date': return <DateField {...shared} w="fit-content" value={text} onChange={(event) => change(event.currentTarget.value)} />;
    case 'number':
      return <NumberField {...shared} maw={220} min={field.min} max={field.max} value={typeof value === 'number' ? value : undefined} onChange={change} />;
    case 'choice':
      return <Select {...shared} maw={420} data={(field.choices ?? []).map(({ key, name }) => ({ value: key, label: name }))} value={text === '' ? null : text} onChange={(next) => change(next ?? undefined)} comboboxProps={{ withinPortal: true }} />;
    case 'checkbox':
      return <Checkbox label={bare ? undefined : field.name} aria-label={called} error={error} checked={value === true} onChange={(event) => change(event.currentTarget.checked)} />;
    default: return <Text>{field.name}</Text>;
  }
}

function TableField({ project, field, value, change, errors }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const rows = isTable(value) ? value.rows : [];
  const columns = field.columns ?? [];
  const faulty = rows.flatMap((_, place) => columns.filter(({ key }) => errors.has(`/rows/${place}/${key}`)).map(({ name }) => t('cell', { column: name, row: place + 1 })));
  const set = (place: number, key: string, cell: Cell | undefined): void => change({ rows: rows.map((row, index) => (index === place ? { ...row, [key]: cell ?? '' } : row) as Row) });
  return (
    <Input.Wrapper component="fieldset" label={field.name} labelElement="div" required={field.required} error={errors.get('') ?? (faulty.length > 0 ? t('cells-wrong', { cells: listOf(faulty) }) : undefined)} style={{ border: 0, margin: 0, padding: 0 }}>
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={Math.min(720, columns.length * 160)}>
          <Table verticalSpacing={4} horizontalSpacing={6}>
            <Table.Thead><Table.Tr>{columns.map(({ key, name }) => <Table.Th key={key}>{name}</Table.Th>)}<Table.Th aria-label={t('remove-row')} /></Table.Tr></Table.Thead>
            <Table.Tbody>
              {rows.map((row, place) => (
                // Rows have no names: they are what stands in them, at their place.
                // oxlint-disable-next-line react/no-array-index-key
                <Table.Tr key={place}>
                  {columns.map((column) => (
                    <Table.Td key={column.key} valign="top"><CellField row={place + 1} project={project} field={column} value={row[column.key]} change={(cell) => set(place, column.key, cell)} error={errors.get(`/rows/${place}/${column.key}`)} /></Table.Td>
                  ))}
                  <Table.Td valign="top"><ActionIcon variant="subtle" size={30} aria-label={t('remove-row')} onClick={() => change({ rows: rows.filter((_, index) => index !== place) })}><IconX size={16} aria-hidden /></ActionIcon></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Button mt={4} size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={field.maxRows !== undefined && rows.length >= field.maxRows} onClick={() => change({ rows: [...rows, {}] })}>{t('add-row')}</Button>
    </Input.Wrapper>
  );
}

export function EvidenceField(props: Props): React.JSX.Element {
  const { project, field, value, change, errors } = props;
  if (field.type === 'table') return <TableField {...props} />;
  return <CellField project={project} field={field} value={isTable(value) ? undefined : value} change={change} error={errors.get('')} />;
}
