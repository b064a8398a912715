import { boolean, object, string, type Json } from '../../../../lib/json';

export interface TextOptions {
  readonly mode: 'markdown' | 'html' | 'code';
  readonly content: string;
  /** What the code is written in; only told. */
  readonly language: string;
  readonly lineNumbers: boolean;
}

/** The options of a text panel; `mode` and `content` stood in the panel itself before version 7.1. */
export function textOptions(options: Json, panel: Json): TextOptions {
  const code = object(options['code']);
  const mode = options['mode'] ?? panel['mode'];
  return {
    mode: mode === 'html' || mode === 'code' ? mode : 'markdown',
    content: string(options['content'], string(panel['content'])),
    language: string(code['language'], 'plaintext'),
    lineNumbers: boolean(code['showLineNumbers'], false),
  };
}
