/** A number as people write it in their language. Every field for a number is one of these: what stands in it is never read as another one. */
import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DecimalSign, numberIn } from '../../domain/written';
import { language } from '../app/i18n';
import { isNumber, isUnreadable, type Written } from './written';

interface Props extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'min' | 'max' | 'step' | 'type'> {
  readonly value: Written;
  readonly onChange: (value: Written) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** By how much the arrow keys change it. */
  readonly step?: number;
  /** How many decimals it takes; any number of them when it is not said. */
  readonly decimals?: number;
  /** With thousands apart, as amounts are. */
  readonly grouped?: boolean;
}

const signOf = (): DecimalSign => (language() === 'en' ? '.' : ',');
const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0;

function read(text: string, decimals: number): Written {
  if (text.trim() === '') return undefined;
  const value = numberIn(text, signOf()) ?? Number.NaN;
  return decimalsOf(value) > decimals ? Number.NaN : value;
}

function show(value: Written, grouped: boolean): string {
  if (!isNumber(value)) return '';
  const [whole = '', rest] = String(value).split('.');
  const digits = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u202F') : whole;
  return rest === undefined ? digits : `${digits}${signOf()}${rest}`;
}

export function NumberField({ value, onChange, min, max, step = 1, decimals = Infinity, grouped = false, error, onFocus, onBlur, onKeyDown, ...others }: Props): React.JSX.Element {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  // As it is typed; undefined: as the value is written.
  const [typed, setTyped] = useState<string>();
  const [isInside, setInside] = useState(false);
  const text = typed !== undefined && Object.is(read(typed, decimals), value) ? typed : show(value, grouped);
  // Said as it is typed: what appears when the field is left moves what somebody is about to click on. A sign alone is a number that begins.
  const isBegun = isInside && /^[-−.,€]$/u.test(text.trim());
  const wrong = isUnreadable(value) ? t(decimals === 0 ? 'no-whole-number' : decimals === Infinity ? 'no-number' : 'no-number-with', { count: decimals })
    : isNumber(value) && min !== undefined && value < min ? t('at-least', { limit: show(min, grouped) })
      : isNumber(value) && max !== undefined && value > max ? t('at-most', { limit: show(max, grouped) }) : undefined;
  // A form is not sent while it holds what is no number.
  useEffect(() => { input.current?.setCustomValidity(wrong ?? ''); }, [wrong]);
  const move = (by: number): void => {
    const factor = 10 ** Math.max(decimalsOf(step), decimalsOf(isNumber(value) ? value : 0));
    const next = isNumber(value) ? (Math.round(value * factor) + Math.round(by * factor)) / factor : Math.max(0, min ?? 0);
    setTyped(undefined);
    onChange(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, next)));
  };
  return (
    <TextInput ref={input} inputMode="decimal" autoComplete="off" {...others} value={text} error={(isBegun ? undefined : wrong) ?? error}
      onChange={(event) => { const { value: next } = event.currentTarget; setTyped(next); onChange(read(next, decimals)); }}
      onFocus={(event) => { setInside(true); onFocus?.(event); }}
      onBlur={(event) => { setInside(false); if (!isUnreadable(value)) setTyped(undefined); onBlur?.(event); }}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (others.readOnly || others.disabled || event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        move(event.key === 'ArrowUp' ? step : -step);
      }} />
  );
}
