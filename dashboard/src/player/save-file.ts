/** Gives a text to the user as a file. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the text when the click is over, but not in all of them.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
