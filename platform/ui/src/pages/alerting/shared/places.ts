import type { UrlPatch } from '../../../app/urlState';
import { formatMatchers, matchersOf } from '../../../lib/alerting/matchers';
import type { Labels } from '../../../lib/labels';

/** Arguments of `useHref()` for pages that others link to. */
type Place = [path: string, change?: UrlPatch];

export function alertPlace(labels: Labels): Place {
  return ['/alerting/alerts/view', { labels: formatMatchers(matchersOf(labels)) }];
}

export function silencePlace(labels: Labels): Place {
  return ['/alerting/silences/new', { filter: formatMatchers(matchersOf(labels)) }];
}

export function whyPlace(labels: Labels): Place {
  return ['/alerting/routing', { labels: formatMatchers(matchersOf(labels)) }];
}
