import './app-config.ts';
import en from './en.json';
import fr from './fr.json';
import type { Language } from './languages.ts';

export function messagesOf(language: Language): typeof en {
  return language === 'fr' ? fr : en;
}
