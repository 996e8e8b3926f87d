/** What can be done on the project as a whole. */
import { Button, Group, Menu, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { useDraft } from '../../data/draft';
import { projectKey } from '../../data/project';
import { DraftNote } from '../../parts/draft-note';
import { ProblemAlert } from '../../parts/problem';
import { hasEnded, type Parts } from './parts';

type Deed = 'hold' | 'resume' | 'cancel' | 'reopen';

interface Asked {
  readonly deed: Deed;
  readonly reason: string;
  readonly phase: string;
}

function useDeed(id: string, done: () => void, draft: string) {
  const path = { project: id };
  return useCommand(({ deed, reason, phase }: Asked, header) => {
    switch (deed) {
      case 'hold': return answerOf(api.POST('/api/v1/projects/{project}/hold', { params: { path, header }, body: { reason } }));
      case 'resume': return answerOf(api.POST('/api/v1/projects/{project}/resume', { params: { path, header }, body: {} }));
      case 'cancel': return answerOf(api.POST('/api/v1/projects/{project}/cancel', { params: { path, header }, body: { reason } }));
      case 'reopen': return answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/reopen', { params: { path: { ...path, phase }, header }, body: { reason } }));
      default: return deed satisfies never;
    }
  }, [projectKey(id), ['tasks'], ['approvals'], ['portfolio'], ['projects']], done, draft);
}

/** Asks for what the deed needs, and says what it does. What can't be undone names the project. */
function Ask({ deed, close, project, phases }: { readonly deed: Deed; readonly close: () => void; readonly phases: readonly { value: string; label: string }[] } & Pick<Parts, 'project'>): React.JSX.Element {
  const { t } = useTranslation('project');
  const draft = useDraft(`reason ${project.id} ${deed}`, '');
  const { value: reason } = draft;
  const [phase, setPhase] = useState(phases.at(-1)?.value ?? '');
  const [typed, setTyped] = useState('');
  const command = useDeed(project.id, () => { draft.clear(); close(); }, draft.name);
  const name = project.name ?? project.id;
  const isReady = (deed === 'resume' || reason.trim() !== '') && (deed !== 'reopen' || phase !== '') && (deed !== 'cancel' || typed.trim() === name.trim());
  const send = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    if (isReady) command.mutate({ deed, reason, phase });
  };
  return (
    <Modal opened onClose={close} title={t(`${deed}-title`, { name })} closeButtonProps={{ 'aria-label': t('close') }} size="md">
      <form onSubmit={send}>
        <Stack>
          <Text size="sm">{t(`${deed}-text`)}</Text>
          {deed === 'reopen' && <Select label={t('phase')} data={phases} value={phase} onChange={(chosen) => setPhase(chosen ?? '')} allowDeselect={false} />}
          <DraftNote draft={draft} />
          {deed !== 'resume' && <Textarea label={t('reason')} required autosize minRows={2} maxRows={8} maxLength={4000} value={reason} onChange={(event) => draft.set(event.currentTarget.value)} data-autofocus />}
          {deed === 'cancel' && <TextInput label={t('type-name', { name })} className="said" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" />}
          {command.isError && <ProblemAlert error={command.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t('not-now')}</Button>
            <Button type="submit" color={deed === 'cancel' ? 'red' : undefined} disabled={!isReady} loading={command.isPending}>{t(deed)}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** For who steers the project: the menu of what can be done to it as it stands. */
export function Actions({ project }: Parts): React.JSX.Element | null {
  const { t } = useTranslation('project');
  const [deed, setDeed] = useState<Deed | null>(null);
  const passed = project.phases.filter(({ status, former }) => !former && (status === 'passed' || status === 'ended')).map(({ phase, name }) => ({ value: phase, label: name }));
  const isClosing = project.cancelledAt !== null;
  const can: Deed[] = [
    ...(project.status === 'held' ? ['resume' as const] : project.status === 'running' && !isClosing ? ['hold' as const] : []),
    ...(project.status === 'running' && !isClosing && passed.length > 0 ? ['reopen' as const] : []), 'cancel',
  ];
  if (hasEnded(project) || project.changing) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />} className="no-print">{t('do')}</Button></Menu.Target>
        <Menu.Dropdown>
          {can.map((each) => <Menu.Item key={each} onClick={() => setDeed(each)} {...(each === 'cancel' && { c: 'var(--off-course)' })}>{t(`${each}-item`)}</Menu.Item>)}
          <Menu.Divider />
          <Menu.Item onClick={() => window.print()}>{t('print')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deed && <Ask key={deed} deed={deed} close={() => setDeed(null)} project={project} phases={passed} />}
    </>
  );
}
