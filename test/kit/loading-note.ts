/** @returns what a command wrote, without the line that it writes when a busy machine takes long to load its bot. */
export const withoutLoadingNote = (err: string): string => err.replace(/^Still loading .*\n/gm, '');
