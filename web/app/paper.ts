/** Paper is light, whatever the screen is. */
export function keepPaperLight(): void {
  const { dataset } = document.documentElement;
  let onScreen: string | undefined;
  window.matchMedia('print').addEventListener('change', ({ matches: isPaper }) => {
    if (isPaper) onScreen = dataset['mantineColorScheme'];
    const wanted = isPaper ? 'light' : onScreen;
    if (wanted !== undefined) dataset['mantineColorScheme'] = wanted;
  });
}
