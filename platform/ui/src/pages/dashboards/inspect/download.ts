/** Offers a text as a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun once the click returns to the event loop.
  window.setTimeout(() => URL.revokeObjectURL(address), 0);
}
