import { Button, Center } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loaded } from '../../../components/states';
import { VirtualRows } from '../../../components/VirtualRows';
import type { Pages } from './usePages';

interface PagedListProps<T extends { readonly id: string }> {
  readonly pages: Pages<T>;
  readonly label: string;
  readonly rowHeight: number;
  readonly empty: ReactNode;
  readonly render: (item: T) => ReactNode;
}

/** A long list of which more is loaded on demand; only the rows in sight are in the document. */
export function PagedList<T extends { readonly id: string }>({ pages, label, rowHeight, empty, render }: PagedListProps<T>) {
  return (
    <div className="card">
      <Loaded data={pages.data} height={160}>
        {(items) =>
          items.length === 0 ? (
            empty
          ) : (
            <>
              <VirtualRows
                count={items.length}
                rowHeight={rowHeight}
                keyOf={(index) => items[index]?.id ?? String(index)}
                label={label}
                render={(index) => {
                  const item = items[index];
                  return item === undefined ? null : render(item);
                }}
              />
              {pages.more && (
                <Center p="xs">
                  <Button size="xs" variant="default" loading={pages.loadingMore} onClick={pages.more}>
                    Load older ones
                  </Button>
                </Center>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  );
}
