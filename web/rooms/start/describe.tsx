/** Step 2: the name, what the template asks, what it works on. */
import { Code, Button, Group, List, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TextFileButton } from '../../parts/text-file';
import type { StepProps } from './step';
import { ParameterField } from './parameter';
import { inLanguage } from './template';

const SHOWN = 5;

function Inventory({ template, draft, set, parsed, errors }: StepProps): React.JSX.Element {
  const { t } = useTranslation('start');
  const kinds = template.inventory ?? [];
  const columns = ['id', ...(kinds.length > 1 ? ['kind'] : []), 'name', ...new Set(kinds.flatMap(({ attributes }) => attributes.map(({ key }) => key)))];
  const wrong = [...errors].filter(([pointer]) => pointer.startsWith('/inventory'));
  const lineOf = (pointer: string): number | undefined => parsed.lines[Number(pointer.split('/')[2])];
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('inventory')}</Title>
      <Text size="sm" c="dimmed" className="reading">{t('inventory-text', { kinds: kinds.map(({ name }) => inLanguage(name)).join(', ') })} <Code>{columns.join(';')}</Code></Text>
      <Textarea label={t('items')} autosize minRows={4} maxRows={12} value={draft.inventory} onChange={(event) => set({ inventory: event.currentTarget.value })} spellCheck={false} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} />
      <Group gap="sm">
        <TextFileButton accept=".csv,.txt,text/csv" take={(inventory) => set({ inventory })}>
          {(props) => <Button variant="default" size="xs" {...props}>{t('from-file')}</Button>}
        </TextFileButton>
        <Text size="sm" c="dimmed" role="status">{t('items-read', { count: parsed.items.length })}</Text>
      </Group>
      {parsed.items.length > 0 && <Text size="sm" c="dimmed" className="said">{parsed.items.slice(0, SHOWN).map(({ name }) => name).join(', ')}{parsed.items.length > SHOWN && ' …'}</Text>}
      {(parsed.problems.length > 0 || wrong.length > 0) && (
        <List size="sm" c="var(--off-course)" role="alert">
          {parsed.problems.map((each) => <List.Item key={`${each.line} ${each.code} ${each.what}`}>{t(each.code, { line: each.line, what: each.what })}</List.Item>)}
          {wrong.map(([pointer, detail]) => <List.Item key={pointer}>{lineOf(pointer) === undefined ? detail : t('at-line', { line: lineOf(pointer), detail })}</List.Item>)}
        </List>
      )}
    </Stack>
  );
}

export function Describe(props: StepProps): React.JSX.Element {
  const { t } = useTranslation('start');
  const { template, draft, set, errors } = props;
  const parameters = template.parameters ?? [];
  return (
    <Stack gap="xl" maw={720}>
      <TextInput label={t('name')} description={t('name-text')} required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} error={errors.get('/name')} data-autofocus />
      {parameters.length > 0 && (
        <Stack component="section" gap="md">
          <Title order={2}>{t('parameters')}</Title>
          {parameters.map((each) => (
            <ParameterField key={each.key} parameter={each} value={draft.parameters[each.key] ?? each.default} error={errors.get(`/parameters/${each.key}`)}
              set={(value) => set({ parameters: { ...draft.parameters, [each.key]: value } })} />
          ))}
        </Stack>
      )}
      {(template.inventory ?? []).length > 0 && <Inventory {...props} />}
    </Stack>
  );
}
