import { Center, Loader } from '@mantine/core';
import { Component, lazy, Suspense, useMemo, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { Failure } from '../../../components/states';
import type { PanelKind, PanelProps } from '../panels/panel';
import { panelKind } from '../panels/registry';

const COMPONENTS = new Map<PanelKind, LazyExoticComponent<ComponentType<PanelProps>>>();

/** One component a kind, however many panels there are of it. */
function componentOf(type: string): LazyExoticComponent<ComponentType<PanelProps>> {
  const kind = panelKind(type);
  const known = COMPONENTS.get(kind);
  if (known) {
    return known;
  }
  const fresh = lazy(kind.load);
  COMPONENTS.set(kind, fresh);
  return fresh;
}

/** Draws the panel by its type. A drawing that fails says so in its own box. */
export function PanelContent(props: PanelProps) {
  const Drawing = useMemo(() => componentOf(props.panel.type), [props.panel.type]);
  return (
    <PanelBoundary key={`${props.panel.key} ${props.panel.type}`} data={props.data}>
      <Suspense
        fallback={
          <Center style={{ flex: 1 }}>
            <Loader size="xs" aria-label="Loading the panel" />
          </Center>
        }
      >
        <Drawing {...props} />
      </Suspense>
    </PanelBoundary>
  );
}

interface BoundaryProps {
  readonly children: ReactNode;
  /** New data get a new chance. */
  readonly data: unknown;
}

class PanelBoundary extends Component<BoundaryProps, { readonly failure: string | undefined }> {
  override state: { readonly failure: string | undefined } = { failure: undefined };

  static getDerivedStateFromError(error: unknown): { failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate(previous: BoundaryProps): void {
    if (previous.data !== this.props.data && this.state.failure !== undefined) {
      this.setState({ failure: undefined });
    }
  }

  override render(): ReactNode {
    return this.state.failure === undefined ? this.props.children : <Failure message={`This panel cannot be drawn: ${this.state.failure}`} />;
  }
}
