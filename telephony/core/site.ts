import type { Site } from '../configuration.ts';
import { Timestamps } from './timestamps.ts';
import { ZoneOffsets } from './zone-offsets.ts';

/** A site with what local times need. */
export class SiteState {
  readonly id: string;
  readonly zone: string;
  readonly offsets: ZoneOffsets;
  readonly stamps = new Timestamps();

  constructor(site: Site) {
    this.id = site.id;
    this.zone = site.zone;
    this.offsets = new ZoneOffsets(site.zone);
  }
}
