import { useDebouncedCallback } from '@mantine/hooks';
import { type ChangeEvent, useState } from 'react';

/** A search field that asks when the typing pauses. @returns `value` and `onChange` of the field */
export function useSearchText(initial: string, onSearch: (text: string) => void) {
  const [value, setValue] = useState(initial);
  const search = useDebouncedCallback(onSearch, 250);
  return {
    value,
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      setValue(event.currentTarget.value);
      search(event.currentTarget.value.trim());
    },
  };
}
