const letter = /^[a-z]$/i;

/** As much of a keyboard event as tells which keys are pressed. */
interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * The key of a shortcut: a Latin letter in lower case even where the layout is Russian, a digit, or the name of the key.
 * Undefined when it is none: with Control, Alt or Command.
 */
export function shortcutOf({ key, code, ctrlKey, metaKey, altKey }: Press): string | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (letter.test(key)) return key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return place === undefined ? key : place.toLowerCase();
}
