import type { DataFrame, Field } from '../frame/frame';
import { number, string } from '../json';
import { column, findField, madeFrame, range, TransformError, type Transformer } from './transformer';

const POINTS_MAX = 10_000;
const DEGREE_MAX = 10;

/** Adds a line or polynomial of least squares through the points of two fields. */
export const regression: Transformer = (frames, options, context) => {
  const points = Math.min(POINTS_MAX, Math.max(2, Math.trunc(number(options['predictionCount'], 100))));
  const model = string(options['modelType'], 'linear');
  if (model !== 'linear' && model !== 'polynomial') {
    throw new TransformError(`the model "${model}" is not known`);
  }
  const degree = model === 'linear' ? 1 : Math.min(DEGREE_MAX, Math.max(1, Math.trunc(number(options['degree'], 2))));
  for (const frame of frames) {
    const y = findField(frame, string(options['yFieldName']), context);
    const x = y && findField(frame, string(options['xFieldName']), context);
    if (y !== undefined && x === undefined) {
      throw new TransformError('the fields for x and y must be of the same frame');
    }
    if (x !== undefined && y !== undefined) {
      const predicted = predict(frame, x, y, degree, points, model);
      return predicted === undefined ? frames : [...frames, predicted];
    }
  }
  return frames;
};

function predict(frame: DataFrame, x: Field, y: Field, degree: number, count: number, model: string): DataFrame | undefined {
  const pairs = x.values.flatMap((value, row) => {
    const other = y.values[row];
    return typeof value === 'number' && Number.isFinite(value) && typeof other === 'number' && Number.isFinite(other) ? [[value, other] as const] : [];
  });
  if (pairs.length === 0) {
    return undefined;
  }
  const least = pairs.reduce((min, [value]) => Math.min(min, value), Infinity);
  const greatest = pairs.reduce((max, [value]) => Math.max(max, value), -Infinity);
  // Powers of times would leave no digits for the differences: x is measured in spans from the first.
  const span = greatest - least || 1;
  const coefficients = leastSquares(pairs.map(([value, other]) => [(value - least) / span, other]), degree);
  const xs = range(count).map((i) => (i === count - 1 ? greatest : least + (i * (greatest - least)) / count));
  const ys = xs.map((value) => coefficients.reduceRight((sum, coefficient) => sum * ((value - least) / span) + coefficient, 0));
  return { ...madeFrame('regression', [frame], [column(x.name, x.type, xs), column(`${y.name} predicted`, y.type, ys)], count), name: `${model} regression` };
}

/** Coefficients from the constant up, by the normal equations with elimination and pivots. */
function leastSquares(pairs: readonly (readonly [number, number])[], degree: number): number[] {
  const size = Math.min(degree + 1, new Set(pairs.map(([x]) => x)).size);
  const matrix = range(size).map((row) => [
    ...range(size).map((at) => pairs.reduce((sum, [x]) => sum + x ** (row + at), 0)),
    pairs.reduce((sum, [x, y]) => sum + y * x ** row, 0),
  ]);
  for (let at = 0; at < size; at++) {
    const best = range(size).slice(at).reduce((a, b) => (Math.abs(matrix[b]?.[at] ?? 0) > Math.abs(matrix[a]?.[at] ?? 0) ? b : a), at);
    [matrix[at], matrix[best]] = [matrix[best] ?? [], matrix[at] ?? []];
    const pivot = matrix[at] ?? [];
    matrix.forEach((row, i) => {
      const factor = i === at ? 0 : (row[at] ?? 0) / (pivot[at] || 1);
      matrix[i] = row.map((value, j) => value - factor * (pivot[j] ?? 0));
    });
  }
  return matrix.map((row, i) => (row[size] ?? 0) / (row[i] || 1));
}
