import { at, objects, type MutableJson } from './mutable';

/** A link of a panel from before schema 19: to a dashboard by its name or path, with switches for time and variables. */
export function upgradePanelLink(link: MutableJson): MutableJson {
  let url = typeof link['url'] === 'string' ? link['url'] : '';
  if (url === '' && typeof link['dashboard'] === 'string' && link['dashboard'] !== '') {
    url = `dashboard/db/${slug(link['dashboard'])}`;
  }
  if (url === '' && typeof link['dashUri'] === 'string' && link['dashUri'] !== '') {
    url = `dashboard/${link['dashUri']}`;
  }
  url = url === '' ? '/' : url;
  url = link['keepTime'] ? withQuery(url, '$__url_time_range') : url;
  url = link['includeVars'] ? withQuery(url, '$__all_variables') : url;
  url = typeof link['params'] === 'string' && link['params'] !== '' ? withQuery(url, link['params']) : url;
  return { url, title: link['title'], targetBlank: link['targetBlank'] };
}

function withQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? (url.endsWith('?') || url.endsWith('&') ? '' : '&') : '?'}${query}`;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w ]+/g, '')
    .replace(/ +/g, '-');
}

/** Changes the addresses of a panel's data links, and the title that its values have. */
export function updateLinks(panel: MutableJson, change: (text: string) => string): void {
  const options = at(panel, 'options');
  const defaults = at(at(options, 'fieldOptions'), 'defaults');
  for (const link of [...objects(options['dataLinks']), ...objects(defaults['links'])]) {
    if (typeof link['url'] === 'string') link['url'] = change(link['url']);
  }
  if (typeof defaults['title'] === 'string') {
    defaults['title'] = change(defaults['title']);
  }
}
