import DataLoader from 'dataloader';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { Notification } from '../../warehouse/operational/notifications/notification.ts';
import type { Directory } from '../directory.ts';
import type { IncidentsPort } from '../ports.ts';
import { readFrame, type IncidentFrame } from './frame.ts';

/** Of one request. */
export interface IncidentLoaders {
  byNumber: DataLoader<number, Incident | null>;
  /** The newest of each incident. */
  notifications: DataLoader<number, Notification[]>;
  /** Read once, by whoever needs it first. */
  frame(): Promise<IncidentFrame>;
}

const MOST_NOTIFICATIONS = 200;

export function createIncidentLoaders(port: IncidentsPort | undefined, directory: Directory): IncidentLoaders {
  let frame: Promise<IncidentFrame> | undefined;
  return {
    byNumber: new DataLoader((numbers) => Promise.all(numbers.map((number) => port?.store.incidents.get(number) ?? null))),
    notifications: new DataLoader(async (numbers) => {
      const found = await port?.store.notifications.listAbout('incident', numbers.map(String), MOST_NOTIFICATIONS);
      return numbers.map((number) => found?.filter(({ about }) => about?.id === String(number)) ?? []);
    }),
    frame() {
      if (!port) return Promise.reject(new Error('there are no incidents here'));
      return (frame ??= readFrame(port.store.incidents, directory));
    },
  };
}
