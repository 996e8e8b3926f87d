/** What the proof found, in words, with the way there in the drawing, step by step. */
import { Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { sayFinding, sayMove, type Move, type NameOf } from '../../parts/proof/words';
import { Waterway, type Reach } from '../../parts/waterway';
import { reachesFor, type Template } from '../start/template';
import { namesOf } from './names';
import classes from './proof.module.css';

type Finding = Schema<'Finding'>;
type Standing = Schema<'PhaseStanding'>;

/** One picture of the way: what happened, and how the phases stand then. */
interface Step {
  readonly move: Move;
  readonly standing: readonly Standing[] | undefined;
}

/** The steps of a way; it begins with the start, whether or not anything was chosen then. */
export function stepsOf({ trace, standings = [] }: Pick<Finding, 'trace' | 'standings'>): Step[] {
  if (trace.length === 0 && standings.length === 0) return [];
  const all: readonly Move[] = trace.length < standings.length ? [{ kind: 'start' }, ...trace] : trace;
  return all.map((move, at) => ({ move, standing: standings[at] }));
}

function reachesAt(template: Template, standing: readonly Standing[] | undefined, noted: string | undefined, note: string): Reach[] {
  return reachesFor(template).map((reach) => {
    const at = standing?.find(({ phase }) => phase === reach.key);
    return { ...reach, ...(at && { status: at.status, done: at.done, open: at.open, gate: reach.gate && { ...reach.gate, status: at.gate } }), ...(reach.key === noted && { note }) };
  });
}

/** The phase that a finding is about. */
const placeOf = ({ subject }: Finding, template: Template): string | undefined =>
  subject['phase'] ?? template.phases.find(({ gate }) => gate !== undefined && gate.key === subject['gate'])?.key;

function Way({ finding, template, nameOf }: { readonly finding: Finding; readonly template: Template; readonly nameOf: NameOf }): React.JSX.Element {
  const { t } = useTranslation('proof');
  const steps = stepsOf(finding);
  const [at, setAt] = useState(Math.max(steps.length - 1, 0));
  const isLast = at >= steps.length - 1;
  return (
    <Stack gap="sm">
      <Waterway reaches={reachesAt(template, steps[at]?.standing, isLast ? placeOf(finding, template) : undefined, t('note'))} />
      {steps.length === 0 ? <Text size="sm" c="dimmed">{finding.confirmed ? t('no-way') : t('no-way-partly')}</Text> : (
        <>
          <Group gap="sm">
            <Title order={3}>{t('way')}</Title>
            <Button size="xs" variant="default" disabled={at === 0} leftSection={<IconChevronLeft size={14} aria-hidden />} onClick={() => setAt(at - 1)}>{t('back')}</Button>
            <Button size="xs" variant="default" disabled={isLast} rightSection={<IconChevronRight size={14} aria-hidden />} onClick={() => setAt(at + 1)}>{t('on')}</Button>
            <Text size="sm" c="dimmed" role="status">{t('step', { step: at + 1, all: steps.length })}</Text>
          </Group>
          <ol className={classes['steps']}>
            {steps.map(({ move }, step) => (
              // A way may make the same move twice.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={step}><UnstyledButton fz="sm" className="said" aria-current={step === at ? 'step' : undefined} onClick={() => setAt(step)}>{sayMove(t, move, nameOf)}</UnstyledButton></li>
            ))}
          </ol>
        </>
      )}
    </Stack>
  );
}

interface Props {
  readonly findings: readonly Finding[];
  readonly template: Template;
}

const idOf = ({ code, subject }: Finding): string => code + JSON.stringify(subject);

export function Proof({ findings, template }: Props): React.JSX.Element | null {
  const { t } = useTranslation('proof');
  const [chosen, setChosen] = useState<string>();
  const shown = findings.find((each) => idOf(each) === chosen) ?? findings[0];
  const nameOf = namesOf(template);
  if (!shown) return null;
  return (
    <Stack gap="md" component="section" aria-label={t('findings')}>
      <Title order={2}>{t('findings')}</Title>
      <ul className={classes['findings']}>
        {findings.map((each) => (
          <li key={idOf(each)} data-shown={each === shown || undefined}>
            <Text size="sm" className="said">{sayFinding(t, each, nameOf)}</Text>
            {findings.length > 1 && <Button size="compact-sm" variant="subtle" aria-pressed={each === shown} onClick={() => setChosen(idOf(each))}>{t('show')}</Button>}
          </li>
        ))}
      </ul>
      <Way key={idOf(shown)} finding={shown} template={template} nameOf={nameOf} />
    </Stack>
  );
}
