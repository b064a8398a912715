import { boolean, object, optionalNumber, type Json } from '../../../../lib/json';
import type { Orientation } from '../../../../lib/plot/repeat';

export interface TextSizes {
  readonly title: number | undefined;
  readonly value: number | undefined;
}

export interface StatOptions {
  readonly reduce: Json;
  readonly orientation: Orientation;
  readonly textMode: 'auto' | 'value' | 'value_and_name' | 'name' | 'none';
  readonly colorMode: 'value' | 'background' | 'background_solid' | 'none';
  readonly graph: boolean;
  readonly center: boolean;
  readonly wide: boolean;
  readonly percentChange: boolean;
  readonly percentChangeColor: 'standard' | 'inverted' | 'same_as_value';
  readonly text: TextSizes;
}

export function statOptions(options: Json): StatOptions {
  const { textMode, colorMode, percentChangeColorMode } = options;
  return {
    reduce: object(options['reduceOptions']),
    orientation: orientationOf(options['orientation']),
    textMode: textMode === 'value' || textMode === 'value_and_name' || textMode === 'name' || textMode === 'none' ? textMode : 'auto',
    colorMode: colorMode === 'background' || colorMode === 'background_solid' || colorMode === 'none' ? colorMode : 'value',
    graph: (options['graphMode'] ?? 'area') !== 'none',
    center: options['justifyMode'] === 'center',
    wide: boolean(options['wideLayout'], true),
    percentChange: boolean(options['showPercentChange'], false),
    percentChangeColor: percentChangeColorMode === 'inverted' || percentChangeColorMode === 'same_as_value' ? percentChangeColorMode : 'standard',
    text: textSizes(options),
  };
}

export function orientationOf(value: unknown): Orientation {
  return value === 'horizontal' || value === 'vertical' ? value : 'auto';
}

export function textSizes(options: Json): TextSizes {
  const text = object(options['text']);
  return { title: optionalNumber(text['titleSize']), value: optionalNumber(text['valueSize']) };
}
