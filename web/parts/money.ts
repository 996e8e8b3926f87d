import { LOCALES, language } from '../app/i18n';

/** An amount, with its cents where it has any. @param currency ISO 4217 */
export function moneyText(amount: number, currency: string): string {
  const hasCents = Math.round(amount * 100) % 100 !== 0;
  return new Intl.NumberFormat(LOCALES[language()], { style: 'currency', currency, ...(!hasCents && { maximumFractionDigits: 0 }) }).format(amount);
}
