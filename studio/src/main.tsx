import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/studio.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { adoptKeyFromAddress } from './api/access.ts';
import { App } from './app/App.tsx';
import { startTexts } from './app/i18n.ts';

adoptKeyFromAddress();
startTexts();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
