import { string, type Json } from '../json';
import { safeHref } from '../safeUrl';

/** What Grafana draws before a link's title. */
export const LINK_ICONS = ['external link', 'dashboard', 'question', 'info', 'bolt', 'doc', 'cloud'];

export function newLink(): Json {
  return { type: 'dashboards', title: 'New link', icon: 'external link', tooltip: '', url: '', tags: [], asDropdown: false, targetBlank: false, includeVars: false, keepTime: false };
}

/** Why a link's address cannot be used. What variables stand for is checked when they have values. */
export function urlFailure(url: string): string | undefined {
  if (url.trim() === '') {
    return 'Give the address of the link.';
  }
  const filled = url.replace(/\$\{[^}]*\}|\[\[[^\]]*\]\]|\$\w+/g, 'x');
  return safeHref(filled) === undefined ? 'An address begins with http://, https:// or /, or is relative.' : undefined;
}

/** What must be mended before the links can be taken over. */
export function linkFailures(links: readonly Json[]): string[] {
  return links.flatMap((link) => {
    const failure = link['type'] === 'link' ? urlFailure(string(link['url'])) : undefined;
    return failure === undefined ? [] : [`Link “${string(link['title'])}”: ${failure}`];
  });
}
