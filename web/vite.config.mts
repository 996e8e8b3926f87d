import { defineConfig } from 'vite';

// Pages in development: `npx vite web`, in front of a product that runs at SLUIS_URL.
const api = process.env['SLUIS_URL'] ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  // The page may run no script but files of ours (Content-Security-Policy), so nothing is put into the page itself.
  build: {
    target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 800, reportCompressedSize: false, manifest: true,
    // What every page loads stands in one file: it packs better than in many.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: /node_modules[\\/](react|react-dom|scheduler|i18next|react-i18next|@floating-ui[\\/]\w+|@tanstack[\\/](query-core|react-query|router-core|react-router|history|store|react-store))[\\/]/ }] } } },
  },
  server: { proxy: { '/api': { target: api, changeOrigin: false }, '/docs': api, '/openapi.json': api } },
});
