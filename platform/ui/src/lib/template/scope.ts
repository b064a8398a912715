/** One variable's value for a stretch of a dashboard: what a repeat sets, and what links and queries add. */
export interface ScopedValue {
  readonly text: string;
  readonly value: unknown;
}

export type ScopedVars = Readonly<Record<string, ScopedValue>>;

/** How a reference without a format of its own is written. */
export type Language = 'promql' | 'logql' | 'traceql' | 'text' | 'url' | 'html' | 'regex';

/** The variables of a dashboard as one place in it sees them. Never changed once made. */
export interface TemplateScope {
  /** Replaces `$name`, `${name}`, `${name:format}`, `${name.path}` and `[[name]]`; what has no value stays as it is. */
  replace(text: string, language?: Language, extra?: ScopedVars): string;
  /** The values of a variable, `All` taken apart; undefined where there is none of that name. */
  values(name: string): readonly string[] | undefined;
  /** What people read for each of `values`. */
  texts?(name: string): readonly string[] | undefined;
  /** The same with more variables, which hide those of the same name. */
  with(extra: ScopedVars): TemplateScope;
}
