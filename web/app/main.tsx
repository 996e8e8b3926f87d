import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '../data/api';
import { startTexts } from './i18n';
import { keepPaperLight } from './paper';
import { router } from './router';
import { theme } from './theme';
import { Toasts } from './toasts';

async function start(): Promise<void> {
  await startTexts();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no place for the app');
  keepPaperLight();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Toasts />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();
