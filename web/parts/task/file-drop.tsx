/** A place for one file: dropped there, or chosen. */
import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, type Schema } from '../../data/api';
import { upload } from '../../data/upload';
import { labelOf } from '../label';
import classes from './task.module.css';

interface Props {
  readonly project: string;
  readonly label: string;
  readonly done: (file: Schema<'File'>) => void;
}

export function FileDrop({ project, label, done }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const [isOver, setIsOver] = useState(false);
  const sending = useMutation({ mutationFn: (file: File) => upload(project, file), onSuccess: done, retry: false });
  const problem = sending.error instanceof ApiProblem ? sending.error.problem : undefined;
  // What is wrong with a file stands at no field of a form.
  const wrong = problem?.errors?.map(({ detail }) => detail).join(' ') || problem?.detail;
  const take = (file: File | null | undefined): void => { if (file) sending.mutate(file); };
  return (
    <div className={classes['drop']} data-over={isOver || undefined}
      onDragOver={(event) => { event.preventDefault(); setIsOver(true); }} onDragLeave={() => setIsOver(false)}
      onDrop={(event) => { event.preventDefault(); setIsOver(false); take(event.dataTransfer.files[0]); }}>
      <Group gap="sm">
        <FileButton onChange={take}>
          {(props) => <Button {...props} variant="default" size="sm" leftSection={<IconUpload size={16} aria-hidden />} loading={sending.isPending} aria-label={`${labelOf(label)} ${t('choose-file')}`}>{t('choose-file')}</Button>}
        </FileButton>
        <Text size="sm" c="dimmed" visibleFrom="sm">{t('or-drop')}</Text>
      </Group>
      {sending.error && <Text role="alert" size="sm" c="var(--off-course)" mt={4}>{wrong ?? t('upload-failed')}</Text>}
    </div>
  );
}
