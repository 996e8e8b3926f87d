/** The part of pdfmake that is used here. */
declare module 'pdfmake' {
  interface Made { getBuffer(): Promise<Buffer> }
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: Readonly<Record<string, unknown>>): Made;
  };
  export default pdfmake;
}
