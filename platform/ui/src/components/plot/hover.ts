import { useSyncExternalStore } from 'react';

/** A value that many parts of a chart read and that changes with each movement of the pointer. */
export class Signal<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  set(value: T): void {
    if (!Object.is(this.value, value)) {
      this.value = value;
      this.listeners.forEach((listener) => listener());
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

/** The value, drawn anew when it changes: only the component that calls this is. */
export function useSignal<T>(signal: Signal<T>): T {
  return useSyncExternalStore(signal.subscribe, signal.get);
}
