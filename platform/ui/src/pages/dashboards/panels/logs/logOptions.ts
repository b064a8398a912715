import { boolean, type Json } from '../../../../lib/json';
import type { DedupStrategy } from '../../../../lib/logLines';

export interface LogOptions {
  readonly showTime: boolean;
  readonly showLabels: boolean;
  readonly showCommonLabels: boolean;
  readonly wrap: boolean;
  readonly prettify: boolean;
  readonly details: boolean;
  readonly ascending: boolean;
  readonly dedup: DedupStrategy;
  readonly more: boolean;
  readonly small: boolean;
  /** Fields shown instead of the line. */
  readonly fields: readonly string[];
}

export function logOptions(json: Json): LogOptions {
  const { dedupStrategy: dedup, displayedFields: fields } = json;
  return {
    showTime: boolean(json['showTime'], false),
    showLabels: boolean(json['showLabels'], false),
    showCommonLabels: boolean(json['showCommonLabels'], false),
    wrap: boolean(json['wrapLogMessage'], false),
    prettify: boolean(json['prettifyLogMessage'], false),
    details: boolean(json['enableLogDetails'], true),
    ascending: json['sortOrder'] === 'Ascending',
    dedup: dedup === 'exact' || dedup === 'numbers' || dedup === 'signature' ? dedup : 'none',
    more: boolean(json['enableInfiniteScrolling'], false),
    small: json['fontSize'] === 'small',
    fields: Array.isArray(fields) ? fields.filter((name) => typeof name === 'string') : [],
  };
}
