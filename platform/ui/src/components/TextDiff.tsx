import { diffLines } from 'diff';
import { useMemo } from 'react';
import { Empty } from './states';
import './textDiff.css';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

interface Line {
  readonly sign: '+' | '-' | ' ' | '…';
  readonly text: string;
}

/** What changed from one text to another, line by line. */
export default function TextDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = useMemo(() => diffOf(before, after), [before, after]);
  if (lines.every(({ sign }) => sign === ' ' || sign === '…')) {
    return <Empty>Nothing is different.</Empty>;
  }
  return (
    <pre className="code text-diff" tabIndex={0} aria-label={label}>
      {lines.map((line, index) => (
        <div key={index} className={line.sign === '+' ? 'diff-added' : line.sign === '-' ? 'diff-removed' : undefined}>
          {`${line.sign} ${line.text}`}
        </div>
      ))}
    </pre>
  );
}

function diffOf(before: string, after: string): Line[] {
  const parts = diffLines(before, after, { timeout: 1000 }) ?? [
    { added: false, removed: true, value: before },
    { added: true, removed: false, value: after },
  ];
  return parts.flatMap((part, index): Line[] => {
    const texts = part.value.replace(/\n$/, '').split('\n');
    if (part.added || part.removed) {
      return texts.map((text) => ({ sign: part.added ? '+' : '-', text }));
    }
    return shortened(texts, index === 0 ? 0 : CONTEXT, index === parts.length - 1 ? 0 : CONTEXT);
  });
}

/** The first and last lines of what is the same. */
function shortened(texts: readonly string[], first: number, last: number): Line[] {
  const same = (text: string): Line => ({ sign: ' ', text });
  if (texts.length <= first + last + 1) {
    return texts.map(same);
  }
  return [...texts.slice(0, first).map(same), { sign: '…', text: `${texts.length - first - last} lines` }, ...texts.slice(texts.length - last, last === 0 ? texts.length - last : undefined).map(same)];
}
