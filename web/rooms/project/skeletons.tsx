import { Skeleton, Stack } from '@mantine/core';

export function DatesSkeleton(): React.JSX.Element {
  return <Stack gap={8} aria-hidden><Skeleton h={16} w="60%" /><Skeleton h={16} w="60%" /></Stack>;
}
