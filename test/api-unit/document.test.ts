/** The PDF of a handover document: the same content is the same bytes, in each language, with what those write. */
import { createHash } from 'node:crypto';
import { toPdf } from '../../api/handover/document/pdf';
import type { DocumentContent } from '../../api/handover/document/content';

const content = (title: string): DocumentContent => ({
  title, state: 'Overgedragen op 1 december 2026.', facts: [{ term: 'Propriétaire', value: 'Zoë Çelik, œuvre “é” – 99,5 % €' }],
  sections: [{ title: 'Critères', facts: [{ term: 'SHA-256', value: 'a'.repeat(64) }], texts: ['Één dienst'], table: { head: ['Wat', 'Stand'], rows: Array.from({ length: 80 }, (_, index) => [`Punt ${index}`, 'gehaald\nBewijs: verslag']) } }],
  footer: 'project/P/phase/K/1/handover · service-1',
});
const hash = (pdf: Buffer): string => createHash('sha256').update(pdf).digest('hex');
const AT = Date.parse('2026-12-01T10:00:00Z');

test('the same content makes the same bytes, another one others', async () => {
  const [one, again, other, french, later] = await Promise.all([toPdf(content('Één'), 'nl', AT), toPdf(content('Één'), 'nl', AT), toPdf(content('Twee'), 'nl', AT), toPdf(content('Één'), 'fr', AT), toPdf(content('Één'), 'nl', AT + 1000)]);
  expect(one.subarray(0, 5).toString()).toBe('%PDF-');
  expect(hash(one)).toBe(hash(again));
  expect(new Set([one, other, french, later].map(hash)).size).toBe(4);
});

test('its fonts are within it, and it names its language', async () => {
  const text = (await toPdf(content('Œuvre'), 'fr', AT)).toString('latin1');
  expect(text).toContain('/FontFile2');
  expect(text).toMatch(/\/Lang \(fr\)/);
});
