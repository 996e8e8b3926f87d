/** What the keys are that work everywhere. */
import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const KEYS = [['Ctrl K', 'key-menu'], ['/', 'key-search'], ['?', 'key-keys'], ['j / k', 'key-list'], ['x', 'key-choose'], ['Enter', 'key-open']] as const;

export function KeysList({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={close} title={t('keys')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Table><Table.Tbody>{KEYS.map(([key, text]) => <Table.Tr key={key}><Table.Td><Kbd>{key}</Kbd></Table.Td><Table.Td>{t(text)}</Table.Td></Table.Tr>)}</Table.Tbody></Table>
    </Modal>
  );
}
