/** Changes of texts under the names that files have for them; undefined for one that is not known. */
export function formatText(format: string, start = 0, end = 100): ((text: string) => string) | undefined {
  switch (format) {
    case 'Upper Case':
      return (text) => text.toUpperCase();
    case 'Lower Case':
      return (text) => text.toLowerCase();
    case 'Sentence Case':
      return (text) => capital(text);
    case 'Title Case':
      return (text) => text.split(' ').map(capital).join(' ');
    case 'Pascal Case':
      return (text) => words(text).map(pascal).join('');
    case 'Camel Case':
      return (text) =>
        words(text)
          .map((word, i) => (i === 0 ? word.toLowerCase() : pascal(word)))
          .join('');
    case 'Snake Case':
      return (text) => words(text).map((word) => word.toLowerCase()).join('_');
    case 'Kebab Case':
      return (text) => words(text).map((word) => word.toLowerCase()).join('-');
    case 'Trim':
      return (text) => text.trim();
    case 'Substring':
      return (text) => text.substring(start, end);
    default:
      return undefined;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pascal(word: string): string {
  return capital(word.toLowerCase());
}

/** Parts between capitals and everything that is neither letter nor digit. */
function words(text: string): string[] {
  return text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\d+/gu) ?? [];
}
