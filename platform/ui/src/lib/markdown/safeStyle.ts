/** What a text may say about its looks: nothing that loads, covers other parts of the page or leaves the panel. */
const PROPERTIES: ReadonlySet<string> = new Set(
  (
    'color background background-color text-align text-decoration text-transform text-indent font font-size font-weight font-style font-family font-variant line-height letter-spacing word-spacing white-space word-break overflow-wrap ' +
    'vertical-align width height min-width min-height max-width max-height margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left ' +
    'border border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing box-sizing opacity display ' +
    'flex flex-direction flex-wrap flex-basis flex-grow flex-shrink flex-flow gap row-gap column-gap order justify-content justify-items justify-self align-items align-content align-self ' +
    'grid-template-columns grid-template-rows grid-column grid-row list-style list-style-type list-style-position float clear overflow'
  ).split(' '),
);
/** Numbers, names, colours; of functions only those that compute colours and lengths. */
const VALUE = /^(?:[\w\s#%.,'"+*/-]|(?:rgba?|hsla?|calc|min|max|clamp|repeat|minmax)\()(?:[\w\s#%.,'"+*/()-]*)$/i;
const FUNCTION = /([a-z-]*)\s*\(/gi;
const FUNCTIONS: ReadonlySet<string> = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'calc', 'min', 'max', 'clamp', 'repeat', 'minmax', '']);
const MAX_CHARS = 2000;

/** The declarations of a `style` attribute that are allowed, by the names that React gives to properties. */
export function safeStyle(text: string): Readonly<Record<string, string>> {
  const style: Record<string, string> = {};
  for (const declaration of text.slice(0, MAX_CHARS).split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).replace(/!\s*important\s*$/i, '').trim();
    if (colon > 0 && PROPERTIES.has(name) && isPlain(value) && !isNegativeMargin(name, value)) {
      style[name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())] = value;
    }
  }
  return style;
}

function isPlain(value: string): boolean {
  return VALUE.test(value) && [...value.matchAll(FUNCTION)].every(([, name = '']) => FUNCTIONS.has(name.toLowerCase()));
}

/** A negative margin would move a text over what is not its own. */
function isNegativeMargin(name: string, value: string): boolean {
  return (name.startsWith('margin') || name === 'text-indent') && value.includes('-');
}
