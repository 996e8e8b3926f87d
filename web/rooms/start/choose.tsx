/** Step 1: which lifecycle. */
import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../parts/empty';
import classes from './start.module.css';
import { templatesQuery } from './template';

interface Props {
  readonly chosen: string | undefined;
  readonly choose: (template: string, version: string) => void;
}

export function Choose({ chosen, choose }: Props): React.JSX.Element {
  const { t } = useTranslation('start');
  const { data: templates } = useSuspenseQuery(templatesQuery());
  const [typed, setTyped] = useState('');
  const words = typed.trim().toLowerCase();
  const current = templates.filter(({ versions }) => versions.some(({ deprecatedAt }) => deprecatedAt === null));
  const found = current.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(words));
  if (current.length === 0) return <Empty title={t('no-templates')}>{t('no-templates-text')}</Empty>;
  return (
    <Stack gap="md">
      {current.length > 6 && <TextInput aria-label={t('find-template')} placeholder={t('find-template')} maw={320} leftSection={<IconSearch size={16} aria-hidden />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />}
      <Radio.Group aria-label={t('step-template')} value={chosen ?? null} onChange={(key) => {
        const template = current.find((each) => each.key === key);
        const version = template?.versions.find(({ deprecatedAt }) => deprecatedAt === null)?.version;
        if (template && version !== undefined) choose(template.key, version);
      }}>
        <div className={classes['templates']}>
          {found.map((each) => (
            <Radio.Card key={each.key} value={each.key} className={classes['template']} aria-labelledby={`template-${each.key}`}>
              <Radio.Indicator />
              <div>
                <Text fw={600} id={`template-${each.key}`} className="said">{each.name}</Text>
                <Text size="sm" c="dimmed" lineClamp={2} className="said">{each.description}</Text>
              </div>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {found.length === 0 && <Text c="dimmed">{t('none-found')}</Text>}
    </Stack>
  );
}
