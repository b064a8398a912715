import { Stack } from '@mantine/core';
import { PageTitle } from '../../components/PageTitle';
import { useUrlState } from '../../app/urlState';
import { SearchForm } from './SearchForm';
import { SearchResults } from './SearchResults';
import { searchFrom } from './search';

/** Finds traces by service, span name, duration, errors and attributes, or goes to one by its id. */
export default function TracesPage() {
  const { params } = useUrlState();
  const search = searchFrom(params);
  return (
    <Stack gap="sm">
      <PageTitle title="Traces" />
      <SearchForm key={JSON.stringify(search)} search={search} />
      <SearchResults search={search} />
    </Stack>
  );
}
