import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { projectQuery } from '../../data/project';
import type { Parts } from './parts';

export interface Member {
  readonly id: string;
  readonly name: string;
}

/** People who can take a card: who holds a role of the team. */
export function useMembers({ place, team }: Pick<Parts, 'place' | 'team'>): readonly Member[] {
  const { data } = useSuspenseQuery(projectQuery(place.project));
  return useMemo(() => {
    const roles = new Set(team.roles.map(({ key }) => key));
    return [...new Map(data.roles.filter(({ key }) => roles.has(key)).flatMap(({ persons }) => persons.map((person) => [person.id, person] as const))).values()];
  }, [data.roles, team.roles]);
}
