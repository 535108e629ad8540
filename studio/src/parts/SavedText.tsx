import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  label: string;
  value: string;
  disabled: boolean;
  onSave: (value: string) => void;
}

/** Text that is saved when one leaves it or presses Enter. Give it a `key` with the value, so that it follows what others change. */
export function SavedText({ label, value, disabled, onSave }: Props) {
  const [text, setText] = useState(value);
  const save = () => {
    if (text.trim() !== value) onSave(text.trim());
  };
  return (
    <TextInput
      size="sm"
      label={label}
      disabled={disabled}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={save}
      onKeyDown={({ key }) => {
        if (key === 'Enter') save();
      }}
    />
  );
}
