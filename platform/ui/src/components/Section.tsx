import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} style={{ minWidth: 0 }}>
      <Title order={2} mb="xs" id={id}>
        {title}
      </Title>
      <div className="card table-scroll" tabIndex={0}>
        {children}
      </div>
    </section>
  );
}
