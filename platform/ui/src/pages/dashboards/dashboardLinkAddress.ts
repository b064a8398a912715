import type { DashboardLink } from '../../lib/dashboard/model';

/** What a link carries on: the time range and the variables, where it says so. */
export function passedOn(params: URLSearchParams, link: Pick<DashboardLink, 'keepTime' | 'includeVars'>): URLSearchParams {
  const kept = [...params].filter(([name]) => (link.keepTime && (name === 'from' || name === 'to' || name === 'timezone')) || (link.includeVars && name.startsWith('var-')));
  return new URLSearchParams(kept);
}

/** An address with more parameters, before its fragment. */
export function linkAddress(address: string, params: URLSearchParams): string {
  const more = params.toString();
  if (more === '') {
    return address;
  }
  const [path = '', ...fragment] = address.split('#');
  const joined = `${path}${path.includes('?') ? '&' : '?'}${more}`;
  return fragment.length === 0 ? joined : `${joined}#${fragment.join('#')}`;
}
