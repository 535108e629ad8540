/** "1 250 000,00 ₽"; without a currency the bare number. */
export function moneyText(amount: number, currency: string | undefined, language: string): string {
  const whole = Number.isInteger(amount) && { minimumFractionDigits: 0 };
  return new Intl.NumberFormat(language, {
    ...(currency !== undefined && { style: 'currency', currency }),
    maximumFractionDigits: 2,
    ...whole,
  }).format(amount);
}
