/** In whose name somebody works on a task: that of an absent person, or (undefined) their own. */
import { createContext, useContext } from 'react';

const Voice = createContext<string | undefined>(undefined);

export const VoiceProvider = Voice.Provider;

/** What commands on the task say of it. */
export function useVoice(): { readonly onBehalfOf?: string } {
  const person = useContext(Voice);
  return person === undefined ? {} : { onBehalfOf: person };
}
