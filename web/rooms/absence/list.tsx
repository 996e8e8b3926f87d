/** Absences, with who stands in, for what, and how to end them. */
import { Badge, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { joined } from '../../parts/joined';
import { labelOf } from '../../parts/label';
import { ProblemAlert } from '../../parts/problem';
import { dayText, untilText } from '../../parts/when';
import classes from './absence.module.css';
import type { Delegation } from './queries';

const COLOURS = { planned: 'gray', active: 'water', ended: 'gray' } as const;

/** What is delegated, in words. */
function useScopeText(): (delegation: Delegation) => string {
  const { t } = useTranslation('absence');
  return ({ role, roleName, project, projectName, program, programName }) => {
    const parts = [role && t('as-role', { role: roleName ?? role }), project && t('in-project', { project: projectName ?? project }), program && t('in-program', { program: programName ?? program })].filter(Boolean);
    return parts.length === 0 ? t('everything') : parts.join(', ');
  };
}

interface Props {
  readonly delegations: readonly Delegation[];
  /** Whose name stands in each row: of who stands in, or of who is absent. */
  readonly names: 'delegate' | 'absent';
  readonly mayEnd: boolean;
}

export function Delegations({ delegations, names, mayEnd }: Props): React.JSX.Element {
  return <ul className={classes['list']}>{delegations.map((each) => <Row key={each.id} delegation={each} names={names} mayEnd={mayEnd} />)}</ul>;
}

function Row({ delegation, names, mayEnd }: { readonly delegation: Delegation } & Pick<Props, 'names' | 'mayEnd'>): React.JSX.Element {
  const { t } = useTranslation('absence');
  const scope = useScopeText();
  const { absent, delegate, by, status, because } = delegation;
  const ending = useCommand((id: string, header) => answerOf(api.POST('/api/v1/delegations/{delegation}/revoke', { params: { path: { delegation: id }, header }, body: {} })), [['people'], ['approvals'], ['tasks'], ['project']]);
  const end = status === 'planned' ? t('withdraw') : names === 'delegate' ? t('end-now') : t('hand-back');
  return (
    <li className={classes['row']}>
      <div className={classes['what']}>
        <Text fw={600} className="said">{t(names === 'delegate' ? 'decides-for' : 'you-decide-for', { name: names === 'delegate' ? delegate.name : absent.name })}</Text>
        <Text size="sm">{t('period', { from: dayText(delegation.from), until: untilText(delegation.until) })}</Text>
        <Text size="sm" c="dimmed" className="said">{joined([scope(delegation), by.id !== absent.id && t('set-by', { name: by.name }), because && because !== 'time' && t(`because-${because}`)])}</Text>
        {ending.error && <ProblemAlert error={ending.error} />}
      </div>
      <Badge color={COLOURS[status]} variant={status === 'active' ? 'filled' : 'light'}>{t(`status-${status}`)}</Badge>
      {mayEnd && status !== 'ended' && <Button size="sm" variant="default" loading={ending.isPending} onClick={() => ending.mutate(delegation.id)} aria-label={`${labelOf(end)} ${names === 'delegate' ? delegate.name : absent.name}`}>{end}</Button>}
    </li>
  );
}
