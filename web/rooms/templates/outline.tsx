/** The roles of a template with what they do in it, and what it asks for when a project starts. */
import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { inLanguage, type Parameter, type Template } from '../start/template';
import type { Phase } from './content';
import classes from './simulation.module.css';

function useDefault(): (parameter: Parameter) => string {
  const { t } = useTranslation('templates');
  const { t: words } = useTranslation('versions');
  return ({ default: usual, choices }) => {
    if (usual === undefined) return t('asked-for');
    if (typeof usual === 'boolean') return usual ? words('yes') : words('no');
    return inLanguage(choices?.find(({ key }) => key === usual)?.name) || String(usual);
  };
}

export function Outline({ template }: { readonly template: Template }): React.JSX.Element {
  const { t } = useTranslation('templates');
  const usual = useDefault();
  const phases = template.phases as unknown as readonly Phase[];
  const tasks = (role: string): number => phases.reduce((sum, phase) => sum + (phase.tasks ?? []).filter(({ rasci }) => rasci.r === role).length, 0);
  const gates = (role: string): string => phases.flatMap(({ gate }) => (gate?.approval.steps.some(({ roles }) => roles.includes(role)) ? [inLanguage(gate.name)] : [])).join(', ');
  const held = ({ members, holders }: Template['roles'][number]): string =>
    (members && members.length > 0 ? members.map((each) => inLanguage(template.roles.find(({ key }) => key === each)?.name) || each).join(', ') : holders === 'one' ? t('one-person') : t('more-persons'));
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} mb="xs">{t('roles')}</Title>
        <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('roles')}>
          <Table fz="sm">
            <Table.Thead><Table.Tr><Table.Th scope="col">{t('name')}</Table.Th><Table.Th scope="col">{t('key')}</Table.Th><Table.Th scope="col">{t('held')}</Table.Th><Table.Th scope="col" ta="right">{t('tasks-of')}</Table.Th><Table.Th scope="col">{t('decides-in')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{template.roles.map((role) => (
              <Table.Tr key={role.key}><Table.Th scope="row" fw={400} miw={176} className="said">{inLanguage(role.name)}{role.key === template.managerRole && <Text span size="xs" c="dimmed"> · {t('manages')}</Text>}</Table.Th><Table.Td ff="monospace" style={{ whiteSpace: 'nowrap' }}>{role.key}</Table.Td><Table.Td className="said" miw={208}>{held(role)}</Table.Td><Table.Td ta="right">{tasks(role.key)}</Table.Td><Table.Td className="said" miw={208}>{gates(role.key)}</Table.Td></Table.Tr>
            ))}</Table.Tbody>
          </Table>
        </div>
      </section>
      <section>
        <Title order={2} mb="xs">{t('parameters')}</Title>
        {(template.parameters ?? []).length === 0 ? <Text size="sm" c="dimmed">{t('no-parameters')}</Text> : (
          <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('parameters')}>
            <Table fz="sm">
              <Table.Thead><Table.Tr><Table.Th scope="col">{t('name')}</Table.Th><Table.Th scope="col">{t('key')}</Table.Th><Table.Th scope="col">{t('type')}</Table.Th><Table.Th scope="col">{t('default')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{template.parameters?.map((each) => (
                <Table.Tr key={each.key}><Table.Th scope="row" fw={400} miw={176} className="said">{inLanguage(each.name)}</Table.Th><Table.Td ff="monospace" style={{ whiteSpace: 'nowrap' }}>{each.key}</Table.Td><Table.Td>{t(`type-${each.type}`)}</Table.Td><Table.Td className="said" miw={144}>{usual(each)}</Table.Td></Table.Tr>
              ))}</Table.Tbody>
            </Table>
          </div>
        )}
      </section>
    </Stack>
  );
}
