import { LOCALES, language } from '../app/i18n';

/** An amount without cents, as people compare them. @param currency ISO 4217 */
export function moneyText(amount: number, currency: string): string {
  return new Intl.NumberFormat(LOCALES[language()], { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
}
