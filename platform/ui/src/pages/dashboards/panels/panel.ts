import type { ComponentType } from 'react';
import type { PanelModel } from '../../../lib/dashboard/model';
import type { ShownFrame } from '../../../lib/field/fieldConfig';
import type { DataFrame } from '../../../lib/frame/frame';
import type { TemplateScope } from '../../../lib/template/scope';
import type { AbsoluteRange } from '../../../lib/time';

/** A query as it was sent, for inspection. */
export interface SentQuery {
  readonly refId: string;
  /** What answers it, in words. */
  readonly source: string;
  /** The expression after variables. */
  readonly expr: string;
  /** Path and parameters. */
  readonly request: string;
  readonly stepMs: number | undefined;
  readonly tookMs: number | undefined;
  /** The statistics that the server gave, as it gave them. */
  readonly stats: unknown;
}

export interface QueryFailure {
  readonly refId: string;
  /** The server's own words. */
  readonly message: string;
}

export interface Annotation {
  readonly id: number | undefined;
  readonly timeMs: number;
  /** The same as `timeMs` for a moment. */
  readonly timeEndMs: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly color: string;
  /** Which annotation query it comes from. */
  readonly source: string;
}

export interface PanelData {
  readonly state: 'waiting' | 'loading' | 'done';
  /** After transformations and field configuration: what is drawn. */
  readonly frames: readonly ShownFrame[];
  /** As the data sources gave them. */
  readonly raw: readonly DataFrame[];
  /** Exemplars of the queries. */
  readonly exemplars: readonly DataFrame[];
  readonly annotations: readonly Annotation[];
  readonly failures: readonly QueryFailure[];
  readonly sent: readonly SentQuery[];
}

/** What every kind of panel is given. It fills the box of `width` by `height` pixels and scrolls inside it. */
export interface PanelProps {
  readonly panel: PanelModel;
  readonly data: PanelData;
  readonly scope: TemplateScope;
  readonly range: AbsoluteRange;
  /** An IANA name; undefined for the browser's. */
  readonly timeZone: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
  /** 0: none, 1: crosshair, 2: crosshair and tooltip, among the panels of this key. */
  readonly sync: { readonly key: string; readonly mode: 0 | 1 | 2 };
  readonly onZoom: (range: AbsoluteRange) => void;
  /** Asks for an annotation over this stretch; undefined where none can be made. */
  readonly onAnnotate: ((range: AbsoluteRange) => void) | undefined;
}

/** A kind of panel. The component is loaded when the first of its kind is seen. */
export interface PanelKind {
  readonly types: readonly string[];
  readonly load: () => Promise<{ default: ComponentType<PanelProps> }>;
  /** False for panels that ask nothing, such as texts. */
  readonly queries: boolean;
}
