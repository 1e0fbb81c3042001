import { useEffect } from 'preact/hooks';

/**
 * Calls what a key stands for, wherever in the page it is pressed, but not where it means something else: in a field, with
 * a modifier, Enter and Space on what is pressed with them.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key, target } = event;
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const isIn = (selector: string): boolean =>
        target instanceof Element && target.closest(selector) !== null;
      if (isIn('input, select, textarea, dialog')) return;
      if (key === ' ' && isIn('button, summary, a')) return;
      const action = keys[key.length === 1 ? key.toLowerCase() : key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [keys]);
}
