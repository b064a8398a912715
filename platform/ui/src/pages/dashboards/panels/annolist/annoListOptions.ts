import { array, boolean, number, string, type Json } from '../../../../lib/json';
import { parseDuration } from '../../../../lib/time';

export interface AnnoListOptions {
  readonly tags: readonly string[];
  readonly limit: number;
  readonly onlyThisDashboard: boolean;
  readonly onlyInRange: boolean;
  readonly showTags: boolean;
  readonly showUser: boolean;
  readonly showTime: boolean;
  readonly toPanel: boolean;
  /** How much around an annotation its link shows. */
  readonly beforeMs: number;
  readonly afterMs: number;
}

const DEFAULT_AROUND_MS = 600_000;

export function annoListOptions(json: Json): AnnoListOptions {
  return {
    tags: array(json['tags']).filter((tag) => typeof tag === 'string'),
    limit: Math.max(1, Math.min(1000, number(json['limit'], 10))),
    onlyThisDashboard: boolean(json['onlyFromThisDashboard'], false),
    onlyInRange: boolean(json['onlyInTimeRange'], false),
    showTags: boolean(json['showTags'], true),
    showUser: boolean(json['showUser'], true),
    showTime: boolean(json['showTime'], true),
    toPanel: boolean(json['navigateToPanel'], true),
    beforeMs: parseDuration(string(json['navigateBefore'], '10m')) ?? DEFAULT_AROUND_MS,
    afterMs: parseDuration(string(json['navigateAfter'], '10m')) ?? DEFAULT_AROUND_MS,
  };
}
