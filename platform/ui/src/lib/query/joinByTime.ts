import { timeField, type DataFrame, type Field } from '../frame/frame';

interface Named {
  readonly name: string;
  readonly frame: DataFrame;
  readonly headers: readonly string[];
}

/** The series of several frames as one table with a row for each time; undefined unless all are series. */
export function joinByTime(tables: readonly Named[]): Named | undefined {
  if (tables.length < 2 || !tables.every(({ frame }) => timeField(frame) !== undefined && frame.fields.every((field) => field.type === 'time' || field.type === 'number'))) {
    return undefined;
  }
  const times = [...new Set(tables.flatMap(({ frame }) => timeField(frame)?.values ?? []))].filter((time): time is number => typeof time === 'number').sort((a, b) => a - b);
  const row = new Map(times.map((time, i) => [time, i]));
  const headers = ['Time'];
  const fields: Field[] = [{ name: 'Time', type: 'time', values: times, config: {} }];
  for (const { frame, headers: names } of tables) {
    const own = timeField(frame)?.values ?? [];
    frame.fields.forEach((field, i) => {
      if (field.type !== 'number') {
        return;
      }
      const values = new Array<unknown>(times.length).fill(null);
      own.forEach((time, at) => {
        const index = row.get(Number(time));
        if (index !== undefined) values[index] = field.values[at];
      });
      headers.push(names[i] ?? field.name);
      fields.push({ ...field, values });
    });
  }
  return { name: 'All series by time', frame: { refId: '', name: undefined, fields, length: times.length }, headers };
}
