import { liveMode, type LivedMode, type WhatIf, type WhatIfMode } from '../../telephony/dialer/study/what-if.ts';
import { serveThread } from '../threads/serve.ts';

/** A thread that lives one campaign after the other; nothing else is answered meanwhile. */
export interface StudyThread {
  live(asked: WhatIf, mode: WhatIfMode): LivedMode;
}

/** What it tells while it lives: the share that is done, 0..1. */
export interface StudyWatcher {
  progress(done: number): void;
}

await serveThread<StudyWatcher>((_data, watcher) => {
  const functions: StudyThread = { live: (asked, mode) => liveMode(asked, mode, (done) => void watcher.progress.asEvent(done)) };
  return { functions };
});
