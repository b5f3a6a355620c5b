/** Of the procedure for 24 to 72 hours without the platform: fire, crash, flood. */
export interface LongStep {
  id: string;
  phase: 'safety' | 'second-platform' | 'return';
  /** When it should be done, after the declaration. */
  plannedMinutes: number;
  fr: string;
  en: string;
}

const HOUR = 60;

/** In order. Times are those of the plan; the second platform is to take calls within a day. */
export const LONG_STEPS: readonly LongStep[] = [
  { id: 'people-safe', phase: 'safety', plannedMinutes: 15, fr: 'Évacuer et compter les personnes, appeler les secours', en: 'Evacuate and count the people, call the emergency services' },
  { id: 'power-cut', phase: 'safety', plannedMinutes: 30, fr: 'Couper l’énergie des locaux touchés, protéger le matériel', en: 'Cut the power of the rooms concerned, protect the equipment' },
  { id: 'client-informed', phase: 'safety', plannedMinutes: 30, fr: 'Informer la DSI d’OCM et toutes les parties par e-mail', en: 'Inform OCM’s IT and all parties by e-mail' },
  { id: 'damage-assessed', phase: 'safety', plannedMinutes: 2 * HOUR, fr: 'Constater les dégâts et estimer la durée', en: 'Assess the damage and estimate how long it will take' },
  { id: 'second-platform-decided', phase: 'second-platform', plannedMinutes: 3 * HOUR, fr: 'Décider le déploiement de la seconde plateforme avec OCM', en: 'Decide with OCM to deploy the second platform' },
  { id: 'second-site-open', phase: 'second-platform', plannedMinutes: 6 * HOUR, fr: 'Ouvrir le second site : énergie, réseau, postes', en: 'Open the second site: power, network, workplaces' },
  { id: 'servers-started', phase: 'second-platform', plannedMinutes: 8 * HOUR, fr: 'Démarrer les serveurs de secours (SQL, Hermès, HMP)', en: 'Start the spare servers (SQL, Hermès, HMP)' },
  { id: 'backups-restored', phase: 'second-platform', plannedMinutes: 12 * HOUR, fr: 'Restaurer les dernières sauvegardes et contrôler les données', en: 'Restore the last backups and check the data' },
  { id: 'lines-switched', phase: 'second-platform', plannedMinutes: 16 * HOUR, fr: 'Basculer les liaisons E1 et la liaison OCM', en: 'Switch the E1 links and the link to OCM' },
  { id: 'agents-moved', phase: 'second-platform', plannedMinutes: 20 * HOUR, fr: 'Installer les agents et ouvrir leurs accès', en: 'Move the agents and open their accesses' },
  { id: 'second-platform-tested', phase: 'second-platform', plannedMinutes: 23 * HOUR, fr: 'Essayer de bout en bout : appel, décroché, fiche, enregistrement', en: 'Test end to end: call, answer, record, recording' },
  { id: 'second-platform-live', phase: 'second-platform', plannedMinutes: 24 * HOUR, fr: 'Prendre les appels sur la seconde plateforme', en: 'Take calls on the second platform' },
  { id: 'site-repaired', phase: 'return', plannedMinutes: 60 * HOUR, fr: 'Remettre en état le site principal et le contrôler', en: 'Repair the main site and check it' },
  { id: 'data-brought-back', phase: 'return', plannedMinutes: 66 * HOUR, fr: 'Ramener les données saisies sur la seconde plateforme', en: 'Bring the data of the second platform back' },
  { id: 'switched-back', phase: 'return', plannedMinutes: 70 * HOUR, fr: 'Rebasculer les liaisons et les agents', en: 'Switch links and agents back' },
  { id: 'normal-confirmed', phase: 'return', plannedMinutes: 72 * HOUR, fr: 'Confirmer le retour à la normale avec OCM, prévenir toutes les parties', en: 'Confirm the return to normal with OCM, tell all parties' },
];

export function isStep(id: string): boolean {
  return LONG_STEPS.some((step) => step.id === id);
}
