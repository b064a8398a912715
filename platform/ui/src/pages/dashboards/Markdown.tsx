import { Anchor, Code, List, Text, Title } from '@mantine/core';
import { parseMarkdown, type Block, type Inline } from '../../lib/markdown';

/** A text panel. HTML is shown as the text that it is: nothing that a dashboard brings is run. */
export function Markdown({ source, mode }: { source: string; mode: 'markdown' | 'html' | 'code' }) {
  if (mode === 'code') {
    return (
      <Code block className="panel-scroll">
        {source}
      </Code>
    );
  }
  const text = mode === 'html' ? htmlText(source) : source;
  return (
    <div className="panel-scroll">
      {parseMarkdown(text).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <Title order={4} size={block.level <= 1 ? 'h2' : 'h3'} my={4}>
          <Inlines content={block.content} />
        </Title>
      );
    case 'paragraph':
      return (
        <Text size="sm" my={4}>
          <Inlines content={block.content} />
        </Text>
      );
    case 'list':
      return (
        <List size="sm" type={block.ordered ? 'ordered' : 'unordered'} my={4}>
          {block.items.map((item, index) => (
            <List.Item key={index}>
              <Inlines content={item} />
            </List.Item>
          ))}
        </List>
      );
    case 'code':
      return <Code block>{block.text}</Code>;
  }
}

function Inlines({ content }: { content: readonly Inline[] }) {
  return content.map((part, index) => {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'strong':
        return <strong key={index}>{part.text}</strong>;
      case 'emphasis':
        return <em key={index}>{part.text}</em>;
      case 'code':
        return <Code key={index}>{part.text}</Code>;
      case 'link':
        return (
          <Anchor key={index} href={part.href} rel="noopener noreferrer">
            {part.text}
          </Anchor>
        );
    }
  });
}

/** The words of an HTML text, without running or loading anything of it. */
function htmlText(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent;
}
