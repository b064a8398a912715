import { useMemo } from 'react';
import { SafeContent } from '../../../../components/SafeContent';
import { Empty } from '../../../../components/states';
import { htmlTree } from '../../../../lib/markdown/htmlTree';
import { markdownTree } from '../../../../lib/markdown/markdownTree';
import type { PanelProps } from '../panel';
import { textOptions } from './textOptions';
import './text.css';

/** A text with the values of variables, as markdown, HTML or code. Nothing in it is run or loaded. */
export default function TextPanel({ panel, scope }: PanelProps) {
  const options = useMemo(() => textOptions(panel.options, panel.json), [panel.options, panel.json]);
  // Escaped for markdown too, so that a value never becomes markup; code is shown as it is.
  const text = scope.replace(options.content, options.mode === 'code' ? 'text' : 'html');
  const tree = useMemo(() => (options.mode === 'code' ? undefined : options.mode === 'html' ? htmlTree(text) : markdownTree(text)), [options.mode, text]);
  if (text.trim() === '') {
    return <Empty>This text is empty.</Empty>;
  }
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={panel.title === '' ? 'Text' : panel.title}>
      {tree === undefined ? <CodeText text={text} language={options.language} lineNumbers={options.lineNumbers} /> : <SafeContent tree={tree} />}
    </div>
  );
}

const MAX_LINES = 5000;

function CodeText({ text, language, lineNumbers }: { text: string; language: string; lineNumbers: boolean }) {
  const lines = text.split('\n', MAX_LINES);
  return (
    <pre className={`text-code${lineNumbers ? ' numbered' : ''}`} aria-label={`Code, ${language}`}>
      {lineNumbers ? lines.map((line, index) => <code key={index}>{`${line}\n`}</code>) : <code>{lines.join('\n')}</code>}
    </pre>
  );
}
