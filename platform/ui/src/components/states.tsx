import { Alert, Center, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Data } from '../app/useData';

/** Draws what has been loaded, or says that it is on its way or why it is not there. */
export function Loaded<T>({ data, children, height = 80 }: { data: Data<T>; children: (value: T) => ReactNode; height?: number }) {
  switch (data.kind) {
    case 'loading':
      return (
        <Center h={height}>
          <Loader size="xs" role="progressbar" aria-label="Loading" />
        </Center>
      );
    case 'failed':
      return <Failure message={data.message} status={data.status} />;
    case 'loaded':
      return <>{children(data.value)}</>;
  }
}

export function Failure({ message, status }: { message: string; status?: number }) {
  return (
    <Alert color="red" p="xs" role="alert" className="wrap-anywhere">
      <Text size="sm">{message}</Text>
      {status === 401 && (
        <Text size="sm" mt={4}>
          Enter a token under “Tenant and token”, top right. The files are in the folder “tokens” of the data directory.
        </Text>
      )}
    </Alert>
  );
}

/** Says why there is nothing to see, and what would change that. */
export function Empty({ children }: { children: ReactNode }) {
  return (
    <Center style={{ flex: 1, minHeight: 40 }} p="xs">
      <Text size="sm" c="dimmed" ta="center" className="wrap-anywhere">
        {children}
      </Text>
    </Center>
  );
}
