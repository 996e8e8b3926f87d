import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import type { PortfolioSearch } from './search';

export type Item = Schema<'PortfolioItem'>;

/** What is shown of a portfolio at most; beyond it, filters narrow it. */
const LIMIT = 200;

const paramsOf = ({ view: _, sort, course, template, program, manager, q, ended, mine }: PortfolioSearch) => ({
  ...(sort && { sort }), ...(course && { course }), ...(template !== undefined && { template }), ...(program !== undefined && { program }), ...(manager !== undefined && { manager }), ...(q !== undefined && { q }),
  // Only what has ended is asked for by name.
  ...((ended || course === 'ended') && { ended: 'true' as const }), ...(mine && { mine: 'true' as const }),
});

export const portfolioQuery = (search: PortfolioSearch) => queryOptions({
  queryKey: ['portfolio', paramsOf(search), language()], placeholderData: keepPreviousData,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/portfolio', { params: { query: { limit: LIMIT, ...paramsOf(search) } }, signal })),
});

/** All of the open portfolio: what filters can be set to. */
export const choicesQuery = () => portfolioQuery({});

/** The same as a table for a spreadsheet. */
export const csvHref = (search: PortfolioSearch): string => `/api/v1/portfolio.csv?${new URLSearchParams({ ...paramsOf(search), lang: language() }).toString()}`;
