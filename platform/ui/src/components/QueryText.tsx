import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { useMemo } from 'react';
import { QUERY_PARSERS } from './queryLanguages';

const CLASSES = tagHighlighter([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.logicOperator], class: 'q-keyword' },
  { tag: tags.function(tags.variableName), class: 'q-function' },
  { tag: [tags.string, tags.special(tags.string)], class: 'q-string' },
  { tag: [tags.number, tags.literal], class: 'q-number' },
  { tag: [tags.labelName, tags.propertyName], class: 'q-label' },
  { tag: tags.comment, class: 'q-comment' },
]);

/** A query in the colours of its editor, to be read and copied. */
export default function QueryText({ text, language }: { text: string; language: keyof typeof QUERY_PARSERS }) {
  const parts = useMemo(() => partsOf(text, language), [text, language]);
  return (
    <pre className="code query-text" tabIndex={0} aria-label="Expression">
      {parts.map((part, index) =>
        part.className === '' ? (
          part.text
        ) : (
          <span key={index} className={part.className}>
            {part.text}
          </span>
        ),
      )}
    </pre>
  );
}

/** Longer ones stay without colours. */
const COLOURED_CHARS_MAX = 20_000;

function partsOf(text: string, language: keyof typeof QUERY_PARSERS): { text: string; className: string }[] {
  if (text.length > COLOURED_CHARS_MAX) {
    return [{ text, className: '' }];
  }
  const parts: { text: string; className: string }[] = [];
  let end = 0;
  highlightTree(QUERY_PARSERS[language].parse(text), CLASSES, (from, to, className) => {
    if (from > end) parts.push({ text: text.slice(end, from), className: '' });
    parts.push({ text: text.slice(from, to), className });
    end = to;
  });
  if (end < text.length) parts.push({ text: text.slice(end), className: '' });
  return parts;
}
