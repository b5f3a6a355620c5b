'use client';
import { ErrorPage } from '../shell/error-page.tsx';

export default function ErrorBoundary({ reset }: { reset: () => void }) {
  return <ErrorPage retry={reset} />;
}
