import { useLocalStorage } from '@mantine/hooks';

/** Who writes comments, silences and acknowledgements; remembered in this browser. */
export function useAuthor(): [author: string, setAuthor: (author: string) => void] {
  const [author, setAuthor] = useLocalStorage({ key: 'ghostworks.author', defaultValue: '', getInitialValueInEffect: false });
  return [author, setAuthor];
}
