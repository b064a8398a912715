import { array, object, string, type Json } from '../../../../lib/json';
import { legendOptions, type LegendOptions } from '../../../../lib/plot/legend';
import { tooltipOptions, type TooltipOptions } from '../../../../lib/plot/tooltip';

export interface TimeseriesOptions {
  readonly legend: LegendOptions;
  readonly tooltip: TooltipOptions;
  /** Zones of the panel; the first one is used, `''` being the dashboard's. */
  readonly timeZones: readonly string[];
}

export function timeseriesOptions(options: Json): TimeseriesOptions {
  return {
    legend: legendOptions(object(options['legend'])),
    tooltip: tooltipOptions(object(options['tooltip'])),
    timeZones: array(options['timezone']).map((zone) => string(zone)),
  };
}

/** The zone of the panel's first axis; the dashboard's where it names none. */
export function panelTimeZone(zones: readonly string[], dashboard: string | undefined): string | undefined {
  const [zone = ''] = zones;
  return zone === '' ? dashboard : zone === 'browser' ? undefined : zone === 'utc' ? 'UTC' : zone;
}
