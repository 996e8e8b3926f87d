/** One parameter of a template, as a field of its type. */
import { Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '../../data/project';
import { DateField } from '../../parts/date-field';
import { NumberField } from '../../parts/number-field';
import { inLanguage, type Parameter } from './template';

interface Props {
  readonly parameter: Parameter;
  readonly value: string | number | boolean | undefined;
  readonly set: (value: string | number | boolean) => void;
  readonly error: string | undefined;
  /** Whether it may be left open, whatever the template says. */
  readonly isOptional?: boolean;
}

export function ParameterField({ parameter, value, set, error, isOptional = false }: Props): React.JSX.Element {
  const people = useQuery({ ...peopleQuery(), enabled: parameter.type === 'person' });
  const common = { label: inLanguage(parameter.name), description: inLanguage(parameter.description) || undefined, error };
  const isRequired = !isOptional && parameter.default === undefined && parameter.required !== false;
  const text = value === undefined ? '' : String(value);
  switch (parameter.type) {
    case 'number': return <NumberField {...common} required={isRequired} value={typeof value === 'number' ? value : undefined} onChange={(next) => set(next ?? '')} maw={400} min={parameter.min} max={parameter.max} />;
    case 'choice': return <Select {...common} required={isRequired} data={(parameter.choices ?? []).map(({ key, name }) => ({ value: key, label: inLanguage(name) }))} value={text === '' ? null : text} onChange={(chosen) => set(chosen ?? '')} maw={400} />;
    case 'checkbox': return <Checkbox {...common} checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />;
    case 'date': return <DateField {...common} required={isRequired} value={text} onChange={(event) => set(event.currentTarget.value)} maw={400} />;
    case 'person': return <Select {...common} required={isRequired} searchable data={(people.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={text === '' ? null : text} onChange={(chosen) => set(chosen ?? '')} maw={400} />;
    default: return parameter.type satisfies never;
  }
}
