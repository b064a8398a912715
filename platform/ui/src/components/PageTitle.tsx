import { Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Ghostworks`;
  }, [title]);
  return (
    <Group justify="space-between" mb={4} gap="xs">
      <Title order={1} className="wrap-anywhere">
        {title}
      </Title>
      {children}
    </Group>
  );
}
