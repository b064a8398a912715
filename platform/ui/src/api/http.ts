/** What a request says about its sender beside its address. */
export interface Access {
  /** Sent as X-Scope-OrgID where set. */
  readonly tenant: string | undefined;
  /** Sent as bearer token where set; requests from loopback need none. */
  readonly token: string | undefined;
}

/** A request that was answered with an error, or not at all. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** 0 where there was no answer. */
    readonly status: number,
    readonly path: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type QueryParameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface RequestOptions {
  readonly parameters?: QueryParameters;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Above this length, parameters travel in a form body: servers and proxies bound the request line. */
const MAX_ADDRESS_CHARS = 6000;

/** Gets JSON from a path that is relative to the document's base, so that the pages work under any prefix. */
export async function getJson(access: Access, path: string, options: RequestOptions = {}): Promise<unknown> {
  const query = encode(options.parameters ?? {});
  const inBody = query.length > MAX_ADDRESS_CHARS;
  const address = new URL(inBody || query === '' ? path : `${path}?${query}`, document.baseURI);
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (access.tenant) headers['X-Scope-OrgID'] = access.tenant;
  if (access.token) headers['Authorization'] = `Bearer ${access.token}`;
  if (inBody) headers['Content-Type'] = 'application/x-www-form-urlencoded';
  const response = await send(address, path, {
    method: inBody ? 'POST' : 'GET',
    headers,
    ...(inBody ? { body: query } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new ApiError(errorMessage(text, response), response.status, path);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError('The answer is not JSON.', response.status, path);
  }
}

async function send(address: URL, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError('The server cannot be reached. Is the process running?', 0, path);
  }
}

function encode(parameters: QueryParameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)]) {
      search.append(name, item);
    }
  }
  return search.toString();
}

/** The sentence in the answer: Prometheus', Grafana's and our own JSON forms, or plain text as Loki and Tempo send it. */
function errorMessage(text: string, response: Response): string {
  try {
    const json = JSON.parse(text) as { error?: unknown; message?: unknown };
    const message = json.error ?? json.message;
    if (typeof message === 'string' && message !== '') {
      return message;
    }
  } catch {
    // Plain text.
  }
  const plain = text.trim();
  return plain === '' || plain.startsWith('<') ? `The server answered ${response.status} ${response.statusText}.` : plain.slice(0, 2000);
}
