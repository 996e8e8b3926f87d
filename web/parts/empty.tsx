/** An empty place: what belongs here, and how the first one comes. */
import { Stack, Text, Title } from '@mantine/core';

export function Empty({ title, children }: { readonly title: string; readonly children?: React.ReactNode }): React.JSX.Element {
  return (
    <Stack gap="xs" align="flex-start" py="xl" className="reading">
      <Title order={2}>{title}</Title>
      <Text c="dimmed" component="div">{children}</Text>
    </Stack>
  );
}
