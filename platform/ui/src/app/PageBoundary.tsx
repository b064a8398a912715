import { Alert, Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';

/** Shows what broke a page, and a way to load it again, instead of an empty window. */
export class PageBoundary extends Component<{ children: ReactNode }, { failure: Error | undefined }> {
  override state: { failure: Error | undefined } = { failure: undefined };

  static getDerivedStateFromError(failure: unknown) {
    return { failure: failure instanceof Error ? failure : new Error(String(failure)) };
  }

  override render() {
    if (!this.state.failure) {
      return this.props.children;
    }
    return (
      <Alert color="red" title="This page has failed" role="alert">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{this.state.failure.message}</Text>
          <Button size="xs" variant="light" onClick={() => window.location.reload()}>
            Load again
          </Button>
        </Stack>
      </Alert>
    );
  }
}
