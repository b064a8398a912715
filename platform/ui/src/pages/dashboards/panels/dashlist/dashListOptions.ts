import { array, boolean, number, optionalString, string, type Json } from '../../../../lib/json';
import { encodePart } from '../../../../lib/safeUrl';

export interface DashListOptions {
  readonly showStarred: boolean;
  readonly showRecent: boolean;
  readonly showSearch: boolean;
  readonly showHeadings: boolean;
  readonly showFolders: boolean;
  readonly maxItems: number;
  readonly query: string;
  readonly tags: readonly string[];
  readonly folderUid: string | undefined;
  readonly keepTime: boolean;
  readonly includeVariables: boolean;
}

const MOST_ITEMS = 1000;

export function dashListOptions(json: Json): DashListOptions {
  return {
    showStarred: boolean(json['showStarred'], true),
    showRecent: boolean(json['showRecentlyViewed'], false),
    showSearch: boolean(json['showSearch'], false),
    showHeadings: boolean(json['showHeadings'], true),
    showFolders: boolean(json['showFolderNames'], true),
    maxItems: Math.max(1, Math.min(MOST_ITEMS, number(json['maxItems'], 10))),
    query: string(json['query']),
    tags: array(json['tags']).filter((tag) => typeof tag === 'string'),
    folderUid: optionalString(json['folderUID']),
    keepTime: boolean(json['keepTime'], false),
    includeVariables: boolean(json['includeVars'], false),
  };
}

/** The address of a dashboard with what the panel carries on: the time range, the variables, and always the tenant. */
export function dashboardPath(uid: string, options: Pick<DashListOptions, 'keepTime' | 'includeVariables'>, current: URLSearchParams): string {
  const carried = [...current].filter(
    ([name]) => name === 'tenant' || (options.keepTime && (name === 'from' || name === 'to')) || (options.includeVariables && name.startsWith('var-')),
  );
  const query = new URLSearchParams(carried).toString();
  return `/d/${encodePart(uid)}${query === '' ? '' : `?${query}`}`;
}
