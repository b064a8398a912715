/** How long something took or lasted: `3.1 ms`, `1.25 s`, `5 min`, `2 h 5 min`, `3 d 4 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) {
    return seconds === 0 ? '0 s' : seconds < 0.001 ? `${short(seconds * 1e6)} µs` : `${short(seconds * 1000)} ms`;
  }
  if (seconds < 60) {
    return `${short(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return both(minutes, 'min', Math.round(seconds % 60), 's');
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? both(hours, 'h', minutes % 60, 'min') : both(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function both(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A sample's value with at most six digits that count; what is no number stays as the server wrote it. */
export function formatSample(text: string): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    return text;
  }
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e9 || size < 1e-4) ? value.toExponential(3).replace(/\.?0+e/, 'e') : String(Number(value.toPrecision(6)));
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `1 alert`, `2 alerts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
