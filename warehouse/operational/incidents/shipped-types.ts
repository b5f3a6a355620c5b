import { incidentTypeSchema, type IncidentType } from './catalogue.ts';
import type { Severity } from './events.ts';

interface Shipped { target: number; severity: Severity; components: Record<string, number>; fr: [label: string, causes: string, solution: string]; en: [label: string, causes: string, solution: string]; breakdown?: boolean }

const SHIPPED: Record<string, Shipped> = {
  'hermes-patch': {
    target: 120, severity: 3, components: { hermes: 0.25 },
    fr: ['Patch Hermès', 'Messages répétés sur l’écran des agents.', 'Mise à jour du CRM par l’éditeur.'],
    en: ['Hermès patch', 'Repeated messages on the agents’ screen.', 'Update of the CRM by its vendor.'],
  },
  'production-servers-access': {
    target: 30, severity: 2, components: { 'production-servers': 0.5 },
    fr: ['Accès difficile aux serveurs de production', 'Services lents, mémoire saturée, virus.', 'Redémarrage immédiat des serveurs.'],
    en: ['Difficult access to the production servers', 'Slow services, memory full, virus.', 'Immediate reboot of the servers.'],
  },
  'service-stopped': {
    target: 15, severity: 1, components: { sql: 1, hermes: 1 },
    fr: ['Arrêt d’un service (SQL, Onnet32 Slave)', 'Service planté.', 'Redémarrage des services.'],
    en: ['A service has stopped (SQL, Onnet32 Slave)', 'A service crashed.', 'Restart of the services.'],
  },
  power: {
    target: 5, severity: 1, components: { power: 1 },
    fr: ['Soucis d’énergie', 'Coupure de courant prolongée.', 'Groupe électrogène, onduleurs.'],
    en: ['Power trouble', 'A long power cut.', 'Generator, UPS.'],
  },
  'link-instability': {
    target: 60, severity: 2, components: { 'link-ocm': 0.5, gateway: 0.5 },
    fr: ['Instabilité de la liaison', 'Mauvaise communication ou absence d’appels sur la passerelle média.', 'Revue du réseau interne et de la liaison avec OCM.'],
    en: ['Unstable link', 'Bad communication, or no calls on the media gateway.', 'Review of the internal network and of the link to OCM.'],
  },
  'si-ocm-unreachable': {
    target: 60, severity: 2, components: { 'si-ocm': 1 },
    fr: ['Impossible d’accéder au SI OCM', 'Applications d’OCM injoignables.', 'Revue du réseau avec OCM.'],
    en: ['OCM’s information system unreachable', 'OCM’s applications cannot be reached.', 'Review of the network with OCM.'],
  },
  'crm-disconnected': {
    target: 30, severity: 1, components: { crm: 1 },
    fr: ['Déconnexion du CRM', 'Problème de réseau ou service désactivé.', 'Redémarrage des services ou des serveurs.'],
    en: ['CRM disconnected', 'Network trouble or a disabled service.', 'Restart of services or servers.'],
  },
  'hmp-space': {
    target: 20, severity: 2, components: { 'hmp-storage': 1 },
    fr: ['Indisponibilité d’espace sur le serveur HMP', 'Disque saturé par les fichiers audio.', 'Le vider régulièrement, disposer d’un serveur de stockage.'],
    en: ['No space on the HMP server', 'Disk full of audio files.', 'Empty it regularly, have a storage server.'],
  },
  'data-loss': {
    target: 120, severity: 1, components: { data: 1 },
    fr: ['Perte de données ou infection virale', 'Données supprimées ou corrompues.', 'Restauration des sauvegardes.'],
    en: ['Loss of data or infection by a virus', 'Data deleted or corrupted.', 'Restore of the backups.'],
  },
  'data-late': {
    target: 60, severity: 3, components: { warehouse: 0.5 }, breakdown: false,
    fr: ['Données en retard', 'Lignes d’appels qui arrivent en retard, file d’attente du chargement qui grossit.', 'Vérifier le chargement, l’espace disque et la source des lignes.'],
    en: ['Data late', 'Rows of calls arrive late, or the spool is growing.', 'Look at the loading, the disk space and the source of the rows.'],
  },
  'nuisance-limit': {
    target: 30, severity: 3, components: {}, breakdown: false,
    fr: ['Limite d’appels nuisibles atteinte', 'La cadence de numérotation est trop haute pour les agents présents.', 'Réduire la cadence ou suspendre la campagne.'],
    en: ['Nuisance limit reached', 'The dialer is too fast for the agents at work.', 'Slow the dialer down, or suspend the campaign.'],
  },
  'backup-overdue': {
    target: 1440, severity: 3, components: { data: 0.1 }, breakdown: false,
    fr: ['Sauvegarde en retard', 'La sauvegarde automatique n’a pas eu lieu ou a échoué.', 'Relancer la sauvegarde et vérifier sa destination.'],
    en: ['Backup overdue', 'The automatic backup did not run, or failed.', 'Run the backup again and look at its destination.'],
  },
};

/** The nine types that were agreed with the client, then those that detectors need besides. */
export const SHIPPED_TYPES: readonly IncidentType[] = Object.entries(SHIPPED).map(([slug, { target, severity, components, fr, en, breakdown = true }]) => incidentTypeSchema.parse({
  slug, targetMinutes: target, severity, breakdown, labelFr: fr[0], causesFr: fr[1], solutionFr: fr[2], labelEn: en[0], causesEn: en[1], solutionEn: en[2],
  affects: { components: Object.entries(components).map(([component, share]) => ({ component, share })) },
}));
