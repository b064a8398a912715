import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Access } from '../api/http';
import { useUrlState } from './urlState';

interface AccessState {
  readonly access: Access;
  readonly setTenant: (tenant: string | undefined) => void;
  readonly setToken: (token: string | undefined) => void;
}

const AccessContext = createContext<AccessState | undefined>(undefined);
const TOKEN_KEY = 'ghostworks.token';

export function useAccess(): AccessState {
  const state = use(AccessContext);
  if (!state) {
    throw new Error('useAccess needs an AccessProvider above it');
  }
  return state;
}

/** The tenant is part of the address, so that a link shows the same; the token stays in this tab and leaves it only as a header. */
export function AccessProvider({ children }: { children: ReactNode }) {
  const { params, patch } = useUrlState();
  const [token, saveToken] = useState(() => window.sessionStorage.getItem(TOKEN_KEY) ?? undefined);
  const wanted = params.get('tenant') ?? '';
  const tenant = isTenantId(wanted) ? wanted : undefined;
  const setTenant = useCallback((next: string | undefined) => patch({ tenant: next }), [patch]);
  const setToken = useCallback((next: string | undefined) => {
    if (next === undefined) window.sessionStorage.removeItem(TOKEN_KEY);
    else window.sessionStorage.setItem(TOKEN_KEY, next);
    saveToken(next);
  }, []);
  const state = useMemo(() => ({ access: { tenant, token }, setTenant, setToken }), [tenant, token, setTenant, setToken]);
  return <AccessContext value={state}>{children}</AccessContext>;
}

export function isTenantId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}
