/** Gives a text to the browser as a file. */
export function download(name: string, text: string, type = 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the text once the click is handled.
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}
