/** First and last name of a display name such as `Anna Ivanova` or `Ivanova, Anna`; none of what is no person's. */
export function namesOf(name: string): { firstName?: string; lastName?: string } {
  const [, last, first] = /^([^,@]{1,100}),\s*([^,@]{1,100})$/.exec(name) ?? [];
  if (first !== undefined && last !== undefined) return { firstName: first.trim(), lastName: last.trim() };
  const words = name.split(' ').filter((word) => word !== '');
  if (words.length === 0 || words.length > 3 || name.includes('@') || name.length > 200) return {};
  const [firstName = '', ...others] = words;
  return { firstName, ...(others.length > 0 && { lastName: others.join(' ') }) };
}
